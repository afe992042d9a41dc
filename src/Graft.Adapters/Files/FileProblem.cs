using System.Text;

namespace Graft.Adapters.Files;

/// <summary>Why a file or folder could not be used, in words that do not name the platform's classes.</summary>
public static class FileProblem
{
    private const string Between = " : '";
    private const string FileAbove = "a file is where a folder above it should be";

    /// <summary>The reason, to stand after what failed and a colon.</summary>
    public static string Reason(Exception problem, string? path) => problem switch
    {
        DecoderFallbackException => "it is not UTF-8",
        UnauthorizedAccessException => Directory.Exists(path) ? "it is a folder" : "permission denied",
        FileNotFoundException => "there is no such file",
        DirectoryNotFoundException => IsBelowFile(path) ? FileAbove : "its folder does not exist",
        PathTooLongException => "its name is too long",
        _ => ReasonOf(problem.HResult, path) ?? SystemWords(problem),
    };

    /// <summary>The whole sentence, for a failure of which nobody knows more than what the platform says.</summary>
    public static string Describe(Exception problem, Func<string, string> display)
    {
        var path = PathOf(problem);
        return path is null ? SystemWords(problem) : $"cannot use '{display(path)}': {Reason(problem, path)}";
    }

    // errno where the platform leaves it (Linux, macOS), and Windows' own numbers.
    private static string? ReasonOf(int code, string? path) => code switch
    {
        17 when File.Exists(path) => "a file is in its place",
        17 => "it exists already",
        20 => FileAbove,
        28 or unchecked((int)0x80070070) => "the disk is full",
        30 => "the disk is read-only",
        69 or 122 => "the quota of the disk is used up",
        11 or 35 or unchecked((int)0x80070020) => "another process has it open",
        _ => null,
    };

    private static bool IsBelowFile(string? path)
    {
        while ((path = Path.GetDirectoryName(path)) is not null)
        {
            if (File.Exists(path))
            {
                return true;
            }
        }

        return false;
    }

    // "No space left on device : '/a/b'": the system's own words, then the path.
    private static string SystemWords(Exception problem)
    {
        var words = problem.Message.Split(Between)[0].TrimEnd('.');
        return words.Length > 1 && char.IsLower(words[1]) ? char.ToLowerInvariant(words[0]) + words[1..] : words;
    }

    private static string? PathOf(Exception problem)
    {
        if (problem is FileNotFoundException { FileName: { Length: > 0 } name })
        {
            return name;
        }

        var message = problem.Message;
        int first = message.IndexOf('\'', StringComparison.Ordinal), last = message.LastIndexOf('\'');
        return first >= 0 && last > first + 1 ? message[(first + 1)..last] : null;
    }
}

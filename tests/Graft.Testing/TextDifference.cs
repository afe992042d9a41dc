using Graft.Adapters.Processes;

namespace Graft.Testing;

/// <summary>How two files or folders differ, in git's words.</summary>
public static class TextDifference
{
    /// <summary>The unified difference of two paths in a folder, without git's lines of object names; empty when they are the same.</summary>
    public static string Between(string folder, string from, string to)
    {
        var call = new ProgramCall
        {
            Program = "git",
            Arguments = ["diff", "--no-index", "--no-renames", "--no-color", "--no-prefix", "--", from, to],
            WorkingDirectory = folder,
            Environment = GitIsolation.Variables,
        };
        var result = TemporaryRepository.Runner.RunAsync(call, CancellationToken.None).GetAwaiter().GetResult();
        return result.ExitCode is 0 or 1
            ? string.Concat(result.Text.Split('\n').Where(line => line.Length > 0 && !line.StartsWith("diff --git", StringComparison.Ordinal) && !line.StartsWith("index ", StringComparison.Ordinal)).Select(line => line + "\n"))
            : throw new InvalidOperationException(result.Error);
    }
}

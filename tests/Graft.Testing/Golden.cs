using System.Text;

namespace Graft.Testing;

/// <summary>
/// Compares a text with a file that holds what it should be. With GRAFT_UPDATE_GOLDENS=1 the file is written instead, to be read and
/// committed. What differs from run to run (object names, minutes, folders) is numbered in the order in which it appears, so that two
/// that should be the same still have to be.
/// </summary>
public static class Golden
{
    /// <summary>Whether the files are rewritten rather than compared.</summary>
    public static bool IsUpdating => Environment.GetEnvironmentVariable("GRAFT_UPDATE_GOLDENS") == "1";

    /// <summary>An exception when the text, numbered, is not the file's; the path is relative to the source tree.</summary>
    public static void Check(string path, string text) => CheckExactly(path, Numbering.Of(text));

    /// <summary>As <see cref="Check"/>, of a text in which nothing differs from run to run.</summary>
    public static void CheckExactly(string path, string text)
    {
        var file = SourceTree.At(path.Split('/'));
        if (IsUpdating)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllText(file, text, new UTF8Encoding(false));
            return;
        }

        var expected = File.Exists(file) ? File.ReadAllText(file) : "";
        if (expected != text)
        {
            throw new InvalidOperationException($"'{path}' is not what came; GRAFT_UPDATE_GOLDENS=1 rewrites it\n{Difference(expected, text)}");
        }
    }

    private static string Difference(string expected, string actual)
    {
        using var folder = new TemporaryFolder();
        folder.Write("expected", expected);
        folder.Write("actual", actual);
        return TextDifference.Between(folder.Path, "expected", "actual");
    }
}

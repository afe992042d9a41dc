namespace Graft.Core.Failures;

/// <summary>A word as it is typed at a POSIX shell, for lines that a person copies out of a message.</summary>
public static class ShellWord
{
    private const string Plain = "-_./:=@%+,";

    /// <summary>The word itself where a shell would take it as it is, else in single quotes.</summary>
    public static string Quote(string word) =>
        word.Length > 0 && word.All(c => char.IsLetterOrDigit(c) || Plain.Contains(c, StringComparison.Ordinal))
            ? word
            : $"'{word.Replace("'", @"'\''", StringComparison.Ordinal)}'";
}

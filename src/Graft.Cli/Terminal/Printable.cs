namespace Graft.Cli.Terminal;

/// <summary>Text from outside as a terminal may have it: nothing in it moves the cursor, turns the writing round, or passes for a line of Graft's own.</summary>
internal static class Printable
{
    private const char Replacement = '\uFFFD';

    /// <summary>Text of several lines.</summary>
    public static string Text(string text) => Replace(text, static c => c is not ('\n' or '\t') && Steers(c));

    /// <summary>What has to stay on its line: a name, a message, a cell of a table.</summary>
    public static string Line(string text) => Replace(text, static c => c != '\t' && Steers(c));

    /// <summary>A JSON document in which the same stands as escapes: outside strings it cannot be, and what reads the document sees no difference.</summary>
    public static string Escape(string json) =>
        json.Any(IsToBeEscaped) ? string.Concat(json.Select(c => IsToBeEscaped(c) ? $"\\u{(int)c:x4}" : c.ToString())) : json;

    private static bool IsToBeEscaped(char c) => c != '\n' && Steers(c);

    private static string Replace(string text, Func<char, bool> steers) =>
        text.Any(steers) ? string.Concat(text.Select(c => steers(c) ? Replacement : c)) : text;

    // Controls, the line and paragraph separators, and what changes the direction of writing (Unicode standard annex 9).
    private static bool Steers(char c) => char.IsControl(c) || c is '\u061C' or '\u200E' or '\u200F' or (>= '\u2028' and <= '\u202E') or (>= '\u2066' and <= '\u2069');
}

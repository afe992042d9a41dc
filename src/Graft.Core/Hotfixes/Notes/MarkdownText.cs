using System.Text;

namespace Graft.Core.Hotfixes.Notes;

/// <summary>Text from outside as Markdown that shows it as it is (CommonMark, and GitHub's additions): on one line, without markup, links of its own or a call to anybody.</summary>
public static class MarkdownText
{
    private const string Inline = @"\`*_[]<>|~&$";
    private const string Leading = "#+-=>:";

    /// <summary>The text for the beginning of a block, such as an item of a list; cut where it is longer than <paramref name="longest"/> characters.</summary>
    public static string Block(string text, int longest = 300)
    {
        var line = Cell(text, longest);
        var digits = line.TakeWhile(char.IsAsciiDigit).Count();
        return line.Length > 0 && Leading.Contains(line[0], StringComparison.Ordinal) ? "\\" + line
            : digits > 0 && line.AsSpan(digits) is ['.' or ')', ..] ? $"{line[..digits]}\\{line[digits..]}"
            : line;
    }

    /// <summary>The text for a cell of a table.</summary>
    public static string Cell(string text, int longest = 300)
    {
        var line = string.Join(' ', new string([.. text.Select(c => char.IsControl(c) || IsTurning(c) ? ' ' : c)]).Split(' ', StringSplitOptions.RemoveEmptyEntries));
        if (line.Length > longest)
        {
            line = line[..(char.IsHighSurrogate(line[longest - 1]) ? longest - 1 : longest)].TrimEnd() + "…";
        }

        var escaped = new StringBuilder(line.Length + 8);
        foreach (var c in line)
        {
            // An empty comment between keeps `@name` from being told of it.
            _ = Inline.Contains(c, StringComparison.Ordinal) ? escaped.Append('\\').Append(c) : c == '@' ? escaped.Append("@<!-- -->") : escaped.Append(c);
        }

        return escaped.ToString();
    }

    // What changes the direction of writing (Unicode standard annex 9), and line ends that are no control characters.
    private static bool IsTurning(char c) => c is '\u061C' or '\u200E' or '\u200F' or (>= '\u2028' and <= '\u202E') or (>= '\u2066' and <= '\u2069');
}

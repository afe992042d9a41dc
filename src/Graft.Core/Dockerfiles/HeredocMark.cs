namespace Graft.Core.Dockerfiles;

/// <summary>A word that begins an inline file: <c>&lt;&lt;EOF</c>, <c>&lt;&lt;-EOF</c>, <c>3&lt;&lt;'EOF'</c>; quotes around the name turn substitution off.</summary>
internal sealed record HeredocMark(string Name, bool Expand, bool StripTabs)
{
    /// <summary>Reads a word; null when it is an ordinary one.</summary>
    public static HeredocMark? TryParse(string word)
    {
        var at = 0;
        while (at < word.Length && char.IsAsciiDigit(word[at]))
        {
            at++;
        }

        if (!word.AsSpan(at).StartsWith("<<"))
        {
            return null;
        }

        at += 2;
        var stripTabs = at < word.Length && word[at] == '-';
        var rest = word[(stripTabs ? at + 1 : at)..].TrimStart(' ', '\t', '\r');
        if (rest.Length == 0 || rest.Contains('<', StringComparison.Ordinal))
        {
            return null;
        }

        try
        {
            var plain = new ShellText('\\', Unset) { KeepUnset = true }.Split(rest);
            return plain.Count == 1
                ? new HeredocMark(plain[0], plain[0] == rest, stripTabs)
                : null;
        }
        catch (FormatException)
        {
            return null;
        }
    }

    /// <summary>The marks in an instruction's text, in order. The backslash escapes here whatever the file's escape character is.</summary>
    public static IReadOnlyList<HeredocMark> FindAll(string text)
    {
        try
        {
            var words = new ShellText('\\', Unset) { KeepUnset = true, KeepQuotes = true, KeepEscapes = true }.Split(text);
            return [.. words.Select(TryParse).OfType<HeredocMark>()];
        }
        catch (FormatException)
        {
            // Quotes that do not close belong to the shell that will run the text, and hold no inline file.
            return [];
        }
    }

    private static string? Unset(string name) => null;
}

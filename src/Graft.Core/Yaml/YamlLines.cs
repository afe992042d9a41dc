namespace Graft.Core.Yaml;

/// <summary>Lines as YAML 1.1 (and so every parser in use) ends them: CR LF, LF, CR, and three Unicode breaks.</summary>
internal static class YamlLines
{
    private const string Breaks = "\n\r\u0085\u2028\u2029";

    public static bool IsBreak(char c) => Breaks.Contains(c, StringComparison.Ordinal);

    /// <summary>The line end that the text uses: that of its first line.</summary>
    public static string EndOf(string text)
    {
        var first = text.AsSpan().IndexOfAny('\n', '\r');
        return first < 0 || text[first] == '\n' ? "\n" : first + 1 < text.Length && text[first + 1] == '\n' ? "\r\n" : "\r";
    }

    /// <summary>Where the line that holds this place begins.</summary>
    public static int Start(string text, int index)
    {
        while (index > 0 && !IsBreak(text[index - 1]))
        {
            index--;
        }

        return index;
    }

    /// <summary>Where the line after this place begins, or the text's end; the place itself when it begins a line (a block scalar ends so).</summary>
    public static int After(string text, int index) => index > 0 && IsBreak(text[index - 1]) ? index : Next(text, index);

    /// <summary>Where the line after the one that holds this place begins, or the text's end.</summary>
    public static int Next(string text, int index)
    {
        while (index < text.Length && !IsBreak(text[index]))
        {
            index++;
        }

        return index == text.Length ? index : text.AsSpan(index).StartsWith("\r\n") ? index + 2 : index + 1;
    }
}

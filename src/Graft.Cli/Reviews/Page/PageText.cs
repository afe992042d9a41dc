using System.Globalization;
using System.Text;

namespace Graft.Cli.Reviews.Page;

/// <summary>HTML that is being written: what comes from outside is escaped, and what cannot be seen is made visible.</summary>
internal sealed class PageText
{
    private readonly StringBuilder html = new();

    /// <summary>How much there is.</summary>
    public int Length => html.Length;

    /// <summary>Markup of this program's own.</summary>
    public PageText Markup(string markup)
    {
        html.Append(markup);
        return this;
    }

    /// <summary>Text from outside, as content or as the value of an attribute in double quotes.</summary>
    public PageText Text(string text)
    {
        foreach (var c in text)
        {
            _ = c switch
            {
                '&' => html.Append("&amp;"),
                '<' => html.Append("&lt;"),
                '>' => html.Append("&gt;"),
                '"' => html.Append("&quot;"),
                '\'' => html.Append("&#39;"),
                '\t' or '\n' => html.Append(c),
                // The pictures of the controls stand in their order.
                < ' ' => html.Append((char)('\u2400' + c)),
                '\u007F' => html.Append('\u2421'),
                // What turns the direction of writing, joins, or has no width would make the text read otherwise than it is.
                _ when IsUnseen(c) => html.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:X4}"),
                _ => html.Append(c),
            };
        }

        return this;
    }

    /// <summary>An element with text in it; <paramref name="tag"/> may have attributes.</summary>
    public PageText Element(string tag, string text) => Markup($"<{tag}>").Text(text).Markup($"</{tag.Split(' ')[0]}>");

    /// <inheritdoc/>
    public override string ToString() => html.ToString();

    private static bool IsUnseen(char c) => CharUnicodeInfo.GetUnicodeCategory(c) is UnicodeCategory.Format or UnicodeCategory.Control or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;
}

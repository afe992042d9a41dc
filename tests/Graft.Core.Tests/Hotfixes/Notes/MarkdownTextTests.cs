using System.Text;
using CsCheck;
using Graft.Core.Hotfixes.Notes;
using Markdig;
using Markdig.Extensions.EmphasisExtras;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace Graft.Core.Tests.Hotfixes.Notes;

/// <summary>What a Markdown processor of others shows of it.</summary>
public sealed class MarkdownTextTests
{
    private const string Troublesome = "\\`*_{}[]<>()#+-.!|~&$@:=\"' \t\n\r19aZé\u0007\u2028\u202e";
    private static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder().UsePipeTables().UseEmphasisExtras(EmphasisExtraOptions.Strikethrough).UseTaskLists().UseMathematics().UseFootnotes().UseAutoIdentifiers().Build();

    [Theory]
    [InlineData("Let sessions last an hour", "Let sessions last an hour")]
    [InlineData("1.2.3 is out", "1\\.2.3 is out")]
    [InlineData("- a list", "\\- a list")]
    [InlineData("a - b", "a - b")]
    [InlineData("[x](javascript:alert)", "\\[x\\](javascript:alert)")]
    [InlineData("<img src=x>", "\\<img src=x\\>")]
    [InlineData("thanks @ada", "thanks @<!-- -->ada")]
    [InlineData("session_timeout | `x`", "session\\_timeout \\| \\`x\\`")]
    [InlineData("two\nlines\u2028and \u202eturned", "two lines and turned")]
    [InlineData("&amp; \\", "\\&amp; \\\\")]
    public void Examples(string text, string markdown) => Assert.Equal(markdown, MarkdownText.Block(text));

    [Fact]
    public void Cuts_what_is_long_between_characters()
    {
        Assert.Equal(new string('a', 10) + "…", MarkdownText.Block(new string('a', 11), 10));
        Assert.Equal(new string('a', 9) + "…", MarkdownText.Block(new string('a', 9) + "😀😀", 10));
    }

    [Fact]
    public void Is_shown_as_it_is_in_a_list_and_in_a_table() =>
        Gen.OneOf(Gen.String, Gen.String[Gen.Char[Troublesome], 0, 40]).Sample(text =>
        {
            var escaped = MarkdownText.Block(text);
            var list = Markdown.Parse($"- {escaped} (#12, 77aa00bb)\n", Pipeline);
            var item = Assert.IsType<ListItemBlock>(Assert.Single(Assert.IsType<ListBlock>(Assert.Single(list))));
            Assert.Equal(Plain(text) is { Length: > 0 } plain ? plain + " (#12, 77aa00bb)" : "(#12, 77aa00bb)", Shown(Assert.IsType<ParagraphBlock>(Assert.Single(item))).Trim());

            var table = Assert.IsType<Markdig.Extensions.Tables.Table>(Assert.Single(Markdown.Parse($"| image | from |\n|---|---|\n| a | {MarkdownText.Cell(text)} |\n", Pipeline)));
            Assert.Equal([2, 2], table.Select(row => ((Markdig.Extensions.Tables.TableRow)row).Count));
        });

    private static string Plain(string text) =>
        string.Join(' ', new string([.. text.Select(c => char.IsControl(c) || c is '\u061C' or '\u200E' or '\u200F' or (>= '\u2028' and <= '\u202E') or (>= '\u2066' and <= '\u2069') ? ' ' : c)]).Split(' ', StringSplitOptions.RemoveEmptyEntries)) is var line
        && line.Length > 300 ? line[..(char.IsHighSurrogate(line[299]) ? 299 : 300)].TrimEnd() + "…" : line;

    // Text alone, but for the comments that keep names from being called.
    private static string Shown(LeafBlock block)
    {
        var text = new StringBuilder();
        foreach (var inline in block.Inline!)
        {
            text.Append(inline switch
            {
                LiteralInline literal => literal.Content.ToString(),
                HtmlInline { Tag: "<!-- -->" } => "",
                _ => throw new InvalidOperationException($"{inline.GetType().Name} in '{block.Inline}'"),
            });
        }

        return text.ToString();
    }
}

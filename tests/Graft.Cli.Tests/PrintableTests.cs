using Graft.Cli.Terminal;

namespace Graft.Cli.Tests;

public sealed class PrintableTests
{
    [Theory]
    [InlineData("plain text, é 😀 中", "plain text, é 😀 中")]
    [InlineData("\u001b[2J\u0007\u009b1m\u007f", "\uFFFD[2J\uFFFD\uFFFD1m\uFFFD")]
    [InlineData("a\u202Eb\u2066c\u200Fd", "a\uFFFDb\uFFFDc\uFFFDd")]
    [InlineData("a\tb", "a\tb")]
    [InlineData("a\nerror: forged\r\u0085\u2028b", "a\uFFFDerror: forged\uFFFD\uFFFD\uFFFDb")]
    public void A_line_stays_one_and_moves_nothing(string text, string shown) => Assert.Equal(shown, Printable.Line(text));

    [Fact]
    public void A_text_keeps_its_lines() => Assert.Equal("a\nb\uFFFDc\n", Printable.Text("a\nb\rc\n"));

    [Fact]
    public void A_document_says_the_same_in_escapes()
    {
        const string text = "{\n  \"a\": \"\u202Eb\u009b\"\n}\n";

        Assert.Equal("{\n  \"a\": \"\\u202eb\\u009b\"\n}\n", Printable.Escape(text));
        using var before = System.Text.Json.JsonDocument.Parse(text);
        using var after = System.Text.Json.JsonDocument.Parse(Printable.Escape(text));
        Assert.Equal(before.RootElement.GetProperty("a").GetString(), after.RootElement.GetProperty("a").GetString());
    }
}

using Graft.Cli.Terminal;

namespace Graft.Cli.Tests;

public sealed class WrappedTextTests
{
    [Theory]
    [InlineData("", "")]
    [InlineData("a", "a")]
    [InlineData("one two three", "one two|three")]
    [InlineData("onetwothree four", "onetwothree|four")]
    [InlineData("a `line that is typed` b", "a|`line that is typed`|b")]
    [InlineData("one `b c d e", "one|`b c d e")]
    public void Breaks_at_blanks_but_not_within_what_is_typed(string text, string lines) =>
        Assert.Equal(lines.Split('|'), WrappedText.Lines(text, 8));
}

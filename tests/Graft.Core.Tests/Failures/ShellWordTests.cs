using Graft.Core.Failures;

namespace Graft.Core.Tests.Failures;

public sealed class ShellWordTests
{
    [Theory]
    [InlineData("a/b-c_d.e:1", "a/b-c_d.e:1")]
    [InlineData("grün", "grün")]
    [InlineData("", "''")]
    [InlineData("a b", "'a b'")]
    [InlineData("$(touch owned)", "'$(touch owned)'")]
    [InlineData("it's", @"'it'\''s'")]
    [InlineData("~/x", "'~/x'")]
    [InlineData("a\nb", "'a\nb'")]
    [InlineData("*", "'*'")]
    public void Is_what_a_shell_takes_as_one_word(string word, string expected) => Assert.Equal(expected, ShellWord.Quote(word));
}

using Graft.Core.Dockerfiles;

namespace Graft.Core.Tests.Dockerfiles;

public sealed class ShellTextTests
{
    private static readonly Dictionary<string, string> Values = new() { ["X"] = "value", ["E"] = "", ["P"] = "/usr/local/lib/x.tar.gz", ["V"] = "1.2.3" };

    [Theory]
    [InlineData("$X", "value")]
    [InlineData("${X}", "value")]
    [InlineData("a${X}b$X/c", "avalueb" + "value/c")]
    [InlineData("$X_", "")]
    [InlineData("$", "$")]
    [InlineData("$.", "$.")]
    [InlineData("\\$X", "$X")]
    [InlineData("\\\\$X", "\\value")]
    [InlineData("'$X'", "$X")]
    [InlineData("\"$X\"", "value")]
    [InlineData("\"\\$X \\n \\\"\"", "$X \\n \"")]
    [InlineData("\"it's\"", "it's")]
    [InlineData("a'b c'd", "ab cd")]
    [InlineData("${N:-d}", "d")]
    [InlineData("${N-d}", "d")]
    [InlineData("${E:-d}", "d")]
    [InlineData("${E-d}", "")]
    [InlineData("${X:-d}", "value")]
    [InlineData("${N:-}", "")]
    [InlineData("${N:-${X}}", "value")]
    [InlineData("${N:-\"a }\"}", "a }")]
    [InlineData("${X:+a}", "a")]
    [InlineData("${E:+a}", "")]
    [InlineData("${E+a}", "a")]
    [InlineData("${N+a}", "")]
    [InlineData("${X:?no}", "value")]
    [InlineData("${P#*/}", "usr/local/lib/x.tar.gz")]
    [InlineData("${P##*/}", "x.tar.gz")]
    [InlineData("${P%.*}", "/usr/local/lib/x.tar")]
    [InlineData("${P%%.*}", "/usr/local/lib/x")]
    [InlineData("${P#none}", "/usr/local/lib/x.tar.gz")]
    [InlineData("${V/./-}", "1-2.3")]
    [InlineData("${V//./-}", "1-2-3")]
    [InlineData("${P/\\/usr\\//}", "local/lib/x.tar.gz")]
    [InlineData("${V%.?}", "1.2")]
    [InlineData("${N#x}", "")]
    [InlineData("trailing\\", "trailing")]
    public void Substitutes_as_docker_does(string text, string expected) => Assert.Equal(expected, Shell().Expand(text));

    [Theory]
    [InlineData("${X", "'}' is missing in a substitution")]
    [InlineData("${", "'}' is missing in a substitution")]
    [InlineData("${}", "bad substitution")]
    [InlineData("${:x}", "bad substitution")]
    [InlineData("${X:=d}", "unknown modifier ':=' in a substitution")]
    [InlineData("${X:-d", "'}' is missing in a substitution")]
    [InlineData("${N:?say why}", "'N': say why")]
    [InlineData("${N?}", "'N': has no value")]
    [InlineData("${E:?}", "'E': is empty")]
    [InlineData("'x", "a single quote is not closed")]
    [InlineData("\"x", "a double quote is not closed")]
    public void Refuses_what_cannot_be_read(string text, string message) =>
        Assert.Equal(message, Assert.Throws<FormatException>(() => Shell().Expand(text)).Message);

    [Theory]
    [InlineData("a  b", "a|b")]
    [InlineData("'a b' c", "a b|c")]
    [InlineData("$S", "80|443")]
    [InlineData("\"$S\"", "80 443")]
    [InlineData("a\\ b", "a b")]
    public void Parts_words_after_substitution(string text, string expected) =>
        Assert.Equal(expected.Split('|'), new ShellText('\\', name => name == "S" ? "80 443" : null).Split(text));

    [Fact]
    public void Remembers_what_had_no_value()
    {
        var shell = Shell();

        shell.Expand("$A ${B:-b} ${C+c} $X '$D' ${F#f}");

        Assert.Equal(["A", "F"], shell.Unset.Order());
    }

    [Fact]
    public void Uses_the_escape_character_of_the_file() => Assert.Equal("c:\\$X", new ShellText('`', Values.GetValueOrDefault).Expand("c:\\`$X"));

    [Fact]
    public void Many_stars_take_no_longer_than_few() =>
        Assert.Equal(new string('a', 300), new ShellText('\\', _ => new string('a', 300)).Expand("${X#" + string.Concat(Enumerable.Repeat("*a", 40)) + "*b}"));

    private static ShellText Shell() => new('\\', Values.GetValueOrDefault);
}

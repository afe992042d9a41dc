using Graft.Core.Dockerfiles;
using Graft.Core.Failures;

namespace Graft.Core.Tests.Dockerfiles;

public sealed class IgnoreRulesTests
{
    // The table in docker's documentation and the cases of moby/patternmatcher that differ from what git or a shell would do.
    [Theory]
    [InlineData("a", "a", true)]
    [InlineData("a", "a/b/c", true)]
    [InlineData("a", "b/a", false)]
    [InlineData("a", "ab", false)]
    [InlineData("/a", "a", true)]
    [InlineData("a/", "a/b", true)]
    [InlineData("./a/../b", "b", true)]
    [InlineData("*/temp*", "some/temporary.txt", true)]
    [InlineData("*/temp*", "some/temp/x", true)]
    [InlineData("*/temp*", "temp", false)]
    [InlineData("*/*/temp*", "a/b/temporary", true)]
    [InlineData("*/*/temp*", "a/temporary", false)]
    [InlineData("temp?", "tempa", true)]
    [InlineData("temp?", "temp", false)]
    [InlineData("temp?", "temp/", false)]
    [InlineData("**/*.go", "x.go", true)]
    [InlineData("**/*.go", "a/b/x.go", true)]
    [InlineData("**/*.go", "x.gox", false)]
    [InlineData("**/foo", "foo", true)]
    [InlineData("**/foo", "a/foo", true)]
    [InlineData("**/foo", "afoo", false)]
    [InlineData("**foo", "afoo", true)]
    [InlineData("foo**", "foobar/x", true)]
    [InlineData("foo/**", "foo/a/b", true)]
    [InlineData("foo/**", "foo", false)]
    [InlineData("a/**/b", "a/b", true)]
    [InlineData("a/**/b", "a/x/y/b", true)]
    [InlineData("a**b", "ab", true)]
    [InlineData("a**b", "ax/b", true)]
    [InlineData("a**b", "axb", false)]
    [InlineData("**", "anything/at/all", true)]
    [InlineData("*", "a/b", true)]
    [InlineData("a[b-d]e", "ace", true)]
    [InlineData("a[^b-d]e", "ace", false)]
    [InlineData("a[^b-d]e", "aze", true)]
    [InlineData("a\\*", "a*", true)]
    [InlineData("a\\*", "ab", false)]
    [InlineData("a.b", "axb", false)]
    [InlineData("a+(b)|{c}$", "a+(b)|{c}$", true)]
    [InlineData("  a  ", "a", true)]
    [InlineData("# a", "# a", false)]
    [InlineData(" # a", "# a", true)]
    [InlineData("*\n!a", "a", false)]
    [InlineData("*\n!a", "a/b", false)]
    [InlineData("*\n!a/b", "a/b/c", false)]
    [InlineData("*\n!a/b", "a/c", true)]
    [InlineData("!a\n*", "a", true)]
    [InlineData("*.md\n!README*.md\nREADME-secret.md", "README.md", false)]
    [InlineData("*.md\n!README*.md\nREADME-secret.md", "README-secret.md", true)]
    [InlineData("a\n! a", "a", false)]
    [InlineData("\uFEFFa\r\nb\r\n", "b", true)]
    public void Applies_docker_s_rules(string rules, string path, bool ignored) => Assert.Equal(ignored, IgnoreRules.Parse(rules, ".dockerignore").IsIgnored(path));

    // BuildKit's walk and the rules read for one path alone. The first brings `docs` back only where it was ignored; the last is listed by the walk,
    // but its content is not to be had.
    [Theory]
    [InlineData("**/*.md\n!docs", "docs/a.md", true, false)]
    [InlineData("docs\n**/*.md\n!docs", "docs/a.md", false, false)]
    [InlineData("a/b/x\n!*/b", "a/b/x", true, false)]
    [InlineData("d\n!d/*/**", "d/a/b", true, false)]
    [InlineData("d\n!*/a/**", "d/a/b", false, false)]
    [InlineData("d\n!d/a/**", "d/a/b", false, false)]
    [InlineData("**\n**\n!d/**\n*", "d/a", true, false)]
    [InlineData("d/*\n!d/a\nd/a/b", "d/a/b", true, true)]
    public void An_exception_counts_as_in_buildkit_s_walk(string rules, string path, bool ignored, bool byAll)
    {
        var read = IgnoreRules.Parse(rules, ".dockerignore");

        Assert.Equal((ignored, byAll), (read.IsIgnored(path), read.IsIgnoredByAll(path)));
    }

    [Theory]
    [InlineData("a\n[b", ".dockerignore:2:1: '[b' is not a pattern")]
    [InlineData("a\\", ".dockerignore:1:1: 'a\\' is not a pattern")]
    [InlineData("\n!", ".dockerignore:2:1: '!' is not a pattern")]
    public void Refuses_by_line(string rules, string message)
    {
        var failure = Assert.Throws<GraftException>(() => IgnoreRules.Parse(rules, ".dockerignore"));

        Assert.Equal((FailureKind.Input, message), (failure.Kind, failure.Message));
    }

    [Fact]
    public void Nothing_is_ignored_without_rules() => Assert.False(IgnoreRules.None.IsIgnored("a"));
}

using CsCheck;
using Graft.Core.Failures;
using Graft.Core.Products;

namespace Graft.Core.Tests.Products;

public sealed class GlobTests
{
    [Theory]
    [InlineData("src/*/*/Dockerfile", "src/core/api/Dockerfile", "core|api")]
    [InlineData("src/*/*/Dockerfile", "src/core/Dockerfile", null)]
    [InlineData("src/*/*/Dockerfile", "src/core/api/x/Dockerfile", null)]
    [InlineData("src/**/Dockerfile", "src/Dockerfile", "")]
    [InlineData("src/**/Dockerfile", "src/a/b/c/Dockerfile", "a/b/c")]
    [InlineData("src/**/x/*/Dockerfile", "src/x/x/y/Dockerfile", "x|y")]
    [InlineData("src/common/**", "src/common/a/b", "a/b")]
    [InlineData("src/common/**", "src/common", null)]
    [InlineData("**", "a/b", "a/b")]
    [InlineData("**/Dockerfile", "Dockerfile", "")]
    [InlineData("**/**/x", "a/b/x", "|a/b")]
    [InlineData("*.Dockerfile", "api.Dockerfile", "api")]
    [InlineData("*.Dockerfile", "a/api.Dockerfile", null)]
    [InlineData("a*b*c", "aXbYbZc", "X|YbZ")]
    [InlineData("v?/[a-c]x/[!0-9]", "v1/bx/z", "1|b|z")]
    [InlineData("[!0-9]", "5", null)]
    [InlineData("[]a]", "]", "]")]
    [InlineData("[a-]", "-", "-")]
    [InlineData("v??*", "v123", "123")]
    [InlineData("a/b", "a/b", "")]
    [InlineData("a/b", "a/bc", null)]
    [InlineData("\\*/x", "*/x", "")]
    [InlineData("\\*/x", "a/x", null)]
    [InlineData("a/**b", "a/xb", "x")]
    public void Matches_and_captures(string pattern, string path, string? captures)
    {
        var glob = Glob.Parse(pattern);
        Assert.Equal(captures is not null, glob.IsMatch(path));
        Assert.Equal(captures, glob.Match(path) is { } matched ? string.Join('|', matched) : null);
    }

    [Theory]
    [InlineData("")]
    [InlineData("/a")]
    [InlineData("a//b")]
    [InlineData("a/")]
    [InlineData("../a")]
    [InlineData("a/../b")]
    [InlineData("./a")]
    [InlineData("a[b")]
    [InlineData("a[]")]
    [InlineData("a\\")]
    public void Refuses_what_is_no_glob(string pattern) =>
        Assert.Equal(FailureKind.Input, Assert.Throws<GraftException>(() => Glob.Parse(pattern)).Kind);

    [Fact]
    public void Agrees_with_a_search_that_tries_everything()
    {
        var pattern = Generators.AnyOf("a", "b", "*", "?", "/", "/**/", "[ab]").Array[1, 8].Select(string.Concat);
        var path = Generators.AnyOf("a", "b", "/").Array[1, 10].Select(string.Concat);
        Gen.Select(pattern, path).Where((glob, name) => IsPath(glob) && IsPath(name)).Sample((text, name) =>
            Assert.Equal(Segments(text.Split('/'), name.Split('/')), Glob.Parse(text).IsMatch(name)), iter: 20_000);
    }

    [Fact]
    public void Is_not_slow_for_any_pattern()
    {
        var glob = Glob.Parse(string.Concat(Enumerable.Repeat("*a", 200)) + "b");
        Assert.False(glob.IsMatch(new string('a', 20_000)));
        var deep = Glob.Parse(string.Concat(Enumerable.Repeat("**/a/", 100)) + "b");
        Assert.False(deep.IsMatch(string.Join('/', Enumerable.Repeat("a", 5_000))));
    }

    private static bool IsPath(string text) => text[0] != '/' && text[^1] != '/' && !text.Contains("//", StringComparison.Ordinal);

    private static bool Segments(ReadOnlySpan<string> pattern, ReadOnlySpan<string> names)
    {
        if (pattern.Length == 0)
        {
            return names.Length == 0;
        }

        if (pattern[0] == "**")
        {
            for (var taken = pattern.Length == 1 ? 1 : 0; taken <= names.Length; taken++)
            {
                if (Segments(pattern[1..], names[taken..]))
                {
                    return true;
                }
            }

            return false;
        }

        return names.Length > 0 && Characters(pattern[0], names[0]) && Segments(pattern[1..], names[1..]);
    }

    private static bool Characters(ReadOnlySpan<char> pattern, ReadOnlySpan<char> name)
    {
        if (pattern.Length == 0)
        {
            return name.Length == 0;
        }

        return pattern[0] switch
        {
            '*' => Characters(pattern[1..], name) || (name.Length > 0 && Characters(pattern, name[1..])),
            '[' => name.Length > 0 && Characters(pattern[4..], name[1..]),
            '?' => name.Length > 0 && Characters(pattern[1..], name[1..]),
            var c => name.Length > 0 && name[0] == c && Characters(pattern[1..], name[1..]),
        };
    }
}

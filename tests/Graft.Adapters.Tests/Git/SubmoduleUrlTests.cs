using Graft.Adapters.Git;

namespace Graft.Adapters.Tests.Git;

public class SubmoduleUrlTests
{
    [Theory]
    [InlineData("https://example.com/a/b.git", "https://example.com/product.git", "https://example.com/a/b.git")]
    [InlineData("../lib.git", "https://example.com/team/product.git", "https://example.com/team/lib.git")]
    [InlineData("../../other/lib.git", "https://example.com/team/product.git/", "https://example.com/other/lib.git")]
    [InlineData("./lib", "/srv/product.git", "/srv/product.git/lib")]
    [InlineData("../lib", "git@example.com:team/product", "git@example.com:team/lib")]
    [InlineData("../lib", "git@example.com:product", "git@example.com:lib")]
    public void Relative_urls_are_relative_to_the_superprojects(string url, string superproject, string expected) =>
        Assert.Equal(expected, SubmoduleUrl.Resolve(url, superproject));

    [Theory]
    [InlineData("../origin.git", "/w/origin.git")]
    [InlineData("/abs", "/abs")]
    [InlineData("https://example.com/x", "https://example.com/x")]
    [InlineData("host:path", "host:path")]
    [InlineData("./a:b", "/w/product/a:b")]
    public void A_remotes_path_is_made_absolute(string url, string expected) => Assert.Equal(expected, SubmoduleUrl.Absolute(url, "/w/product"));
}

namespace Graft.Core.Tests.Affected;

public sealed class IgnoredPathTests
{
    [Theory]
    [InlineData("*.txt", "src/api/a.txt", false)]
    [InlineData("*.txt", "src/api/sub/c.txt", true)]
    [InlineData("**/*.txt", "src/api/sub/c.txt", false)]
    [InlineData("*\\n!a.txt", "src/api/a.txt", true)]
    [InlineData("*\\n!a.txt", "src/api/b.txt", false)]
    [InlineData("sub\\n!sub/c.txt", "src/api/sub/c.txt", true)]
    [InlineData("# a\\n/a.txt", "src/api/a.txt", false)]
    // BuildKit leaves it out, buildah lets it in.
    [InlineData("**/*.txt\\n!sub", "src/api/sub/c.txt", true)]
    public void Leaves_out_what_the_context_ignores(string rules, string changed, bool isAffected) =>
        Assert.Equal(isAffected ? "api" : "", Change.OfOne("FROM scratch\\nCOPY . /", $"src/api/.dockerignore = {rules}").Affects(changed));

    [Fact]
    public void Takes_the_rules_beside_the_dockerfile_before_those_of_the_context()
    {
        var change = Change.OfOne("FROM scratch\\nCOPY . /", "src/api/.dockerignore = a.txt\nsrc/api/Dockerfile.dockerignore = b.txt");

        Assert.Equal("api", change.Affects("src/api/a.txt"));
        Assert.Equal("", change.Affects("src/api/b.txt"));
        Assert.Equal("src/api/Dockerfile.dockerignore -> src/api/Dockerfile: it is the Dockerfile's ignore file", change.Reason("src/api/Dockerfile.dockerignore"));
        // It is not used, and a file like any other.
        Assert.Equal("src/api/.dockerignore -> src/api/Dockerfile:2: COPY takes '.'", change.Reason("src/api/.dockerignore"));
    }

    [Fact]
    public void Counts_an_ignore_file_that_comes_or_goes()
    {
        Assert.Equal("api", Change.OfOne("FROM scratch\\nCOPY a.txt /").Affects("src/api/.dockerignore = x"));
        Assert.Equal("api", Change.OfOne("FROM scratch\\nCOPY a.txt /", "src/api/.dockerignore = x").Affects("-src/api/.dockerignore"));
        Assert.Equal("api", Change.OfOne("FROM scratch\\nCOPY a.txt /").Affects("src/api/Dockerfile.dockerignore = x"));
    }

    [Fact]
    public void Counts_the_dockerfile_even_when_it_is_ignored() =>
        Assert.Equal(
            "src/api/Dockerfile -> src/api/Dockerfile: it is the image's Dockerfile",
            Change.OfOne("FROM scratch\\nCOPY a.txt /", "src/api/.dockerignore = Dockerfile").Reason("src/api/Dockerfile = FROM scratch\\nCOPY a.txt /x"));

    [Fact]
    public void Counts_an_ignored_file_that_brings_or_takes_a_folder()
    {
        var change = Change.OfOne("FROM scratch\\nCOPY . /", "src/api/.dockerignore = **/*.md\nsrc/api/docs/a.md = a");

        // The context then has an empty folder more, or less.
        Assert.Equal("api", change.Affects("src/api/new/b.md = b"));
        Assert.Equal("api", change.Affects("-src/api/docs/a.md"));
        Assert.Equal("", change.Affects("src/api/docs/b.md = b"));
        Assert.Equal("", change.Affects("src/api/docs/a.md"));
        Assert.Equal("", change.Affects("src/api/b.md = b"));
    }

    [Fact]
    public void Lets_everything_in_where_the_rules_cannot_be_read() =>
        Assert.Equal("api", Change.OfOne("FROM scratch\\nCOPY . /", "src/api/.dockerignore = a.txt\\n[").Affects("src/api/a.txt"));
}

namespace Graft.Core.Tests.Affected;

public sealed class LinkTests
{
    [Theory]
    [InlineData("COPY link /x", "link -> a.txt", "src/api/a.txt", true)]
    [InlineData("COPY link /x", "link -> a.txt", "src/api/b.txt", false)]
    [InlineData("COPY link/c.txt /x", "link -> sub", "src/api/sub/c.txt", true)]
    [InlineData("COPY link/ /x", "link -> /sub", "src/api/sub/c.txt", true)]
    [InlineData("COPY deep/link /x", "deep/link -> ../sub", "src/api/sub/c.txt", true)]
    [InlineData("COPY deep/link /x", "deep/link -> ../../../../sub", "src/api/sub/c.txt", true)]
    [InlineData("COPY l*/c.txt /x", "link -> sub", "src/api/sub/c.txt", true)]
    [InlineData("COPY deep /x", "deep/link -> ../sub", "src/api/sub/c.txt", false)]
    [InlineData("COPY deep /x", "deep/link -> ../sub", "src/api/deep/link -> ../other", true)]
    [InlineData("COPY link/c.txt /x", "link -> sub", "src/api/link -> other", true)]
    [InlineData("COPY link/c.txt /x", "link -> sub", "-src/api/link", true)]
    [InlineData("COPY link /x", "link -> link", "src/api/link -> a.txt", true)]
    [InlineData("COPY sub/c.txt /x", "other = x", "src/api/sub -> other", true)]
    public void Follows_links_on_the_way_and_copies_those_below(string instruction, string link, string changed, bool isAffected) =>
        Assert.Equal(isAffected ? "api" : "", Change.OfOne($"FROM scratch\\n{instruction}", $"src/api/{link}").Affects(changed));

    [Fact]
    public void Follows_links_to_dockerfiles_contexts_and_ignore_files()
    {
        var change = new Change("""
            graft.yaml = product: acme\nimages:\n  - dockerfiles: src/*/Dockerfile\n    name: acme/{name}\n    context: ctx
            src/api/Dockerfile -> ../../common/Dockerfile.shared
            common/Dockerfile.shared = FROM scratch\nCOPY . /
            ctx -> real
            real/a.txt = a
            real/.dockerignore -> ../common/rules
            common/rules = b.txt
            """);

        Assert.Equal("api", change.Affects("common/Dockerfile.shared"));
        Assert.Equal("api", change.Affects("real/a.txt"));
        Assert.Equal("api", change.Affects("common/rules = a.txt"));
        Assert.Equal("", change.Affects("real/b.txt = b"));
        Assert.Equal("", change.Affects("common/other = b"));
    }

    [Fact]
    public void Counts_a_submodule_s_pointer_for_all_that_is_in_it()
    {
        Assert.Equal("api", Change.OfOne("FROM scratch\\nCOPY vendor/lib/x.c /", "src/api/vendor/lib @ 1").Affects("src/api/vendor/lib"));
        Assert.Equal("api", Change.OfOne("FROM scratch\\nCOPY . /", "src/api/vendor/lib @ 1\nsrc/api/.dockerignore = vendor\\n!vendor/lib/x.c").Affects("src/api/vendor/lib"));
        Assert.Equal("", Change.OfOne("FROM scratch\\nCOPY . /", "src/api/vendor/lib @ 1\nsrc/api/.dockerignore = vendor").Affects("src/api/vendor/lib"));
        Assert.Equal("", Change.OfOne("FROM scratch\\nCOPY sub /", "src/api/vendor/lib @ 1").Affects("src/api/vendor/lib"));
    }

    [Fact]
    public void Counts_attributes_that_change_how_files_are_checked_out()
    {
        var change = Change.OfOne("FROM scratch\\nCOPY a.txt /", ".gitattributes = *.md text");

        Assert.Equal("api", change.Affects(".gitattributes = *.txt filter=lfs"));
        Assert.Equal("api", change.Affects(".gitattributes = /src/**/*.txt filter=lfs"));
        Assert.Equal("", change.Affects(".gitattributes = *.bin filter=lfs"));
        Assert.Equal("", change.Affects(".gitattributes = /a.txt filter=lfs"));
        Assert.Equal("", change.Affects(".gitattributes = *.txt text"));
        Assert.Equal("", change.Affects("other/.gitattributes = *.txt filter=lfs"));
        Assert.Equal("api", change.Affects("src/api/.gitattributes = *.txt filter=lfs"));
    }
}

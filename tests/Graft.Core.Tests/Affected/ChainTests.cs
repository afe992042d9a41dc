namespace Graft.Core.Tests.Affected;

public sealed class ChainTests
{
    private const string Rules = """
        graft.yaml = product: acme\nimages:\n  - dockerfiles: src/*/Dockerfile\n    name: acme/{name}\n    contexts: { files: shared/files, named: acme/base, pinned: "docker-image://docker.io/acme/base:1" }
        src/base/Dockerfile = FROM scratch\nCOPY a.txt /
        src/base/a.txt = a
        shared/files/f.txt = f
        other.txt = o

        """;

    [Theory]
    [InlineData("FROM acme/base")]
    [InlineData("FROM docker.io/acme/base:3.2")]
    [InlineData("FROM index.docker.io/acme/base@sha256:5c1f0a7700000000000000000000000000000000000000000000000000000000")]
    [InlineData("ARG BASE=acme/base\\nFROM ${BASE}:latest")]
    [InlineData("FROM named")]
    [InlineData("FROM pinned")]
    [InlineData("FROM scratch\\nCOPY --from=acme/base / /")]
    [InlineData("FROM scratch\\nCOPY --from=named /x /")]
    [InlineData("FROM alpine\\nRUN --mount=type=cache,target=/c --mount=type=bind,from=acme/base,target=/b make")]
    [InlineData("FROM alpine AS a\\nRUN --mount=type=bind,from=files,target=/f --mount=type=bind,from=acme/base,target=/b make\\nFROM a")]
    [InlineData("FROM ${NOTHING}")]
    public void Follows_an_image_to_those_made_from_it(string dockerfile) =>
        Assert.Equal("base child", new Change(Rules + $"src/child/Dockerfile = {dockerfile}").Affects("src/base/a.txt"));

    [Theory]
    [InlineData("FROM alpine")]
    [InlineData("FROM acme/base-other")]
    [InlineData("FROM ghcr.io/acme/base")]
    [InlineData("FROM acme/base AS unused\\nFROM scratch")]
    public void Leaves_others_alone(string dockerfile) =>
        Assert.Equal("base", new Change(Rules + $"src/child/Dockerfile = {dockerfile}").Affects("src/base/a.txt"));

    [Fact]
    public void Goes_on_along_the_chain_and_names_the_image_that_stands_between()
    {
        var report = new Change(Rules + "src/child/Dockerfile = FROM scratch\\nCOPY --from=acme/base /a /\nsrc/grandchild/Dockerfile = FROM acme/child").After("src/base/a.txt");

        Assert.Equal(
            [
                "src/base/a.txt -> src/base/Dockerfile:2: COPY takes 'a.txt'",
                "src/base/a.txt -> src/child/Dockerfile:2: COPY takes files from 'acme/base', and 'acme/base' is affected",
                "src/base/a.txt -> src/grandchild/Dockerfile:1: it is FROM 'acme/child', and 'acme/child' is affected",
            ],
            report.Affected.SelectMany(image => image.Reasons).Select(Change.Write));
    }

    [Fact]
    public void Looks_into_named_contexts_that_are_folders()
    {
        const string copying = "src/child/Dockerfile = FROM scratch\\nCOPY --from=files f.txt /\n";

        Assert.Equal("child", new Change(Rules + copying).Affects("shared/files/f.txt"));
        Assert.Equal("", new Change(Rules + copying).Affects("shared/files/g.txt"));
        Assert.Equal("child", new Change(Rules + copying + "shared/files/.dockerignore = g").Affects("shared/files/.dockerignore"));
        Assert.Equal("", new Change(Rules + "src/child/Dockerfile = FROM scratch").Affects("shared/files/f.txt"));
        Assert.Equal("child", new Change(Rules + "src/child/Dockerfile = FROM alpine\\nRUN --mount=from=files,source=f.txt,target=/f cat").Affects("shared/files/f.txt"));
    }

    [Theory]
    [InlineData("COPY --from=files / /", "COPY takes '/' of 'files'")]
    [InlineData("COPY --from=files f.txt /", "COPY takes 'f.txt' of 'files'")]
    [InlineData("RUN --mount=from=files,source=f.txt,target=/f cat", "RUN mounts 'f.txt' of 'files'")]
    [InlineData("RUN --mount=from=files,target=/f cat", "RUN mounts the whole context 'files'")]
    public void Says_which_named_context_a_path_is_in(string line, string why) =>
        Assert.Equal(
            $"shared/files/f.txt -> src/child/Dockerfile:2: {why}",
            new Change(Rules + $"src/child/Dockerfile = FROM scratch\\n{line}\n").Reason("shared/files/f.txt"));

    [Fact]
    public void Takes_the_environment_of_a_base_over()
    {
        var change = new Change("""
            graft.yaml = product: acme\nimages:\n  - dockerfiles: src/*/Dockerfile\n    name: acme/{name}
            src/base/Dockerfile = FROM scratch\nENV DIR=lib
            src/child/Dockerfile = FROM acme/base\nARG DIR=src\nCOPY $DIR /
            src/child/lib/a = a
            src/child/src/a = a
            """);

        Assert.Equal("child", change.Affects("src/child/lib/a"));
        Assert.Equal("", change.Affects("src/child/src/a"));
    }

    [Fact]
    public void Counts_the_context_of_an_image_whose_base_defers_a_copy()
    {
        var change = new Change(Rules + "src/child/Dockerfile = FROM acme/on\nsrc/on/Dockerfile = FROM scratch\\nONBUILD COPY . /app\nsrc/child/x.txt = x\nsrc/on/x.txt = x");

        Assert.Equal("src/child/x.txt -> src/child/Dockerfile:1: 'acme/on' has `ONBUILD COPY . /app`, which takes files of the context", change.Reason("src/child/x.txt"));
        Assert.Equal("", change.Affects("src/on/x.txt"));
    }

    [Fact]
    public void Counts_what_stands_on_an_image_that_is_no_longer_built()
    {
        var report = new Change(Rules + "src/child/Dockerfile = FROM acme/base:1").After("-src/base/Dockerfile");

        Assert.Equal(
            ["src/base/Dockerfile -> src/child/Dockerfile:1: it is FROM 'acme/base', and 'acme/base' is no longer built"],
            report.Affected.SelectMany(image => image.Reasons).Select(Change.Write));
        Assert.Empty(report.Outside);
    }

    [Fact]
    public void Ends_where_images_are_made_from_one_another() =>
        Assert.Equal("a b", new Change("""
            graft.yaml = product: acme\nimages:\n  - dockerfiles: src/*/Dockerfile\n    name: acme/{name}
            src/a/Dockerfile = FROM acme/b\nCOPY . /
            src/b/Dockerfile = FROM acme/a\nCOPY . /
            src/c/Dockerfile = FROM scratch
            """).Affects("src/a/x = x"));
}

using Graft.Core.Bake;

namespace Graft.Core.Tests.Bake;

public sealed class ComposeReaderTests
{
    [Fact]
    public void Reads_services_that_are_built()
    {
        var definitions = ComposeReader.Read(
            "compose.yaml",
            """
            x-build: &build
              context: .
              args: { NODE: "${NODE:-22}", TOKEN: "${TOKEN}" }
            services:
              db: { image: postgres }
              api:
                image: ${REGISTRY:-ghcr.io/acme}/api:${TAG}
                build:
                  <<: *build
                  dockerfile: docker/api.Dockerfile
                  target: runtime
                  additional_contexts:
                    base: service:base
                    libs: ./libs
              base:
                build: ./base
                platform: linux/arm64
              worker:
                image: ${REGISTRY}/worker
                build:
                  context: worker
                  args: [A=1, "B=$$x", C]
                  platforms: [linux/amd64, linux/arm64]
            """);
        var builds = definitions.Builds;
        Assert.Equal(
            ["compose.yaml:6:3: 'args.TOKEN' of service 'api' is not known before the build; it is left out", "compose.yaml:18:3: 'args.C' of service 'worker' is not known before the build; it is left out"],
            definitions.Problems);
        Assert.Equal(["api", "base", "worker"], builds.Select(build => build.Name));
        var (api, worker) = (builds[0], builds[2]);
        Assert.Equal((".", "docker/api.Dockerfile", "runtime", 6), (api.Context, api.Dockerfile, api.Target, api.Place.Line));
        Assert.Equal(["ghcr.io/acme/api"], api.Images);
        Assert.Equal("NODE=22", string.Join(' ', api.Args.Select(pair => $"{pair.Key}={pair.Value}")));
        Assert.Equal("base=target:base libs=./libs", string.Join(' ', api.Contexts.Select(pair => $"{pair.Key}={pair.Value}")));
        Assert.Equal("./base", builds[1].Context);
        Assert.Equal(["worker"], worker.Images);
        Assert.Equal("A=1 B=$x", string.Join(' ', worker.Args.Select(pair => $"{pair.Key}={pair.Value}")));
        Assert.Equal(["linux/amd64", "linux/arm64"], worker.Platforms);
    }

    [Theory]
    [InlineData("services: [", "compose.yaml:")]
    [InlineData("services:\n  a:\n    build: [x]\n", "compose.yaml:3:12: 'build' of service 'a' is neither a folder nor a mapping")]
    [InlineData("services:\n  a:\n    build:\n      dockerfile_inline: FROM x\n", "compose.yaml:2:3: the Dockerfile of service 'a' stands in the compose file")]
    [InlineData("a: *a\n", "compose.yaml:1:4: ")]
    public void Says_what_it_cannot_read(string text, string problem)
    {
        var definitions = ComposeReader.Read("compose.yaml", text);
        Assert.Empty(definitions.Builds);
        Assert.StartsWith(problem, Assert.Single(definitions.Problems), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("services:\n")]
    [InlineData("services: text\n")]
    [InlineData("- a\n")]
    [InlineData("services:\n  a: {}\n  b: 3\n  3: { build: null }\n")]
    public void Finds_nothing_where_nothing_is_built(string text)
    {
        var definitions = ComposeReader.Read("compose.yaml", text);
        Assert.Empty(definitions.Builds);
        Assert.Empty(definitions.Problems);
    }

    [Theory]
    [InlineData("${A:-${B:-c}}/d", "c/d")]
    [InlineData("$A-$$-$", "\uFFFF-$-$")]
    [InlineData("${A", "${A")]
    [InlineData("${A:?wanted}${A+x}", "\uFFFF")]
    public void Fills_variables(string text, string filled) =>
        Assert.Equal(filled, Assert.Single(ComposeReader.Read("compose.yaml", $"services:\n  a:\n    build: '{text}'\n").Builds).Context);

    [Theory]
    [InlineData("${A}", "a")]
    [InlineData("$A/$B", "a/")]
    [InlineData("${A:-x}${A-y}${A:?z}${A:+s}${A+t}", "aaast")]
    [InlineData("${B:-x}${B-y}${B?z}${B:+s}${B+t}", "xt")]
    [InlineData("${C:-${A}b}${C+x}", "ab")]
    [InlineData("${D}", "a/d d")]
    [InlineData("${E}|${F}|${G}|${H}", "$A|a # b|two words|a")]
    [InlineData("${I:-none}${J:-none}${K:-none}", "nonenonenone")]
    [InlineData("${L}", "\uFFFF")]
    public void Takes_values_from_the_file_of_variables(string text, string filled)
    {
        var values = VariableFile.Read("\uFEFF# Values\nA=a\r\nB=\nexport D = ${A}/d d # not this\nE='$A'\nF=\"${A} # b\"\nG=two words\nH=$A\n#I=i\nJ\n=j\nK=\"open\nL=${C}\n");
        Assert.Equal(filled, Assert.Single(ComposeReader.Read("compose.yaml", $"services:\n  a:\n    build: '{text}'\n", values).Builds).Context);
    }

    [Fact]
    public void Says_whether_it_took_any()
    {
        const string Text = "services:\n  a:\n    build: '${A:-b}'\n";
        Assert.True(ComposeReader.Read("compose.yaml", Text, VariableFile.Read("A=a")).UsesVariables);
        Assert.False(ComposeReader.Read("compose.yaml", Text, VariableFile.Read("B=b")).UsesVariables);
    }
}

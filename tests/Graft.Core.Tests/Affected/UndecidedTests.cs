namespace Graft.Core.Tests.Affected;

public sealed class UndecidedTests
{
    [Theory]
    [InlineData("# syntax=acme/frontend:1\\nFROM scratch", "what the image takes is not known: the frontend 'acme/frontend:1' reads its Dockerfile, not graft")]
    [InlineData("FROM scratch\\nCOPPY a b", "what the image takes is not known: src/api/Dockerfile:2:1: unknown instruction 'COPPY'")]
    [InlineData("FROM ${BASE}", "what the image takes is not known: src/api/Dockerfile:1:1: 'BASE' has no value in '${BASE}'")]
    public void Counts_any_change_of_the_context_and_says_why(string dockerfile, string why)
    {
        var change = Change.OfOne(dockerfile);

        Assert.Contains(why, change.Reason("src/api/b.txt"), StringComparison.Ordinal);
        Assert.Equal("", change.Affects("README.md"));
    }

    [Theory]
    [InlineData("# syntax=docker/dockerfile:1")]
    [InlineData("# syntax=docker.io/docker/dockerfile:1.7-labs")]
    [InlineData("#syntax = docker/dockerfile-upstream:master")]
    public void Reads_docker_s_own_frontend_itself(string directive) =>
        Assert.Equal("", Change.OfOne($"{directive}\\nFROM scratch\\nCOPY a.txt /").Affects("src/api/b.txt"));

    [Fact]
    public void Counts_the_named_contexts_and_any_image_of_the_product_too()
    {
        var change = new Change("""
            graft.yaml = product: acme\nimages:\n  - dockerfiles: src/*/Dockerfile\n    name: acme/{name}\n    contexts: { files: shared }
            src/api/Dockerfile = # syntax=acme/frontend\nFROM scratch
            src/base/Dockerfile = FROM scratch\nCOPY . /
            shared/f.txt = f
            """);

        Assert.Equal("api", change.Affects("shared/f.txt"));
        Assert.Equal("api base", change.Affects("src/base/x = x"));
    }

    [Fact]
    public void Lets_a_build_argument_choose_the_frontend() =>
        Assert.Equal("api", Change.OfOne("FROM scratch", rule: "    args: { BUILDKIT_SYNTAX: acme/frontend }\\n").Affects("src/api/b.txt"));
}

using Graft.Core.Dockerfiles;
using Graft.Core.Failures;
using Graft.Core.Images;

namespace Graft.Core.Tests.Dockerfiles;

public sealed class DockerfileBasesTests
{
    [Theory]
    [InlineData("FROM a:1\n", null, "a:1@1")]
    [InlineData("FROM scratch\n", null, "")]
    [InlineData("ARG V=1\nFROM a:${V}\n", null, "a:1@2")]
    [InlineData("ARG V\nARG B=a:${V:-2}\nFROM $B\n", null, "a:2@3")]
    [InlineData("ARG GIVEN=1\nFROM a:${GIVEN}\n", null, "a:given@2")]
    [InlineData("FROM a AS x\nFROM b\nCOPY --from=x p q\n", null, "a@1 b@2")]
    [InlineData("FROM a AS x\nFROM b AS y\nFROM X\n", null, "a@1")]
    [InlineData("FROM a AS x\nFROM b AS y\nCOPY --from=c p q\nFROM x AS z\n", "y", "b@2 c@3")]
    [InlineData("FROM a AS x\nFROM b AS y\n", "0", "a@1")]
    [InlineData("FROM a AS x\nFROM b AS y\n", "X", "a@1")]
    [InlineData("FROM a\nRUN --mount=type=bind,from=tools:3,target=/t make\n", null, "a@1 tools:3@2")]
    [InlineData("FROM a\nCOPY --from=tools:3 a b\nCOPY --from=tools:3 c d\n", null, "a@1 tools:3@2")]
    [InlineData("FROM BASE AS x\nFROM x\nCOPY --from=extra a b\n", null, "base(context)@1 extra(context)@3")]
    [InlineData("FROM a AS extra\nFROM extra\n", null, "extra(context)@2")]
    [InlineData("FROM a-$TARGETARCH\n", null, "a-amd64@1 a-arm64@1")]
    [InlineData("FROM --platform=$BUILDPLATFORM a\n", null, "a@1")]
    [InlineData("FROM a\nCOPY --from=later p q\nFROM b AS later\n", "0", "b@3 a@1")]
    [InlineData("FROM a\nONBUILD COPY --from=trigger p q\n", null, "a@1")]
    public void Finds_what_the_target_needs(string text, string? target, string expected) =>
        Assert.Equal(expected, string.Join(' ', Find(text, target).Select(reference => $"{reference.Text}{(reference.IsContext ? "(context)" : "")}@{reference.Location.Line}")));

    [Theory]
    [InlineData("ARG V\nFROM a:$V\n", null, "D:2:1: 'V' has no value in 'a:$V'")]
    [InlineData("FROM $MISSING\n", null, "D:1:1: 'MISSING' has no value in '$MISSING'")]
    [InlineData("ARG V=\nFROM $V\n", null, "D:2:1: '$V' is empty after substitution")]
    [InlineData("FROM a\nARG V=1\nFROM b:$V\n", null, "D:3:1: 'V' has no value in 'b:$V'")]
    [InlineData("FROM ${X:?why}\n", null, "D:1:1: '${X:?why}' cannot be substituted: 'X': why")]
    [InlineData("FROM a AS one\n", "on", "'on' is not a stage of 'D'")]
    [InlineData("FROM a AS x\nCOPY --from=y p q\nFROM b AS y\nCOPY --from=x p q\n", null, "D:3:1: the stage 'y' needs itself")]
    [InlineData("FROM a AS x\nCOPY --from=x p q\n", null, "D:1:1: the stage 'x' needs itself")]
    [InlineData("ARG V=1\nFROM a\nCOPY --from=$V p q\n", null, "D:3:1: '$V': no variable is substituted in --from")]
    public void Refuses_by_line(string text, string? target, string message)
    {
        var failure = Assert.Throws<GraftException>(() => Find(text, target));

        Assert.Equal((FailureKind.Input, message), (failure.Kind, failure.Message));
    }

    private static IReadOnlyList<BaseReference> Find(string text, string? target) => DockerfileBases.Find(
        Dockerfile.Parse(text, "D"), target, new Dictionary<string, string> { ["GIVEN"] = "given" }, ["base", "extra"], [Platform.Default, new Platform("linux", "arm64")]);
}

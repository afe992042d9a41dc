using Graft.Core.Dockerfiles;
using Graft.Core.Failures;
using Graft.Core.Images;

namespace Graft.Core.Tests.Dockerfiles;

public sealed class PinnedDockerfileTests
{
    [Theory]
    [InlineData("FROM a:1\n", "FROM <a:1>\n")]
    [InlineData("FROM a AS a\nRUN x\n", "FROM <a> AS a\nRUN x\n")]
    [InlineData("ARG V=1\nFROM --platform=$BUILDPLATFORM a:${V} AS x\nFROM x\n", "ARG V=1\nFROM --platform=$BUILDPLATFORM <a:1> AS x\nFROM x\n")]
    [InlineData("from \\\r\n  # why\r\n  a \\\r\n  as x\r\n", "from \\\r\n  # why\r\n  <a> \\\r\n  as x\r\n")]
    [InlineData("FROM scratch\nCOPY --chown=1 --from=a /a --from=a /b\n", "FROM scratch\nCOPY --chown=1 --from=<a> /a --from=a /b\n")]
    [InlineData("FROM scratch\nCOPY --from=a a b\nCOPY --from=a:2 c d\n", "FROM scratch\nCOPY --from=<a> a b\nCOPY --from=<a:2> c d\n")]
    [InlineData("FROM scratch AS s\nFROM scratch\nCOPY --from=s a b\nCOPY --from=0 a b\n", "FROM scratch AS s\nFROM scratch\nCOPY --from=s a b\nCOPY --from=0 a b\n")]
    [InlineData(
        "FROM scratch\nRUN --mount=type=bind,from=a,target=/1 --mount=type=bind,from=a,target=/2 --mount=type=cache,target=/3 --mount=from=b,target=/4 x\n",
        "FROM scratch\nRUN --mount=type=bind,from=<a>,target=/1 --mount=type=bind,from=<a>,target=/2 --mount=type=cache,target=/3 --mount=from=<b>,target=/4 x\n")]
    [InlineData("FROM BASE\nCOPY --from=files a b\n", "FROM <base>\nCOPY --from=files a b\n")]
    [InlineData("FROM a AS x\nFROM b AS unneeded\nFROM x\n", "FROM <a> AS x\nFROM b AS unneeded\nFROM x\n")]
    [InlineData("\uFEFFFROM a", "FROM <a>")]
    [InlineData("# escape=`\nFROM `\n a`\n\n", "# escape=`\nFROM `\n <a>`\n\n")]
    public void Puts_what_was_resolved_in_the_place_of_the_name(string text, string expected) => Assert.Equal(expected, Pin(text));

    [Theory]
    [InlineData("FROM al\\\npine\n", "Dockerfile:1:1: 'alpine' cannot be replaced")]
    [InlineData("FROM scratch\nCOPY --from=\"a\" b c\n", "Dockerfile:2:1: '--from=a' cannot be replaced")]
    [InlineData("FROM \\\n# a \n  a\n", "Dockerfile:1:1: 'a' cannot be replaced")]
    public void Refuses_a_name_that_is_not_in_one_piece(string text, string message)
    {
        var refused = Assert.Throws<GraftException>(() => Pin(text));

        Assert.Equal(FailureKind.Input, refused.Kind);
        Assert.StartsWith(message, refused.Message, StringComparison.Ordinal);
    }

    private static string Pin(string text)
    {
        var dockerfile = Dockerfile.Parse(text, "Dockerfile");
        var args = new Dictionary<string, string>(StringComparer.Ordinal);
        var graph = StageGraph.Resolve(dockerfile, null, new BuildVariables(dockerfile, args, Platform.Default, null), ["base", "files"]);
        return PinnedDockerfile.Write(text, dockerfile, graph, (_, input) => input.Text == "files" ? null : $"<{input.Text}>");
    }
}

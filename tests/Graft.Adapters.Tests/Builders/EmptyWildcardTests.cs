using Graft.Core.Failures;
using Graft.Testing;

namespace Graft.Adapters.Tests.Builders;

/// <summary>BuildKit sends a folder only when something is taken of it, so a wildcard that matches nothing in it copies nothing there, and fails elsewhere.</summary>
public sealed class EmptyWildcardTests : IDisposable
{
    private readonly ImageWorkbench bench = new();

    public EmptyWildcardTests() => bench.Write("a.txt", "a").Write("dir/c", "c").Write("dir/sub/deep/f", "f").Write("other/x", "x").Link("todir", "dir");

    public void Dispose() => bench.Dispose();

    [Theory]
    [InlineData("COPY dir/c /y\nCOPY dir/*.none /x/")]
    [InlineData("COPY dir/*.none /x/\nCOPY dir/sub/deep /y/")]
    [InlineData("COPY dir /y\nCOPY dir/sub/deep/*.none /x/")]
    [InlineData("COPY todir/*.none /x/\nCOPY dir/c /y")]
    [InlineData("COPY dir/*.none /x/\nCOPY . /y")]
    [InlineData("COPY [d]ir/*.none /x/")]
    [InlineData("COPY **/f /x/\nCOPY dir/sub/*.none /x/")]
    [InlineData("COPY dir/*.none /x/\nCOPY a.txt /\nFROM scratch AS between\nCOPY dir/c /\nFROM scratch\nCOPY --from=0 / /\nCOPY --from=between / /")]
    [InlineData("COPY dir /d/\nFROM scratch\nCOPY --from=0 d/*.none /x/")]
    public async Task Copies_nothing_where_something_else_is_taken_of_the_folder(string instructions)
    {
        var image = await bench.BuildTextAsync($"FROM scratch\n{instructions}\n");

        Assert.DoesNotContain((await ImageWorkbench.LayersAsync(image)).SelectMany(layer => layer), entry => entry.Contains(" x/", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("COPY dir/*.none /x/", 2, "dir/*.none", "dir", "[d]ir/*.none")]
    [InlineData("COPY a.txt other /y/\nCOPY ./dir/*.none a.txt /x/", 3, "./dir/*.none", "dir", "[d]ir/*.none")]
    [InlineData("COPY dir/c /y\nCOPY dir/sub/*.none /x/", 3, "dir/sub/*.none", "dir/sub", "[d]ir/sub/*.none")]
    [InlineData("COPY todir/*.none /x/", 2, "todir/*.none", "dir", "[t]odir/*.none")]
    [InlineData("COPY dir /y\nFROM scratch\nCOPY dir/*.none /x/", 4, "dir/*.none", "dir", "[d]ir/*.none")]
    public async Task Is_refused_where_nothing_else_is_taken_of_the_folder(string instructions, int line, string source, string folder, string instead)
    {
        var failure = await Assert.ThrowsAsync<GraftException>(() => bench.BuildTextAsync($"FROM scratch\n{instructions}\n"));

        Assert.Equal(
            (FailureKind.Input, $"Dockerfile:{line}:1: '{source}' matches nothing, and nothing else is copied from '{folder}'", $"docker has a folder only when something is copied from it; where nothing may be there, begin with a wildcard: `{instead}`"),
            (failure.Kind, failure.Message, failure.Hint));
    }
}

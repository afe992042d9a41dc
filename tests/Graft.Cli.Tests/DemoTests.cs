using Graft.Testing;

namespace Graft.Cli.Tests;

/// <summary><c>graft demo</c>: what it makes is an ordinary product that one can go on with.</summary>
public sealed class DemoTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    private GraftRun Graft => new() { Directory = folder.Path, Home = folder.At("user") };

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Cuts_a_hotfix_that_can_be_published()
    {
        var demo = Graft.Run("demo", "shop").Succeeded();

        Assert.Contains("acme/api", demo.Output, StringComparison.Ordinal);
        var releases = Graft.Run("-C", "shop/product", "release", "list", "--json").Succeeded().Json();
        Assert.Equal(2, releases.GetArrayLength());
        Assert.True(releases[0].GetProperty("draft").GetBoolean());
        Assert.Equal("3.2.202511230446", releases[0].GetProperty("of").GetString());
        Graft.Run("-C", "shop/product", "release", "publish", releases[0].GetProperty("name").GetString()!, "--yes", "--offline").Succeeded();
    }

    [Fact]
    public void Leaves_a_folder_alone_that_is_not_empty()
    {
        folder.Write("shop/mine.txt", "mine\n");

        var result = Graft.Run("demo", "shop");

        Assert.Equal("error: 'shop' is not an empty folder\nhint: name one that is empty or not there yet\n", result.Error);
        Assert.Equal(4, result.ExitCode);
        Assert.Equal([folder.At("shop/mine.txt")], Directory.EnumerateFileSystemEntries(folder.At("shop")));
    }
}

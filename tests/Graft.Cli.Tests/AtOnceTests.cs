using Graft.Testing;

namespace Graft.Cli.Tests;

/// <summary>Hotfixes that are cut at the same time, by processes that share the image layout, the publisher and the cache.</summary>
public sealed class AtOnceTests : IAsyncLifetime
{
    private const string Release = SampleProduct.Release;
    private readonly SampleProduct product = new();

    public async ValueTask InitializeAsync() => await product.PushBaseImageAsync(TestContext.Current.CancellationToken);

    public ValueTask DisposeAsync()
    {
        product.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public void Processes_at_once_lose_nothing()
    {
        string[] names = ["3.2.203001010001", "3.2.203001010002", "3.2.203001010003", "3.2.203001010004"];
        var running = names.Select(name => product.Graft.Start(Line(name))).ToList();

        foreach (var result in running.Select(graft => graft.WaitForExit()))
        {
            result.Succeeded();
        }

        running.ForEach(graft => graft.Dispose());
        var tags = product.ImageTags;
        Assert.All(names, name => Assert.Equal(2, tags.Count(tag => tag.Contains(name, StringComparison.Ordinal))));
        Assert.Equal(names.Prepend(Release).Order(StringComparer.Ordinal), product.Releases.Order(StringComparer.Ordinal));
    }

    private static string[] Line(string name) =>
        ["hotfix", "generate", "--offline", "--release", Release, "--build", "acme/api", "acme/web", "--name", name];
}

using System.Collections.Concurrent;
using Graft.Adapters.Layout;
using Graft.Core.Images;
using Graft.Testing;

namespace Graft.Adapters.Tests.Layout;

/// <summary>Looking while others write.</summary>
public sealed class LayoutReadingTests : IDisposable
{
    private readonly ImageWorkbench bench = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private string Folder => Path.Combine(bench.Folder, "images");

    public void Dispose() => bench.Dispose();

    [Fact]
    public async Task Finds_what_was_pushed_while_it_was_asked()
    {
        var image = await bench.Write("f", "x").BuildTextAsync("FROM scratch\nCOPY f /\n");
        var store = new LayoutStore(Folder);
        await store.PushAsync(ImageReference.Parse("acme/a:0"), image, Token);
        for (var round = 1; round <= 40; round++)
        {
            var reference = ImageReference.Parse($"acme/a:{round}");
            var asked = new ConcurrentBag<LayoutStore>();
            var pushing = store.PushAsync(reference, image, Token);
            await Task.WhenAll([pushing, .. Enumerable.Range(0, 2).Select(_ => Task.Run(AskAsync, Token))]);

            foreach (var once in asked)
            {
                Assert.NotNull(await once.FindAsync(reference, Token));
            }

            async Task AskAsync()
            {
                while (!pushing.IsCompleted)
                {
                    var once = new LayoutStore(Folder);
                    asked.Add(once);
                    await once.FindAsync(reference, Token);
                }
            }
        }
    }
}

using Graft.Testing;

namespace Graft.Adapters.Tests.Builders;

/// <summary>Runs with nothing beside it: it counts what the process allocates.</summary>
[CollectionDefinition(nameof(LargeFileTests), DisableParallelization = true)]
[Collection(nameof(LargeFileTests))]
public sealed class LargeFileTests
{
    private const long Size = 120L * 1024 * 1024;

    [Fact]
    public async Task A_large_file_is_never_whole_in_memory()
    {
        using var bench = new ImageWorkbench();
        bench.Write("big", "");
        using (var file = File.OpenWrite(Path.Combine(bench.Checkout, "big")))
        {
            file.SetLength(Size);
        }

        var before = GC.GetTotalAllocatedBytes();
        var image = await bench.BuildTextAsync("FROM scratch AS one\nCOPY big /\nFROM scratch\nCOPY --from=one big /\n");

        Assert.InRange(GC.GetTotalAllocatedBytes() - before, 0, 20L * 1024 * 1024);
        Assert.Equal(Size + 512 + 1024, (await ImageWorkbench.ManifestAsync(image)).Layers[0].Size);
    }
}

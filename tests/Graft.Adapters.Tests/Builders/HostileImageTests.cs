using System.Formats.Tar;
using Graft.Core.Failures;
using Graft.Core.Images;
using Graft.Testing;

namespace Graft.Adapters.Tests.Builders;

public sealed class HostileImageTests : IDisposable
{
    private readonly ImageWorkbench bench = new();

    public void Dispose() => bench.Dispose();

    [Theory]
    [InlineData("../../escaped")]
    [InlineData("a/../../b")]
    public async Task An_entry_that_leaves_the_image_is_refused(string path)
    {
        await AssertRefusedAsync([new PaxTarEntry(TarEntryType.RegularFile, path)], "has an entry that leaves the image");
    }

    [Fact]
    public async Task A_hard_link_to_nothing_is_refused() =>
        await AssertRefusedAsync([new PaxTarEntry(TarEntryType.HardLink, "a") { LinkName = "/etc/shadow" }], "which is not there");

    [Fact]
    public async Task A_circle_of_links_is_refused() =>
        await AssertRefusedAsync([new PaxTarEntry(TarEntryType.SymbolicLink, "x") { LinkName = "y" }, new PaxTarEntry(TarEntryType.SymbolicLink, "y") { LinkName = "x" }], "too many symbolic links");

    [Fact]
    public async Task A_pipe_is_not_copied() =>
        await AssertRefusedAsync([new PaxTarEntry(TarEntryType.Fifo, "x")], "neither a file, a folder nor a link");

    [Fact]
    public async Task A_name_that_may_have_lost_bytes_is_not_copied() =>
        await AssertRefusedAsync([new PaxTarEntry(TarEntryType.RegularFile, "x/a\uFFFDb")], "with a name in UTF-8, and cannot be copied");

    [Fact]
    public async Task Links_lead_within_the_image_only()
    {
        bench.Images["base"] = await bench.CraftAsync([[new PaxTarEntry(TarEntryType.SymbolicLink, "x") { LinkName = "/etc/hostname" }]]);

        var failure = await Assert.ThrowsAsync<GraftException>(() => bench.BuildTextAsync("FROM scratch\nCOPY --from=base /x /x\n"));

        Assert.Equal("Dockerfile:2:1: '/x' is not in the image 'base'", failure.Message);
    }

    [Fact]
    public async Task A_layer_with_other_content_is_refused()
    {
        var image = await bench.CraftAsync([[new PaxTarEntry(TarEntryType.RegularFile, "x") { DataStream = new MemoryStream("good"u8.ToArray()) }]]);
        bench.Images["base"] = image;
        var layer = (await ImageWorkbench.ManifestAsync(image)).Layers[0];
        var path = Directory.GetFiles(bench.Folder, layer.Digest.Hex, SearchOption.AllDirectories).Single();
        var bytes = File.ReadAllBytes(path);
        bytes[^1] = 1;
        File.WriteAllBytes(path, bytes);

        foreach (var text in (string[])["FROM base\nCOPY --chmod=644 <<x /y\nx\n", "FROM scratch\nCOPY --from=base x /x\n", "FROM base\nUSER x\n"])
        {
            var failure = await Assert.ThrowsAsync<ContentException>(() => bench.BuildTextAsync(text));
            Assert.Equal(FailureKind.Outside, failure.Kind);
        }
    }

    [Fact]
    public async Task A_layer_compressed_otherwise_is_named()
    {
        var image = await bench.CraftAsync([[new PaxTarEntry(TarEntryType.RegularFile, "x")]]);
        var manifest = await ImageWorkbench.ManifestAsync(image);
        var output = new Graft.Adapters.Layout.ImageLayouts().Create(bench.NewOutput());
        await output.AddAsync(manifest.Config, image.Content, CancellationToken.None);
        await output.AddAsync(manifest.Layers[0], image.Content, CancellationToken.None);
        var json = (manifest with { Layers = [manifest.Layers[0] with { MediaType = MediaTypes.DockerLayerZstandard }] }).ToJson();
        var descriptor = await output.AddAsync(MediaTypes.OciManifest, (stream, token) => stream.WriteAsync(json, token).AsTask(), CancellationToken.None);
        bench.Images["base"] = await output.CompleteAsync(descriptor, CancellationToken.None);

        var failure = await Assert.ThrowsAsync<GraftException>(() => bench.BuildTextAsync("FROM base\nWORKDIR /x\n"));
        var kept = await bench.BuildTextAsync("FROM base\nUSER x\n");

        Assert.Contains("which the embedded builder cannot read", failure.Message, StringComparison.Ordinal);
        Assert.Equal(MediaTypes.OciLayerZstandard, (await ImageWorkbench.ManifestAsync(kept)).Layers[0].MediaType);
    }

    private async Task AssertRefusedAsync(IEnumerable<TarEntry> entries, string message)
    {
        bench.Images["base"] = await bench.CraftAsync([entries]);

        var failure = await Assert.ThrowsAsync<GraftException>(() => bench.BuildTextAsync("FROM scratch\nCOPY --from=base x /x\n"));

        Assert.Equal(FailureKind.Input, failure.Kind);
        Assert.StartsWith("Dockerfile:2:1: ", failure.Message, StringComparison.Ordinal);
        Assert.Contains(message, failure.Message, StringComparison.Ordinal);
    }
}

using System.Formats.Tar;
using System.Text;
using Graft.Adapters.Builders.Programs;
using Graft.Adapters.Layout;
using Graft.Core.Failures;
using Graft.Core.Images;
using Graft.Testing;

namespace Graft.Adapters.Tests.Builders;

/// <summary>Archives that builders write, and those that lie.</summary>
public sealed class ImageArchiveTests : IDisposable
{
    private static readonly byte[] Layer = Encoding.UTF8.GetBytes("a layer, which here is no archive");
    private static readonly string Config = $$$"""{"created":"2030-01-01T00:00:00.5Z","container":"c","architecture":"amd64","os":"linux","config":{"Hostname":"h","Shell":["x"]},"rootfs":{"type":"layers","diff_ids":["{{{Digest.Of(Layer)}}}"]},"history":[{"created":"2030-01-01T00:00:00Z","created_by":"RUN --mount=from=localhost/graft-run/x y","comment":"FROM 0451"},{"created":"2020-01-01T00:00:00Z"}]}""";
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Takes_over_docker_s_form()
    {
        var image = await TakeAsync(("x/layer.tar", Layer), ("c.json", Config), ("manifest.json", """[{"Config":"c.json","Layers":["x/layer.tar"]}]"""));

        var manifest = await ImageWorkbench.ManifestAsync(image);
        Assert.Equal((MediaTypes.OciManifest, MediaTypes.OciConfig), (manifest.MediaType, manifest.Config.MediaType));
        Assert.Equal(new Descriptor(MediaTypes.OciLayer, Digest.Of(Layer), Layer.Length), Assert.Single(manifest.Layers));
    }

    [Fact]
    public async Task Leaves_out_of_the_configuration_how_it_was_built()
    {
        var image = await TakeAsync(("x/layer.tar", Layer), ("c.json", Config), ("manifest.json", """[{"Config":"c.json","Layers":["x/layer.tar"]}]"""));

        Assert.Equal(
            $$$"""{"created":"2025-01-01T00:00:00Z","architecture":"amd64","os":"linux","config":{"Shell":["x"]},"rootfs":{"type":"layers","diff_ids":["{{{Digest.Of(Layer)}}}"]},"history":[{"created":"2025-01-01T00:00:00Z","created_by":"RUN --mount=from=localhost/graft-run/x y"},{"created":"2020-01-01T00:00:00Z"}]}""",
            (await ImageWorkbench.ConfigAsync(image)).GetRawText());
    }

    [Fact]
    public async Task Follows_a_link_to_a_layer_that_is_there_twice()
    {
        var twice = Config.Replace($"\"{Digest.Of(Layer)}\"", $"\"{Digest.Of(Layer)}\",\"{Digest.Of(Layer)}\"", StringComparison.Ordinal);

        var image = await TakeAsync(("x/layer.tar", Layer), ("y/layer.tar", new Link("../x/layer.tar")), ("c.json", twice), ("manifest.json", """[{"Config":"c.json","Layers":["x/layer.tar","y/layer.tar"]}]"""));

        Assert.Equal(2, (await ImageWorkbench.ManifestAsync(image)).Layers.Count);
    }

    [Fact]
    public async Task Takes_over_an_image_layout()
    {
        var config = Encoding.UTF8.GetBytes(Config);
        var manifest = new ImageManifest(MediaTypes.OciManifest, new Descriptor(MediaTypes.OciConfig, Digest.Of(config), config.Length), [new Descriptor(MediaTypes.OciLayerGzip, Digest.Of(Layer), Layer.Length)]).ToJson();
        var index = new ImageIndex(MediaTypes.OciIndex, [new Descriptor(MediaTypes.OciManifest, Digest.Of(manifest), manifest.Length)]).ToJson();

        var image = await TakeAsync(("blobs/sha256/" + Digest.Of(Layer).Hex, Layer), ("blobs/sha256/" + Digest.Of(config).Hex, config), ("blobs/sha256/" + Digest.Of(manifest).Hex, manifest), ("index.json", index), ("oci-layout", "{}"));

        Assert.Equal(MediaTypes.OciLayerGzip, Assert.Single((await ImageWorkbench.ManifestAsync(image)).Layers).MediaType);
    }

    [Theory]
    [InlineData("x/layer.tar", "another layer", "holds other content")]
    [InlineData("c.json", "{}", "malformed")]
    [InlineData("c.json", null, "'c.json' is missing")]
    [InlineData("x/layer.tar", null, "'x/layer.tar' is missing")]
    [InlineData("manifest.json", null, "'manifest.json' is missing")]
    [InlineData("manifest.json", "[]", "it holds 0 images, not one")]
    [InlineData("manifest.json", """[{"Config":"c.json","Layers":[]}]""", "it has 1 layers, and the manifest 0")]
    [InlineData("manifest.json", """[{"Config":"../../etc/passwd","Layers":["x/layer.tar"]}]""", "'../../etc/passwd' is missing")]
    [InlineData("../../evil", "x", "'../../evil' leads out of it")]
    [InlineData("/etc/evil", "x", "'/etc/evil' is no path in it")]
    [InlineData("a\\evil", "x", "is no path in it")]
    public async Task Refuses_an_archive_that_lies(string name, string? content, string message)
    {
        var files = new Dictionary<string, object?> { ["x/layer.tar"] = Layer, ["c.json"] = Config, ["manifest.json"] = """[{"Config":"c.json","Layers":["x/layer.tar"]}]""" };
        files[name] = content;

        var lie = await Assert.ThrowsAnyAsync<GraftException>(() => TakeAsync([.. files.Where(file => file.Value is not null).Select(file => (file.Key, file.Value!))]));

        Assert.Equal(FailureKind.Outside, lie.Kind);
        Assert.Contains(message, lie.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/etc/passwd", "'/etc/passwd' is no path in it")]
    [InlineData("../../etc/passwd", "'../../etc/passwd' leads out of it")]
    [InlineData("layer.tar", "'x/layer.tar' is a circle of links")]
    public async Task Refuses_a_link_that_leads_out(string target, string message)
    {
        var lie = await Assert.ThrowsAsync<GraftException>(() => TakeAsync(("x/layer.tar", new Link(target)), ("c.json", Config), ("manifest.json", """[{"Config":"c.json","Layers":["x/layer.tar"]}]""")));

        Assert.Equal(FailureKind.Outside, lie.Kind);
        Assert.Contains(message, lie.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Refuses_an_image_for_another_platform()
    {
        var lie = await Assert.ThrowsAsync<GraftException>(() => TakeAsync(("x/layer.tar", Layer), ("c.json", Config.Replace("amd64", "s390x", StringComparison.Ordinal)), ("manifest.json", """[{"Config":"c.json","Layers":["x/layer.tar"]}]""")));

        Assert.Contains("it is for 'linux/s390x', and 'linux/amd64' was asked for", lie.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Refuses_what_is_no_archive_or_ends_early()
    {
        await TakeAsync(("x/layer.tar", Layer), ("c.json", Config), ("manifest.json", """[{"Config":"c.json","Layers":["x/layer.tar"]}]"""));
        var whole = await File.ReadAllBytesAsync(folder.At("image.tar"), TestContext.Current.CancellationToken);
        await File.WriteAllBytesAsync(folder.At("cut.tar"), whole[..700], TestContext.Current.CancellationToken);
        folder.Write("no.tar", new string('x', 2000));

        foreach (var name in new[] { "cut.tar", "no.tar", "missing.tar" })
        {
            var lie = await Assert.ThrowsAsync<GraftException>(() => ImageArchive.OpenAsync(folder.At(name), CancellationToken.None));
            Assert.Equal(FailureKind.Outside, lie.Kind);
        }
    }

    private async Task<StoredImage> TakeAsync(params (string Name, object Content)[] files)
    {
        await using (var file = File.Create(folder.At("image.tar")))
        await using (var tar = new TarWriter(file))
        {
            foreach (var (name, content) in files)
            {
                TarEntry entry = content is Link link
                    ? new UstarTarEntry(TarEntryType.SymbolicLink, name) { LinkName = link.Target }
                    : new UstarTarEntry(TarEntryType.RegularFile, name) { DataStream = new MemoryStream(content as byte[] ?? Encoding.UTF8.GetBytes((string)content)) };
                await tar.WriteEntryAsync(entry);
            }
        }

        var archive = await ImageArchive.OpenAsync(folder.At("image.tar"), CancellationToken.None);
        var output = new ImageLayouts().Create(folder.At($"out-{Guid.NewGuid():N}"));
        var built = new BuiltImage(archive, new LentBases(new Dictionary<string, StoredImage>(), digest => digest.Hex), new DateTimeOffset(2025, 1, 1, 0, 0, 0, TimeSpan.Zero), output);
        return await output.CompleteAsync(await built.TakeOverAsync(Platform.Default, CancellationToken.None), CancellationToken.None);
    }

    private sealed record Link(string Target);
}

using Graft.Core.Failures;
using Graft.Core.Images;

namespace Graft.Adapters.Builders.Programs;

/// <summary>
/// Takes the image of a builder's archive over into an image layout. Layers of a base keep the bytes that the base's own store has, so that they are
/// shared wherever the image goes; new ones are plain tar archives, or what the builder made of them.
/// </summary>
internal sealed class BuiltImage(ImageArchive archive, LentBases bases, DateTimeOffset committedAt, IImageLayoutWriter output)
{
    /// <summary>The image's manifest, written to the layout, with its platform. An archive that does not hold what it says is an outside failure.</summary>
    public async Task<Descriptor> TakeOverAsync(Platform platform, CancellationToken cancellationToken)
    {
        try
        {
            return await (archive.Has("index.json") ? TakeOciAsync(platform, cancellationToken) : TakeDockerAsync(platform, cancellationToken));
        }
        catch (GraftException malformed) when (malformed.Kind == FailureKind.Input)
        {
            // The documents of the archive are the builder's, not the user's.
            throw ImageArchive.Lie(malformed.Message);
        }
    }

    private async Task<Descriptor> TakeOciAsync(Platform platform, CancellationToken cancellationToken)
    {
        var index = ImageIndex.Parse(await archive.ReadAsync("index.json", cancellationToken), "index.json");
        if (index.Images is not [var root])
        {
            throw ImageArchive.Lie($"it holds {index.Images.Count} images, not one");
        }

        var manifest = MediaTypes.IsIndex(root.MediaType)
            ? PlatformChoice.Choose("what was built", await archive.ReadImageAsync(root, cancellationToken), platform)
            : root;
        var document = ImageManifest.Parse(await archive.ReadDocumentAsync(manifest, cancellationToken), manifest.Digest.ToString());
        var config = await archive.ReadDocumentAsync(document.Config, cancellationToken);
        var shared = await FindBaseLayersAsync(cancellationToken);
        var layers = new List<Descriptor>();
        var diffIds = ReadDiffIds(config, document.Layers.Count);
        foreach (var (diffId, layer) in diffIds.Zip(document.Layers))
        {
            layers.Add(await ShareAsync(shared.GetValueOrDefault(diffId, new BaseLayer(layer, archive)), cancellationToken));
        }

        return await FinishAsync(config, layers, platform, cancellationToken);
    }

    private async Task<Descriptor> TakeDockerAsync(Platform platform, CancellationToken cancellationToken)
    {
        var (configPath, layerPaths) = ImageJson.Read(await archive.ReadAsync("manifest.json", cancellationToken), "manifest.json", root =>
            root.GetArrayLength() == 1
                ? (ImageJson.Text(root[0].GetProperty("Config")), root[0].GetProperty("Layers").EnumerateArray().Select(ImageJson.Text).ToList())
                : throw new FormatException($"it holds {root.GetArrayLength()} images, not one"));
        var config = await archive.ReadAsync(configPath, cancellationToken);
        var diffIds = ReadDiffIds(config, layerPaths.Count);
        var shared = await FindBaseLayersAsync(cancellationToken);
        var layers = new List<Descriptor>();
        foreach (var (diffId, path) in diffIds.Zip(layerPaths))
        {
            layers.Add(shared.TryGetValue(diffId, out var found) ? await ShareAsync(found, cancellationToken) : await AddLayerAsync(diffId, path, cancellationToken));
        }

        return await FinishAsync(config, layers, platform, cancellationToken);
    }

    private async Task<Descriptor> AddLayerAsync(Digest diffId, string path, CancellationToken cancellationToken)
    {
        // The configuration says what each layer unpacked is, and docker's archives hold them unpacked.
        var layer = new Descriptor(MediaTypes.OciLayer, diffId, archive.LengthOf(path));
        await output.AddAsync(layer, new NamedBlob(archive, path), cancellationToken);
        return layer;
    }

    private async Task<Descriptor> ShareAsync(BaseLayer layer, CancellationToken cancellationToken)
    {
        await output.AddAsync(layer.Descriptor, layer.Content, cancellationToken);
        return LayerTypes.ToOci(layer.Descriptor);
    }

    private async Task<Dictionary<Digest, BaseLayer>> FindBaseLayersAsync(CancellationToken cancellationToken)
    {
        var layers = new Dictionary<Digest, BaseLayer>();
        foreach (var lent in bases.All)
        {
            var document = ImageManifest.Parse(await lent.Image.Content.ReadDocumentAsync(lent.Manifest, cancellationToken), lent.Manifest.Digest.ToString());
            var config = await lent.Image.Content.ReadDocumentAsync(document.Config, cancellationToken);
            foreach (var (diffId, layer) in ReadDiffIds(config, document.Layers.Count).Zip(document.Layers))
            {
                layers.TryAdd(diffId, new BaseLayer(layer, lent.Image.Content));
            }
        }

        return layers;
    }

    private async Task<Descriptor> FinishAsync(byte[] config, List<Descriptor> layers, Platform platform, CancellationToken cancellationToken)
    {
        var built = ImageJson.Read(config, "the configuration", ImageJson.ReadPlatform);
        if (built is null || !PlatformChoice.IsSame(built with { Variant = built.Variant ?? platform.Variant }, platform))
        {
            throw ImageArchive.Lie($"it is for '{built?.ToString() ?? "no platform"}', and '{platform}' was asked for");
        }

        var clean = BuiltConfig.Clean(config, committedAt, bases.Restore);
        var configDescriptor = await AddAsync(MediaTypes.OciConfig, clean, cancellationToken);
        var manifest = await AddAsync(MediaTypes.OciManifest, new ImageManifest(MediaTypes.OciManifest, configDescriptor, layers).ToJson(), cancellationToken);
        return manifest with { Platform = platform };
    }

    private Task<Descriptor> AddAsync(string mediaType, byte[] bytes, CancellationToken cancellationToken) =>
        output.AddAsync(mediaType, (stream, token) => stream.WriteAsync(bytes, token).AsTask(), cancellationToken);

    private static List<Digest> ReadDiffIds(byte[] config, int layers) => ImageJson.Read(config, "the configuration", root =>
    {
        var ids = root.GetProperty("rootfs").GetProperty("diff_ids").EnumerateArray().Select(id => Digest.Parse(ImageJson.Text(id))).ToList();
        return ids.Count == layers ? ids : throw new FormatException($"it has {ids.Count} layers, and the manifest {layers}");
    });

    private sealed record BaseLayer(Descriptor Descriptor, IBlobSource Content);

    private sealed class NamedBlob(ImageArchive archive, string path) : IBlobSource
    {
        public Task<Stream> OpenAsync(Descriptor descriptor, CancellationToken cancellationToken) => Task.FromResult<Stream>(archive.Verify(path, descriptor));
    }
}

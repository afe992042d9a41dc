using System.Collections.Concurrent;
using Graft.Core.Failures;
using Graft.Core.Images;

namespace Graft.Adapters.Builders.Embedded;

/// <summary>One platform of an image that a build starts from or copies from.</summary>
internal sealed class BaseImage(Descriptor manifest, ImageConfig config, IReadOnlyList<Descriptor> layers, IReadOnlyList<ImageLayer> archives, IBlobSource content)
{
    public ImageConfig Config { get; } = config;

    public IReadOnlyList<Descriptor> Layers { get; } = layers;

    public IBlobSource Content { get; } = content;

    public Descriptor Manifest { get; } = manifest;

    /// <summary>What the layers show together, in a tree of its own.</summary>
    public async Task<FileTree> ReadTreeAsync(CancellationToken cancellationToken)
    {
        var tree = FileTree.Empty();
        foreach (var archive in archives)
        {
            LayerStack.Apply(tree, await archive.ListAsync(cancellationToken));
        }

        return tree;
    }
}

/// <summary>The images of one build, each opened once.</summary>
internal sealed class BaseImages(IReadOnlyDictionary<string, StoredImage> images, string spoolFolder) : IDisposable
{
    private readonly ConcurrentDictionary<Digest, ImageLayer> archives = [];

    /// <summary>Opens the manifest of an image for a platform; null when the build was given no such image.</summary>
    public async Task<BaseImage?> FindAsync(string key, Platform platform, CancellationToken cancellationToken)
    {
        if (!images.TryGetValue(key, out var image))
        {
            return null;
        }

        var manifest = PlatformChoice.Choose(key, image, platform);
        var document = ImageManifest.Parse(await image.Content.ReadDocumentAsync(manifest, cancellationToken), manifest.Digest.ToString());
        var config = ImageConfig.Parse(await image.Content.ReadDocumentAsync(document.Config, cancellationToken), document.Config.Digest.ToString());
        if (config.DiffIds.Count != document.Layers.Count)
        {
            throw GraftException.Input($"'{key}' has {document.Layers.Count} layers, and its configuration {config.DiffIds.Count}");
        }

        var layers = document.Layers.Select(LayerTypes.ToOci).ToList();
        return new BaseImage(manifest, config, layers, [.. document.Layers.Select(layer => archives.GetOrAdd(layer.Digest, _ => new ImageLayer(layer, image.Content, spoolFolder)))], image.Content);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var archive in archives.Values)
        {
            archive.Dispose();
        }
    }
}

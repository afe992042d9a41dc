using Graft.Core.Failures;

namespace Graft.Core.Images;

/// <summary>What can be learned of an image from its manifests and configurations, wherever they are.</summary>
public static class ImageReading
{
    /// <summary>
    /// The image that a descriptor points at: an index's images by platform, or the one manifest with the platform that its configuration
    /// says. Content of another kind is an input failure.
    /// </summary>
    public static async Task<StoredImage> ReadImageAsync(this IBlobSource content, Descriptor descriptor, CancellationToken cancellationToken)
    {
        if (MediaTypes.IsIndex(descriptor.MediaType))
        {
            var index = ImageIndex.Parse(await content.ReadDocumentAsync(descriptor, cancellationToken), descriptor.Digest.ToString());
            return new StoredImage(descriptor with { Platform = null }, index.Images, content);
        }

        if (!MediaTypes.IsManifest(descriptor.MediaType))
        {
            throw GraftException.Input($"'{descriptor.Digest}' is not an image: its media type is '{descriptor.MediaType}'");
        }

        var manifest = ImageManifest.Parse(await content.ReadDocumentAsync(descriptor, cancellationToken), descriptor.Digest.ToString());
        var config = await content.ReadDocumentAsync(manifest.Config, cancellationToken);
        var platform = ImageJson.Read(config, manifest.Config.Digest.ToString(), ImageJson.ReadPlatform);
        var bare = descriptor with { Platform = null };
        return new StoredImage(bare, [bare with { Platform = platform }], content);
    }

    /// <summary>
    /// What an index or a manifest points at, in the order to copy it in: the manifests of an index; the layers of a manifest, then its
    /// configuration, for a reader that meets a copy that was cut off. Content of another kind is an input failure.
    /// </summary>
    public static async Task<IReadOnlyList<Descriptor>> ReadPartsAsync(this IBlobSource content, Descriptor descriptor, CancellationToken cancellationToken)
    {
        if (!MediaTypes.IsIndex(descriptor.MediaType) && !MediaTypes.IsManifest(descriptor.MediaType))
        {
            throw GraftException.Input($"'{descriptor.Digest}' is not an image: its media type is '{descriptor.MediaType}'");
        }

        var json = await content.ReadDocumentAsync(descriptor, cancellationToken);
        if (MediaTypes.IsIndex(descriptor.MediaType))
        {
            return ImageIndex.Parse(json, descriptor.Digest.ToString()).Manifests;
        }

        var manifest = ImageManifest.Parse(json, descriptor.Digest.ToString());
        return [.. manifest.Layers, manifest.Config];
    }
}

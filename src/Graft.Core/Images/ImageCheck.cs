using System.Collections.Concurrent;

namespace Graft.Core.Images;

/// <summary>How far images are looked into.</summary>
public enum CheckDepth
{
    /// <summary>The manifest of each platform is there.</summary>
    Manifests,

    /// <summary>Manifests are read; configurations and layers are there, with their size.</summary>
    Parts,

    /// <summary>Every byte is read and has its digest.</summary>
    Bytes,
}

/// <summary>Checks that all that images are made of can be had. Of what several images of a place share, the bytes are read once.</summary>
public sealed class ImageCheck(CheckDepth depth)
{
    private readonly ConcurrentDictionary<(string Place, Digest Digest), bool> read = new();

    /// <summary>Goes through an image of a place (a registry, or a layout); what is not there or not right is a <see cref="ContentException"/>.</summary>
    public async Task RunAsync(string place, StoredImage image, CancellationToken cancellationToken) =>
        await Task.WhenAll(image.Manifests.Select(manifest => depth == CheckDepth.Manifests
            ? CheckPresenceAsync(image, manifest, cancellationToken)
            : CheckManifestAsync(place, image, manifest, cancellationToken)));

    // The manifest that the image was found by is there.
    private static Task CheckPresenceAsync(StoredImage image, Descriptor manifest, CancellationToken cancellationToken) =>
        manifest.Digest == image.Descriptor.Digest ? Task.CompletedTask : image.Content.CheckPresenceAsync(manifest, cancellationToken);

    private async Task CheckManifestAsync(string place, StoredImage image, Descriptor manifest, CancellationToken cancellationToken)
    {
        IEnumerable<Descriptor> parts = await image.Content.ReadPartsAsync(manifest, cancellationToken);
        if (manifest.Digest == image.Descriptor.Digest)
        {
            // Without an index the platform was read from the configuration, the last part.
            parts = parts.SkipLast(1);
        }

        // Layers that may not be distributed are somewhere else.
        await Task.WhenAll(parts.Where(part => !MediaTypes.IsForeign(part.MediaType)).DistinctBy(part => part.Digest).Select(part =>
            depth == CheckDepth.Bytes && read.TryAdd((place, part.Digest), true)
                ? ReadAsync(image.Content, part, cancellationToken)
                : image.Content.CheckPresenceAsync(part, cancellationToken)));
    }

    private static async Task ReadAsync(IBlobSource content, Descriptor part, CancellationToken cancellationToken)
    {
        await using var stream = await content.OpenAsync(part, cancellationToken);
        await stream.CopyToAsync(Stream.Null, cancellationToken);
    }
}

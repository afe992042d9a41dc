using Graft.Core.Images;

namespace Graft.Core.Releases;

/// <summary>What a reference pointed at when its release was made.</summary>
/// <param name="Reference">The reference's text, as the manifest has it.</param>
/// <param name="Digest">The digest it pointed at: the index's where there is one.</param>
/// <param name="MediaType">The media type of what has that digest.</param>
/// <param name="Platforms">Platform -> digest of the image manifest for it.</param>
/// <param name="From">For an image that the release built: each FROM reference -> the digest it resolved to. Else empty.</param>
public sealed record LockedReference(
    string Reference,
    Digest Digest,
    string MediaType,
    IReadOnlyDictionary<Platform, Digest> Platforms,
    IReadOnlyDictionary<string, Digest> From)
{
    /// <summary>What a store has behind a reference.</summary>
    public static LockedReference Of(ImageReference reference, StoredImage image) => new(
        reference.ToString(),
        image.Descriptor.Digest,
        image.Descriptor.MediaType,
        PlatformsOf(image),
        new Dictionary<string, Digest>(StringComparer.Ordinal));

    /// <summary>The digest of an image's manifest for each platform; the first one where an index has several for one (which a puller takes too).</summary>
    public static IReadOnlyDictionary<Platform, Digest> PlatformsOf(StoredImage image) =>
        image.Manifests.Where(manifest => manifest.Platform is not null).DistinctBy(manifest => manifest.Platform).ToDictionary(manifest => manifest.Platform!, manifest => manifest.Digest);
}

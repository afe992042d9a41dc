namespace Graft.Core.Images;

/// <summary>Where images live: a registry, or an OCI image layout on disk.</summary>
public interface IImageStore
{
    /// <summary>
    /// Whether the absence of a reference means that it does not exist anywhere. True of a registry;
    /// an image layout knows only what was put into it.
    /// </summary>
    bool KnowsAbsence { get; }

    /// <summary>What a reference points at, without looking into it, or null when this store does not have it. A store that cannot be asked is an outside failure.</summary>
    Task<Descriptor?> ResolveAsync(ImageReference reference, CancellationToken cancellationToken);

    /// <summary>The image behind a reference, or null when this store does not have it. A store that cannot be asked is an outside failure.</summary>
    Task<StoredImage?> FindAsync(ImageReference reference, CancellationToken cancellationToken);

    /// <summary>The tags that the store has of an image, each once, in ordinal order; none for an image that it does not have.</summary>
    Task<IReadOnlyList<string>> ListTagsAsync(ImageName name, CancellationToken cancellationToken);

    /// <summary>
    /// Sees whether images of this name may be pushed, and leaves nothing behind: an outside failure when they may not, with what to do about it. With
    /// <paramref name="readsOnly"/> nothing is sent that writes, so that less may be found out.
    /// </summary>
    Task CheckPushAsync(ImageName name, bool readsOnly, CancellationToken cancellationToken);

    /// <summary>
    /// Copies an image into the store and gives it the reference's tag: blobs first, then manifests, then the tag, once.
    /// The same digest there is success without a write; another digest under that tag is a guard failure and nothing is changed.
    /// </summary>
    Task PushAsync(ImageReference reference, StoredImage image, CancellationToken cancellationToken);

    /// <summary>
    /// Takes back a tag that points at this digest; its content may stay. True when the store has the tag no more; false when it points at something
    /// else, or when this store takes no tag back (others may have pulled it).
    /// </summary>
    Task<bool> TryRemoveTagAsync(ImageReference reference, Digest digest, CancellationToken cancellationToken);
}

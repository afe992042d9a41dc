using Graft.Core.Images;

namespace Graft.Adapters.Registry;

/// <summary>The content of a repository. Manifests are read whole, blobs as they come, over broken connections too; every byte is checked.</summary>
internal sealed class RegistryContent(RegistryRepository repository, FetchedManifest? known = null) : IBlobSource
{
    public RegistryRepository Repository => repository;

    /// <inheritdoc/>
    public async Task<Stream> OpenAsync(Descriptor descriptor, CancellationToken cancellationToken)
    {
        if (MediaTypes.IsIndex(descriptor.MediaType) || MediaTypes.IsManifest(descriptor.MediaType))
        {
            var manifest = known is not null && known.Descriptor.Digest == descriptor.Digest ? known : await FetchAsync(descriptor, cancellationToken);
            NoteBlobs(manifest);
            return new VerifyingStream(new MemoryStream(manifest.Bytes), descriptor, $"'{repository.Name}'");
        }

        // Opened before it is handed out: what is not there fails here.
        var stream = new ResumingStream(repository, descriptor);
        await stream.OpenAsync(cancellationToken);
        return new VerifyingStream(stream, descriptor, $"'{repository.Name}'");
    }

    /// <inheritdoc/>
    public async Task CheckPresenceAsync(Descriptor descriptor, CancellationToken cancellationToken)
    {
        var scope = new Scope(repository.Path);
        var size = MediaTypes.IsIndex(descriptor.MediaType) || MediaTypes.IsManifest(descriptor.MediaType)
            ? (await repository.ResolveAsync(descriptor.Digest.ToString(), scope, cancellationToken))?.Size
            : await repository.FindBlobSizeAsync(descriptor, scope, cancellationToken);
        if (size != descriptor.Size)
        {
            throw size is null ? Missing(repository, descriptor.Digest)
                : new ContentException(ContentFault.Different, $"'{descriptor.Digest}' in '{repository.Name}' has {size} bytes, not {descriptor.Size}");
        }
    }

    private async Task<FetchedManifest> FetchAsync(Descriptor descriptor, CancellationToken cancellationToken) =>
        await repository.FetchManifestAsync(descriptor.Digest.ToString(), new Scope(repository.Path), cancellationToken)
        ?? throw Missing(repository, descriptor.Digest);

    // An image that stands on this one has these layers too, and need not send them again.
    private void NoteBlobs(FetchedManifest manifest)
    {
        if (MediaTypes.IsManifest(manifest.Descriptor.MediaType))
        {
            foreach (var layer in ImageManifest.Parse(manifest.Bytes, manifest.Descriptor.Digest.ToString()).Layers)
            {
                repository.Host.SeenIn.TryAdd(layer.Digest, repository.Path);
            }
        }
    }

    internal static ContentException Missing(RegistryRepository repository, Digest digest) => new(ContentFault.Missing, $"'{digest}' is not in '{repository.Name}'");
}

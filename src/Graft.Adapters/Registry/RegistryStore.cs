using Graft.Core.Failures;
using Graft.Core.Images;

namespace Graft.Adapters.Registry;

/// <summary>
/// Registries as an image store. Images live in the registry that their name says; with a home (<c>HOST</c> or <c>HOST/PATH</c>), those of
/// docker.io, which is what a name without a host means, live there under their short name.
/// </summary>
public sealed class RegistryStore : IImageStore
{
    private readonly Registries registries;
    private readonly string? home;

    /// <summary>A store over shared connections.</summary>
    public RegistryStore(Registries registries, string? home = null)
    {
        this.registries = registries;
        this.home = home;
    }

    /// <inheritdoc/>
    public bool KnowsAbsence => true;

    /// <summary>The whole name of an image in a store with this home.</summary>
    public static ImageName PlaceOf(ImageName name, string? home) =>
        home is not null && name.Registry == ImageName.DefaultRegistry ? ImageName.Parse($"{home}/{name.Familiar}") : name;

    /// <inheritdoc/>
    public Task<Descriptor?> ResolveAsync(ImageReference reference, CancellationToken cancellationToken)
    {
        var repository = RepositoryOf(reference.Name);
        return repository.ResolveAsync(VersionOf(reference), new Scope(repository.Path), cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<StoredImage?> FindAsync(ImageReference reference, CancellationToken cancellationToken)
    {
        var repository = RepositoryOf(reference.Name);
        return await repository.FetchManifestAsync(VersionOf(reference), new Scope(repository.Path), cancellationToken) is { } manifest
            ? await new RegistryContent(repository, manifest).ReadImageAsync(manifest.Descriptor, cancellationToken)
            : null;
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<string>> ListTagsAsync(ImageName name, CancellationToken cancellationToken) =>
        new TagList(RepositoryOf(name)).ReadAsync(cancellationToken);

    /// <inheritdoc/>
    public Task CheckPushAsync(ImageName name, bool readsOnly, CancellationToken cancellationToken) =>
        new PushTrial(RepositoryOf(name)).RunAsync(readsOnly, cancellationToken);

    /// <inheritdoc/>
    public Task PushAsync(ImageReference reference, StoredImage image, CancellationToken cancellationToken) =>
        reference.Version.Digest is { } digest && digest != image.Descriptor.Digest
            ? throw GraftException.Input($"'{reference}' names another digest than the image has, '{image.Descriptor.Digest}'")
            : new RegistryPush(RepositoryOf(reference.Name)).RunAsync(reference, image, cancellationToken);

    /// <summary>No: a registry removes a manifest with all its tags, and somebody may have pulled it.</summary>
    public Task<bool> TryRemoveTagAsync(ImageReference reference, Digest digest, CancellationToken cancellationToken) => Task.FromResult(false);

    // Docker's rule: where both are there, the digest counts.
    private static string VersionOf(ImageReference reference) => reference.Version.Digest?.ToString() ?? reference.Version.Tag!;

    private RegistryRepository RepositoryOf(ImageName name)
    {
        var where = PlaceOf(name, home);
        return new RegistryRepository(registries.Get(where.Registry), where.Repository);
    }
}

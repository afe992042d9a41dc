using Graft.Core.Failures;
using Graft.Core.Images;

namespace Graft.Adapters.Layout;

/// <summary>
/// An OCI image layout that holds many images, each under its whole reference (annotation <c>org.opencontainers.image.ref.name</c>).
/// Reading takes no lock; of several that write, one at a time changes the index.
/// </summary>
public sealed class LayoutStore(string folder) : IImageStore
{
    private readonly LayoutBlobs blobs = new(folder, lasting: true);
    private volatile ReadIndex? lastRead;

    /// <inheritdoc/>
    public bool KnowsAbsence => false;

    /// <inheritdoc/>
    public async Task<Descriptor?> ResolveAsync(ImageReference reference, CancellationToken cancellationToken) =>
        LayoutIndex.Exists(folder)
        && await FindAsync(await ReadIndexAsync(cancellationToken), reference, cancellationToken) is { } descriptor
            ? descriptor with { Platform = null }
            : null;

    /// <inheritdoc/>
    public async Task<StoredImage?> FindAsync(ImageReference reference, CancellationToken cancellationToken) =>
        LayoutIndex.Exists(folder)
        && await FindAsync(await ReadIndexAsync(cancellationToken), reference, cancellationToken) is { } descriptor
            ? await blobs.ReadImageAsync(descriptor, cancellationToken)
            : null;

    /// <summary>Nobody is asked for leave in a folder.</summary>
    public Task CheckPushAsync(ImageName name, bool readsOnly, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public async Task PushAsync(ImageReference reference, StoredImage image, CancellationToken cancellationToken)
    {
        if (reference.Version.Digest is { } digest && digest != image.Descriptor.Digest)
        {
            throw GraftException.Input($"'{reference}' names another digest than the image has, '{image.Descriptor.Digest}'");
        }

        if (LayoutIndex.Exists(folder) && IsThere(await LayoutIndex.ReadAsync(folder, cancellationToken), reference, image.Descriptor))
        {
            return;
        }

        Directory.CreateDirectory(folder);
        using var writing = await LayoutFiles.EnterAsync(folder, cancellationToken);
        await CopyAsync(image.Descriptor, image.Content, depth: 0, cancellationToken);
        using (await LayoutFiles.LockAsync(folder, cancellationToken))
        {
            await LayoutIndex.CreateAsync(folder, cancellationToken);
            // Read again: another process may have taken the tag while the content was copied.
            var index = await LayoutIndex.ReadAsync(folder, cancellationToken);
            if (!IsThere(index, reference, image.Descriptor))
            {
                await index.WriteWithAsync(folder, image.Descriptor, reference.ToString(), cancellationToken);
            }
        }
    }

    /// <inheritdoc/>
    public async Task<bool> TryRemoveTagAsync(ImageReference reference, Digest digest, CancellationToken cancellationToken)
    {
        if (!LayoutIndex.Exists(folder))
        {
            return true;
        }

        using var held = await LayoutFiles.LockAsync(folder, cancellationToken);
        var index = await LayoutIndex.ReadAsync(folder, cancellationToken);
        if (FindByTag(index, reference) is { } there)
        {
            if (there.Digest != digest)
            {
                return false;
            }

            await index.WriteWithoutAsync(folder, entry => entry.Reference == reference, cancellationToken);
        }

        return true;
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<string>> ListTagsAsync(ImageName name, CancellationToken cancellationToken)
    {
        if (!LayoutIndex.Exists(folder))
        {
            return [];
        }

        var index = await LayoutIndex.ReadAsync(folder, cancellationToken);
        return [.. index.Entries
            .Where(entry => entry.Reference?.Name == name)
            .Select(entry => entry.Reference!.Version.Tag)
            .OfType<string>()
            .Distinct()
            .Order(StringComparer.Ordinal)];
    }

    // A release is looked up reference by reference: hundreds of questions to one file, which is read anew only when it is another one.
    private async Task<LayoutIndex> ReadIndexAsync(CancellationToken cancellationToken)
    {
        var file = new FileInfo(Path.Combine(folder, "index.json"));
        // Looked at before it is read: one that another takes the place of in between is then read once too often, not once too seldom.
        file.Refresh();
        if (lastRead is { } last && file.Exists && last.WrittenAt == file.LastWriteTimeUtc && last.Length == file.Length)
        {
            return last.Index;
        }

        var index = await LayoutIndex.ReadAsync(folder, cancellationToken);
        lastRead = file.Exists ? new ReadIndex(file.LastWriteTimeUtc, file.Length, index) : null;
        return index;
    }

    // One reference, so that readers side by side never see half of another's.
    private sealed record ReadIndex(DateTime WrittenAt, long Length, LayoutIndex Index);

    private static bool IsThere(LayoutIndex index, ImageReference reference, Descriptor image)
    {
        var taken = FindByTag(index, reference);
        if (taken is not null && taken.Digest != image.Digest)
        {
            throw new GraftException(FailureKind.Guard, $"'{reference}' exists with other content, '{taken.Digest}'", "a tag that exists is never overwritten; take another name");
        }

        return taken is not null;
    }

    private async Task<Descriptor?> FindAsync(LayoutIndex index, ImageReference reference, CancellationToken cancellationToken)
    {
        if (reference.Version.Digest is not { } digest)
        {
            return FindByTag(index, reference);
        }

        // By digest an image can also be one platform of an index, as in a registry.
        foreach (var entry in index.Entries.Where(entry => entry.Reference?.Name == reference.Name))
        {
            if (entry.Descriptor.Digest == digest)
            {
                return entry.Descriptor;
            }

            if (MediaTypes.IsIndex(entry.Descriptor.MediaType))
            {
                var image = await blobs.ReadImageAsync(entry.Descriptor, cancellationToken);
                if (image.Manifests.FirstOrDefault(manifest => manifest.Digest == digest) is { } manifest)
                {
                    return manifest;
                }
            }
        }

        return null;
    }

    private static Descriptor? FindByTag(LayoutIndex index, ImageReference reference)
    {
        var found = index.Entries
            .Where(entry => entry.Reference is { } name && name.Name == reference.Name && name.Version.Tag == reference.Version.Tag
                && (reference.Version.Tag is not null || name.Version.Digest == reference.Version.Digest))
            .Select(entry => entry.Descriptor)
            .DistinctBy(descriptor => descriptor.Digest)
            .ToList();
        return found.Count > 1
            ? throw GraftException.Input($"'{reference}' stands for {found.Count} images in the image layout", $"they are {string.Join(", ", found.Select(descriptor => $"'{descriptor.Digest}'"))}; name one by its digest")
            : found.FirstOrDefault();
    }

    /// <summary>Copies what a descriptor points at, and itself last: a manifest never stands without its content.</summary>
    private async Task CopyAsync(Descriptor descriptor, IBlobSource content, int depth, CancellationToken cancellationToken)
    {
        if (depth > 4)
        {
            throw GraftException.Input($"'{descriptor.Digest}' holds indexes within indexes, too deep");
        }

        // A blob has no parts; an image that is none is refused.
        var isBlob = depth > 0 && !MediaTypes.IsIndex(descriptor.MediaType) && !MediaTypes.IsManifest(descriptor.MediaType);
        var parts = isBlob ? [] : await content.ReadPartsAsync(descriptor, cancellationToken);
        foreach (var part in parts)
        {
            await CopyAsync(part, content, depth + 1, cancellationToken);
        }

        await blobs.AddAsync(descriptor, content, cancellationToken);
    }
}

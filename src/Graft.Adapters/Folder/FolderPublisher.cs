using Graft.Adapters.Files;
using Graft.Core.Failures;
using Graft.Core.Releases;

namespace Graft.Adapters.Folder;

/// <summary>
/// Releases in a folder: for each git tag a folder of its name (percent-encoded) with <c>release.json</c> and <c>assets/</c>.
/// A draft appears whole, by a rename, or not at all.
/// </summary>
public sealed class FolderPublisher(string folder, TimeProvider clock) : IPublisher
{
    private const string Description = "release.json";
    private const string Assets = "assets";
    private const string Unfinished = ".unfinished-";
    private const string LockFile = ".lock";

    /// <inheritdoc/>
    public async Task<IReadOnlyList<PublishedRelease>> ListAsync(CancellationToken cancellationToken)
    {
        if (!Directory.Exists(folder))
        {
            return [];
        }

        var releases = new List<PublishedRelease>();
        foreach (var path in Directory.EnumerateDirectories(folder).Where(path => !Path.GetFileName(path).StartsWith('.')).Order(StringComparer.Ordinal))
        {
            if (await ReadAsync(path, cancellationToken) is { } release)
            {
                releases.Add(release);
            }
        }

        return releases;
    }

    /// <inheritdoc/>
    public Task<PublishedRelease?> FindAsync(string tag, CancellationToken cancellationToken) => ReadAsync(PathOf(tag), cancellationToken);

    /// <inheritdoc/>
    public async Task<byte[]> FetchAssetAsync(PublishedRelease release, string asset, long limit, CancellationToken cancellationToken)
    {
        var path = ContainedPath.Combine(Path.Combine(PathOf(release.Tag), Assets), asset);
        var file = new FileInfo(path);
        if (!file.Exists)
        {
            throw GraftException.Outside($"release '{release.Tag}' has no asset '{asset}'");
        }

        return file.Length <= limit
            ? await File.ReadAllBytesAsync(path, cancellationToken)
            : throw GraftException.Input($"asset '{asset}' of release '{release.Tag}' is larger than {limit} bytes");
    }

    /// <inheritdoc/>
    public async Task<PublishedRelease> CreateDraftAsync(ReleaseDraft draft, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(folder);
        using var held = await FolderLock.AcquireAsync(Path.Combine(folder, LockFile), null, cancellationToken);
        var target = PathOf(draft.Tag);
        if (await ReadAsync(target, cancellationToken) is { } existing)
        {
            return await IsSameAsync(existing, draft, cancellationToken)
                ? existing
                : throw GraftException.Input($"there is already a release '{draft.Tag}' in '{folder}', and it is another one", "leave `--name` out to take the next free minute");
        }

        RemoveUnfinished();
        var unfinished = Path.Combine(folder, Unfinished + Path.GetFileName(target));
        var assets = Directory.CreateDirectory(Path.Combine(unfinished, Assets)).FullName;
        foreach (var asset in draft.Assets)
        {
            await AtomicFile.WriteAsync(ContainedPath.Combine(assets, asset.Name), asset.Content, cancellationToken);
        }

        var description = new ReleaseDescription
        {
            Tag = draft.Tag,
            Commit = draft.Commit.ToString(),
            Title = draft.Title,
            Notes = draft.Notes,
            Draft = true,
            CreatedAt = clock.GetUtcNow(),
        };
        await AtomicFile.WriteAsync(Path.Combine(unfinished, Description), description.ToJson(), cancellationToken);
        Directory.Move(unfinished, target);
        return (await ReadAsync(target, cancellationToken))!;
    }

    /// <inheritdoc/>
    public async Task<PublishedRelease> PublishAsync(PublishedRelease release, CancellationToken cancellationToken)
    {
        using var held = await FolderLock.AcquireAsync(Path.Combine(folder, LockFile), null, cancellationToken);
        var path = Path.Combine(PathOf(release.Tag), Description);
        var description = ReleaseDescription.Parse(await File.ReadAllBytesAsync(path, cancellationToken), path);
        if (description.Draft)
        {
            description = description with { Draft = false, PublishedAt = clock.GetUtcNow() };
            await AtomicFile.WriteLockedAsync(path, description.ToJson(), cancellationToken);
        }

        return (await FindAsync(release.Tag, cancellationToken))!;
    }

    private static async Task<PublishedRelease?> ReadAsync(string path, CancellationToken cancellationToken)
    {
        var file = Path.Combine(path, Description);
        if (!File.Exists(file))
        {
            return null;
        }

        var description = ReleaseDescription.Parse(await File.ReadAllBytesAsync(file, cancellationToken), file);
        var assets = Directory.Exists(Path.Combine(path, Assets))
            ? Directory.EnumerateFiles(Path.Combine(path, Assets)).Select(asset => Path.GetFileName(asset)).Order(StringComparer.Ordinal).ToList()
            : [];
        return new PublishedRelease(
            Path.GetFileName(path), description.Tag, CommitId.Parse(description.Commit), description.Draft, assets, description.Notes, path);
    }

    private async Task<bool> IsSameAsync(PublishedRelease existing, ReleaseDraft draft, CancellationToken cancellationToken)
    {
        if (existing.Commit != draft.Commit || !existing.Assets.SequenceEqual(draft.Assets.Select(asset => asset.Name).Order(StringComparer.Ordinal), StringComparer.Ordinal))
        {
            return false;
        }

        foreach (var asset in draft.Assets)
        {
            var bytes = await FetchAssetAsync(existing, asset.Name, long.MaxValue, cancellationToken);
            if (!asset.Content.Span.SequenceEqual(bytes))
            {
                return false;
            }
        }

        return true;
    }

    // What a killed run left half made; nobody else makes one while the lock is held.
    private void RemoveUnfinished()
    {
        foreach (var path in Directory.EnumerateDirectories(folder, Unfinished + "*"))
        {
            FolderRemoval.Remove(path);
        }
    }

    private string PathOf(string tag) => ContainedPath.Combine(folder, Uri.EscapeDataString(tag));
}

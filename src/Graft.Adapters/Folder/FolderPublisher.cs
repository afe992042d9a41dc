using Graft.Adapters.Files;
using Graft.Core.Failures;
using Graft.Core.Releases;

namespace Graft.Adapters.Folder;

/// <summary>
/// Releases in a folder: for each git tag a folder of its name (percent-encoded) with <c>release.json</c> and <c>assets/</c>.
/// A draft appears whole, by a rename, or not at all.
/// </summary>
public sealed class FolderPublisher(string folder, TimeProvider clock, Func<string, string> display) : IPublisher
{
    private const long DescriptionLimit = 10 * 1024 * 1024;
    private const string Description = "release.json";
    private const string Assets = "assets";
    private const string Unfinished = ".unfinished-";
    private const string LockFile = ".lock";

    /// <inheritdoc/>
    public Task<PublishedReleases> ListAsync(CancellationToken cancellationToken)
    {
        var releases = new List<PublishedRelease>();
        var unreadable = new List<UnreadableRelease>();
        foreach (var name in ListNames())
        {
            cancellationToken.ThrowIfCancellationRequested();
            try
            {
                if (Read(ContainedPath.Combine(folder, name)) is { } release)
                {
                    releases.Add(release);
                }
            }
            catch (GraftException problem) when (problem.Kind == FailureKind.Input)
            {
                unreadable.Add(new UnreadableRelease(Uri.UnescapeDataString(name), problem.Message));
            }
        }

        return Task.FromResult(new PublishedReleases(releases, unreadable));
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<string>> ExamineAsync(CancellationToken cancellationToken)
    {
        try
        {
            FolderTrial.Write(folder);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw GraftException.Outside($"no draft can be put up in '{display(folder)}': {FileProblem.Reason(problem, null)}", "`publisher` in graft.yaml names the folder", problem);
        }

        return (await ListAsync(cancellationToken)).Describe();
    }

    /// <inheritdoc/>
    public Task<PublishedRelease?> FindAsync(string tag, CancellationToken cancellationToken) => Task.FromResult(Read(PathOf(tag)));

    /// <inheritdoc/>
    public Task<byte[]> FetchAssetAsync(PublishedRelease release, string asset, long limit, CancellationToken cancellationToken)
    {
        var path = ContainedPath.Combine(ContainedPath.Combine(PathOf(release.Tag), Assets), asset);
        return Task.FromResult(WholeFile.Find(path, display(path), limit) ?? throw GraftException.Outside($"release '{release.Tag}' has no asset '{asset}'"));
    }

    /// <inheritdoc/>
    public async Task<PublishedRelease> CreateDraftAsync(ReleaseDraft draft, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(folder);
        using var held = await FolderLock.AcquireAsync(Path.Combine(folder, LockFile), null, cancellationToken);
        var target = PathOf(draft.Tag);
        if (Read(target) is { } existing)
        {
            return await IsSameAsync(existing, draft, cancellationToken)
                ? existing
                : throw GraftException.Input($"there is already a release '{draft.Tag}' in '{display(folder)}', and it is another one", "leave `--name` out to take the next free minute");
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
            Schema = 1,
            Tag = draft.Tag,
            Commit = draft.Commit.ToString(),
            Title = draft.Title,
            Notes = draft.Notes,
            Draft = true,
            CreatedAt = clock.GetUtcNow(),
        };
        await AtomicFile.WriteAsync(Path.Combine(unfinished, Description), description.ToJson(), cancellationToken);
        Directory.Move(unfinished, target);
        return Read(target)!;
    }

    /// <inheritdoc/>
    public async Task DeleteDraftAsync(PublishedRelease draft, CancellationToken cancellationToken)
    {
        if (!Directory.Exists(folder))
        {
            return;
        }

        using var held = await FolderLock.AcquireAsync(Path.Combine(folder, LockFile), null, cancellationToken);
        RemoveUnfinished();
        if (await FindAsync(draft.Tag, cancellationToken) is not { } there)
        {
            return;
        }

        if (!there.IsDraft)
        {
            throw GraftException.Input($"'{draft.Tag}' is published: a release is not taken back");
        }

        // It goes as it came: whole, by a rename.
        var gone = Path.Combine(folder, Unfinished + Path.GetFileName(there.Url));
        Directory.Move(there.Url, gone);
        FolderRemoval.Remove(gone);
    }

    /// <inheritdoc/>
    public async Task<PublishedRelease> PublishAsync(PublishedRelease release, CancellationToken cancellationToken)
    {
        using var held = await FolderLock.AcquireAsync(Path.Combine(folder, LockFile), null, cancellationToken);
        var path = ContainedPath.Combine(PathOf(release.Tag), Description);
        var description = ReleaseDescription.Parse(WholeFile.Get(path, display(path), DescriptionLimit), display(path));
        if (description.Draft)
        {
            description = description with { Draft = false, PublishedAt = clock.GetUtcNow() };
            await AtomicFile.WriteLockedAsync(path, description.ToJson(), cancellationToken);
        }

        return (await FindAsync(release.Tag, cancellationToken))!;
    }

    private List<string> ListNames()
    {
        try
        {
            return Directory.Exists(folder)
                ? [.. Directory.EnumerateDirectories(folder).Select(path => Path.GetFileName(path)).Where(name => !name.StartsWith('.')).Order(StringComparer.Ordinal)]
                : [];
        }
        catch (UnauthorizedAccessException problem)
        {
            throw GraftException.Outside($"'{display(folder)}' cannot be read: permission denied", inner: problem);
        }
    }

    private PublishedRelease? Read(string path)
    {
        var file = ContainedPath.Combine(path, Description);
        if (WholeFile.Find(file, display(file), DescriptionLimit) is not { } json)
        {
            return null;
        }

        var description = ReleaseDescription.Parse(json, display(file));
        if (!CommitId.TryParse(description.Commit, out var commit))
        {
            throw Malformed(file, $"'{description.Commit}' is not a commit");
        }

        if (Uri.EscapeDataString(description.Tag) != Path.GetFileName(path))
        {
            throw Malformed(file, $"it is that of '{description.Tag}'");
        }

        var assets = ContainedPath.Combine(path, Assets);
        List<PublishedAsset> files = Directory.Exists(assets) ? Directory.EnumerateFiles(assets).Select(asset => Path.GetFileName(asset)).Order(StringComparer.Ordinal).Select(name => new PublishedAsset(name, name)).ToList() : [];
        return new PublishedRelease(Path.GetFileName(path), description.Tag, commit, description.Draft, files, description.Notes ?? "", path);
    }

    private GraftException Malformed(string file, string why) => GraftException.Input($"'{display(file)}' does not describe a release: {why}", ReleaseDescription.Hint);

    private async Task<bool> IsSameAsync(PublishedRelease existing, ReleaseDraft draft, CancellationToken cancellationToken)
    {
        if (existing.Commit != draft.Commit || !existing.Assets.Select(asset => asset.Name).SequenceEqual(draft.Assets.Select(asset => asset.Name).Order(StringComparer.Ordinal), StringComparer.Ordinal))
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

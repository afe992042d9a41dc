using Graft.Adapters.Manifests;
using Graft.Core.Failures;
using Graft.Core.Hotfixes;
using Graft.Core.Releases;

namespace Graft.Cli.Hotfixes;

/// <summary>
/// Asks for published hotfixes that are later than a release and of its lineage: how many of their commits another commit lacks, and which images they changed. Which hotfix
/// is of which base stands in the manifests; those of releases that are not here are fetched.
/// </summary>
internal sealed class NewerHotfixQuestion(Workspace workspace, IReadOnlyDictionary<string, CommitId> tags)
{
    /// <summary>Those later than <paramref name="release"/>, and what <paramref name="head"/> lacks of them.</summary>
    public async Task<IReadOnlyList<NewerHotfix>> AskAsync(
        ReleaseName release, CommitId head, LocalReleases local, PublishedReleases publisher, CancellationToken cancellationToken)
    {
        RefuseUnreadable(publisher.Unreadable, release);
        var published = publisher.Releases;
        var headers = local.Releases.Select(file => file.Header).DistinctBy(header => header.Name).ToDictionary(header => header.Name);
        var drafts = published.Where(candidate => candidate.IsDraft).Select(candidate => candidate.Tag).ToHashSet(StringComparer.Ordinal);
        foreach (var candidate in published.Where(candidate => !candidate.IsDraft))
        {
            if (workspace.Product.NameOf(candidate.Tag) is { } name && name.Series == release.Series && name >= release && !headers.ContainsKey(name)
                && await FetchHeaderAsync(candidate, name, cancellationToken) is { } header)
            {
                headers[name] = header;
            }
        }

        var lineage = new Lineage(headers.Values.Select(header => (header.Name, header.Of)));
        var newer = new List<NewerHotfix>();
        foreach (var name in lineage.LaterThan(release).Where(name => IsPublished(name, published, drafts)))
        {
            var commit = await workspace.Git.FindCommitAsync(headers[name].Commit.ToString(), cancellationToken);
            var missing = commit is null ? (int?)null : (await workspace.Git.ReadCommitsMissingAsync(head, commit, cancellationToken)).Count;
            newer.Add(new NewerHotfix(name, missing, await ReadImagesAsync(name, local, published, cancellationToken)));
        }

        return newer;
    }

    // One that cannot be read may be the base, whose draft is nothing to fix, or a newer hotfix of it.
    private void RefuseUnreadable(IReadOnlyList<UnreadableRelease> unreadable, ReleaseName @base)
    {
        if (unreadable.FirstOrDefault(release => workspace.Product.NameOf(release.Tag) is { } name && name.Series == @base.Series && name >= @base) is { } broken)
        {
            throw GraftException.Input(broken.Reason, $"it may be a hotfix of '{@base}', or that release itself: mend it, or move it away");
        }
    }

    // A release that was published elsewhere, or before its publisher was kept, has its tag to show for it.
    private bool IsPublished(ReleaseName name, IReadOnlyList<PublishedRelease> published, HashSet<string> drafts)
    {
        var tag = workspace.Product.TagOf(name);
        return !drafts.Contains(tag) && (tags.ContainsKey(tag) || published.Any(candidate => candidate.Tag == tag));
    }

    private async Task<IReadOnlyList<string>> ReadImagesAsync(
        ReleaseName name, LocalReleases local, IReadOnlyList<PublishedRelease> published, CancellationToken cancellationToken)
    {
        var manifest = local.Releases.FirstOrDefault(file => file.Header.Name == name) is { } file
            ? workspace.Manifests.Read(file.Path)
            : Manifest.Parse(await FetchAsync(published.First(candidate => candidate.Tag == workspace.Product.TagOf(name)), name, cancellationToken), name.ToString());
        return manifest.Hotfix is { } hotfix ? [.. hotfix.Built.Concat(hotfix.Changed).Select(change => change.Image)] : [];
    }

    private Task<byte[]> FetchAsync(PublishedRelease release, ReleaseName name, CancellationToken cancellationToken) =>
        workspace.Publisher.FetchAssetAsync(release, PublishedManifest.AssetOf(release, name)!, ManifestFolder.SizeLimit, cancellationToken);

    private async Task<ManifestHeader?> FetchHeaderAsync(PublishedRelease release, ReleaseName name, CancellationToken cancellationToken) =>
        PublishedManifest.AssetOf(release, name) is { } asset
            ? ManifestHeader.Read(await FetchAsync(release, name, cancellationToken), $"{release.Tag}/{asset}")
            : null;
}

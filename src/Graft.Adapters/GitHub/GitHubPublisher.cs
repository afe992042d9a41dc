using System.Collections.Concurrent;
using Graft.Core.Failures;
using Graft.Core.Images;
using Graft.Core.Releases;

namespace Graft.Adapters.GitHub;

/// <summary>Releases on GitHub. Looks are at the list, since drafts are shown nowhere else; what they found of files is remembered for fetching them.</summary>
internal sealed class GitHubPublisher(GitHubRepository repository, ReleasePages pages, Func<string, ReleaseName?> nameOf) : IPublisher
{
    private readonly ConcurrentDictionary<long, ReleaseResource> seen = new();

    /// <inheritdoc/>
    public async Task<PublishedReleases> ListAsync(CancellationToken cancellationToken)
    {
        var all = await pages.ReadAsync(cancellationToken);
        return new PublishedReleases(
            [.. all.Where(release => !string.IsNullOrEmpty(release.TagName)).Select(Show)],
            [.. all.Where(release => string.IsNullOrEmpty(release.TagName)).Select(release => new UnreadableRelease("", $"release {release.Id} of {repository.Subject} has no tag"))]);
    }

    /// <summary>What a look finds, for people, a line each: how many releases, whose token, and how many requests are left.</summary>
    public async Task<IReadOnlyList<string>> ExamineAsync(CancellationToken cancellationToken) =>
        await new GitHubExamination(repository).RunAsync(await ListAsync(cancellationToken), cancellationToken);

    /// <inheritdoc/>
    public async Task<PublishedRelease?> FindAsync(string tag, CancellationToken cancellationToken)
    {
        var found = (await pages.ReadAsync(cancellationToken)).Where(release => release.TagName == tag).ToList();
        return found.FirstOrDefault(release => !release.Draft) is { } published ? Show(published)
            : found.Count > 1 ? throw DraftDiscipline.SeveralDrafts(tag, found, repository)
            : found is [var draft] ? Show(draft)
            : null;
    }

    /// <inheritdoc/>
    public async Task<byte[]> FetchAssetAsync(PublishedRelease release, string asset, long limit, CancellationToken cancellationToken)
    {
        var id = IdOf(release);
        var known = seen.GetValueOrDefault(id) ?? await LookAsync(id, cancellationToken);
        var bytes = Find(known, asset) is { } there ? await FetchAsync(there, limit, cancellationToken) : null;
        // One that was replaced since the look has another identity.
        bytes ??= Find(await LookAsync(id, cancellationToken), asset) is { } anew ? await FetchAsync(anew, limit, cancellationToken) : null;
        return bytes ?? throw GraftException.Outside($"release '{release.Tag}' has no asset '{asset}'");
    }

    /// <inheritdoc/>
    public async Task<PublishedRelease> CreateDraftAsync(ReleaseDraft draft, CancellationToken cancellationToken) =>
        Show(await new DraftDiscipline(repository, pages, nameOf, draft).MakeAsync(cancellationToken));

    /// <inheritdoc/>
    public async Task DeleteDraftAsync(PublishedRelease draft, CancellationToken cancellationToken)
    {
        var id = IdOf(draft);
        if (await repository.FindReleaseAsync(id, cancellationToken) is not { } there)
        {
            // To those who may not write, a draft looks as if it were gone. Who has seen one may.
            if (!seen.Values.Any(release => release.Draft) && !await repository.MayWriteAsync(cancellationToken))
            {
                throw GraftException.Outside($"whether draft '{draft.Tag}' is gone cannot be told: who may not write to {repository.Subject} is shown no drafts");
            }

            return;
        }

        if (!there.Draft)
        {
            throw GraftException.Input($"'{draft.Tag}' is published: a release is not taken back");
        }

        await repository.DeleteReleaseAsync(id, cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<PublishedRelease> PublishAsync(PublishedRelease release, CancellationToken cancellationToken) =>
        Show(await new Publishing(repository, pages, nameOf).PublishAsync(IdOf(release), release, cancellationToken));

    private async Task<ReleaseResource?> LookAsync(long id, CancellationToken cancellationToken)
    {
        var release = await repository.FindReleaseAsync(id, cancellationToken);
        if (release is not null)
        {
            seen[id] = release;
        }

        return release;
    }

    private async Task<byte[]?> FetchAsync(AssetResource asset, long limit, CancellationToken cancellationToken)
    {
        var bytes = await repository.DownloadAssetAsync(asset, limit, cancellationToken);
        return bytes is null || !Digest.TryParse(asset.Digest, out var digest) || digest.Algorithm != "sha256" || digest == Digest.Of(bytes)
            ? bytes
            : throw GraftException.Outside($"'{asset.Name}' of {repository.Subject} arrived as other bytes than '{digest}'", "try again");
    }

    private static AssetResource? Find(ReleaseResource? release, string asset) => release?.Assets?.FirstOrDefault(candidate => candidate.IsWhole && candidate.Name == asset);

    private static long IdOf(PublishedRelease release) =>
        long.TryParse(release.Id, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var id)
            ? id
            : throw GraftException.Input($"'{release.Id}' is not a release on GitHub");

    private PublishedRelease Show(ReleaseResource release)
    {
        seen[release.Id] = release;
        var assets = (release.Assets ?? []).Where(asset => asset is { IsWhole: true, Name: not null }).DistinctBy(asset => asset.Name, StringComparer.Ordinal).OrderBy(asset => asset.Name, StringComparer.Ordinal);
        return new PublishedRelease(
            release.Id.ToString(System.Globalization.CultureInfo.InvariantCulture),
            release.TagName ?? "",
            CommitId.TryParse(release.TargetCommitish, out var commit) ? commit : null,
            release.Draft,
            [.. assets.Select(Show)],
            release.Body ?? "",
            release.HtmlUrl ?? "")
        {
            IsPrerelease = release.Prerelease,
        };
    }

    private static PublishedAsset Show(AssetResource asset) => new(
        asset.Name!,
        asset.Id.ToString(System.Globalization.CultureInfo.InvariantCulture),
        asset.Size,
        Digest.TryParse(asset.Digest, out var digest) ? digest : null);
}

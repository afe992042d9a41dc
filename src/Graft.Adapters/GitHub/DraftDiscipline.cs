using Graft.Core.Failures;
using Graft.Core.Images;
using Graft.Core.Releases;

namespace Graft.Adapters.GitHub;

/// <summary>
/// Makes one draft for a tag, and no second: every attempt begins with a look, one that fails is the end of it, and a draft is made only after a look that
/// found none. What a run that was cut off has left is adopted; anything else for that tag is refused.
/// </summary>
internal sealed class DraftDiscipline(GitHubRepository repository, ReleasePages pages, Func<string, ReleaseName?> nameOf, ReleaseDraft draft)
{
    /// <summary>The draft with all its files; an input failure when there is another release for its tag.</summary>
    public async Task<ReleaseResource> MakeAsync(CancellationToken cancellationToken)
    {
        var made = false;
        var release = await repository.Host.RunAsync(
            async token =>
            {
                if (await FindOursAsync(token) is { } ours)
                {
                    return ours;
                }

                made = true;
                return await repository.CreateReleaseAsync(Description(), token) ?? throw Another();
            },
            cancellationToken);

        // The list may have been behind: an answer that was lost, or another run at the same moment, shows now.
        release = made ? await FindOursAsync(cancellationToken) ?? release : release;
        if (release.Draft)
        {
            foreach (var asset in draft.Assets)
            {
                await new AssetUpload(repository, release, asset).RunAsync(cancellationToken);
            }
        }

        return await repository.Host.RunAsync(token => repository.GetReleaseAsync(release, token), cancellationToken);
    }

    /// <summary>More drafts than one for a tag, which only GitHub allows.</summary>
    public static GraftException SeveralDrafts(string tag, IReadOnlyCollection<ReleaseResource> drafts, GitHubRepository repository) =>
        GraftException.Input($"there are {drafts.Count} drafts for '{tag}' in {repository.Subject}", $"remove all but one of them at https://{repository.Host.Address.Host}/{repository.Name}/releases");

    private async Task<ReleaseResource?> FindOursAsync(CancellationToken cancellationToken)
    {
        var ours = new List<ReleaseResource>();
        foreach (var release in (await pages.ReadAsync(cancellationToken)).Where(release => release.TagName == draft.Tag))
        {
            ours.Add(await IsOursAsync(release, cancellationToken) ? release : throw Another());
        }

        // All of them are this run's: the one that is furthest stays.
        var kept = ours.OrderBy(release => release.Draft).ThenByDescending(release => release.Assets?.Count ?? 0).ThenBy(release => release.Id).FirstOrDefault();
        foreach (var release in ours.Where(release => release != kept && release.Draft))
        {
            await repository.DeleteReleaseAsync(release.Id, cancellationToken);
        }

        return kept;
    }

    // Made for the same commit, and every file in it is one of ours. As long as one is missing, the text has to be ours too; later somebody may have edited it.
    private async Task<bool> IsOursAsync(ReleaseResource release, CancellationToken cancellationToken)
    {
        if (!CommitId.TryParse(release.TargetCommitish, out var commit) || commit != draft.Commit)
        {
            return false;
        }

        foreach (var asset in release.Assets ?? [])
        {
            if (draft.Assets.FirstOrDefault(ours => ours.Name == asset.Name) is not { } ours || (asset.IsWhole && !await IsSameAsync(repository, asset, ours, cancellationToken)))
            {
                return false;
            }
        }

        var isComplete = draft.Assets.All(ours => release.Assets?.Any(asset => asset.IsWhole && asset.Name == ours.Name) == true);
        return isComplete || (release.Draft && release.Name == draft.Title && Plain(release.Body) == Plain(draft.Notes));
    }

    /// <summary>Whether a file on GitHub has these bytes: by its digest, or where there is none by the bytes themselves.</summary>
    public static async Task<bool> IsSameAsync(GitHubRepository repository, AssetResource asset, ReleaseAsset ours, CancellationToken cancellationToken) =>
        asset.Size == ours.Content.Length
        && (Digest.TryParse(asset.Digest, out var digest) && digest.Algorithm == "sha256"
            ? digest == Digest.Of(ours.Content.Span)
            : (await repository.DownloadAssetAsync(asset, ours.Content.Length, cancellationToken)).AsSpan().SequenceEqual(ours.Content.Span));

    private NewRelease Description() => new(draft.Tag, draft.Commit.ToString(), draft.Title, draft.Notes, Draft: true, Prerelease: nameOf(draft.Tag) is { IsPreRelease: true });

    private GraftException Another() =>
        GraftException.Input($"there is already a release '{draft.Tag}' in {repository.Subject}, and it is another one", "leave `--name` out to take the next free minute");

    // Forms on the web send other line ends.
    private static string Plain(string? text) => (text ?? "").ReplaceLineEndings("\n").TrimEnd();
}

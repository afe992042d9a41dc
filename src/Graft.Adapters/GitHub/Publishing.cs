using Graft.Adapters.Http;
using Graft.Core.Failures;
using Graft.Core.Releases;

namespace Graft.Adapters.GitHub;

/// <summary>
/// Makes a draft a release, and sees that its tag is on its commit, before and after: GitHub makes a tag that is not there, and takes one that is wherever
/// it may be. Nothing is attached afterwards, so that releases may be immutable.
/// </summary>
internal sealed class Publishing(GitHubRepository repository, ReleasePages pages, Func<string, ReleaseName?> nameOf)
{
    public async Task<ReleaseResource> PublishAsync(long id, PublishedRelease release, CancellationToken cancellationToken)
    {
        var there = await repository.FindReleaseAsync(id, cancellationToken)
            ?? throw GraftException.Outside($"draft '{release.Tag}' is not in {repository.Subject} any more, or whoever asks may not see it");
        if (there.TagName != release.Tag)
        {
            throw GraftException.Input($"draft '{release.Tag}' of {repository.Subject} is one for '{there.TagName}' now", "look at it, and name its tag as it was");
        }

        if (there.Draft)
        {
            await CheckTagBeforeAsync(release, cancellationToken);
            var latest = await IsNewestAsync(release, cancellationToken);
            there = await repository.Host.RunAsync(token => PublishAsync(id, release, latest, token), cancellationToken);
        }

        await CheckTagAfterAsync(there, cancellationToken);
        return there;
    }

    // Every attempt but the first begins with a look: the one before may have been answered by a lost connection.
    private async Task<ReleaseResource> PublishAsync(long id, PublishedRelease release, string latest, CancellationToken cancellationToken)
    {
        if (await repository.FindReleaseAsync(id, cancellationToken) is { Draft: false } done)
        {
            return done;
        }

        var edited = await repository.EditReleaseAsync(id, new ReleaseEdit { TagName = release.Tag, TargetCommitish = release.Commit?.ToString(), Draft = false, MakeLatest = latest }, cancellationToken);
        return edited.Draft ? throw GraftException.Outside($"'{repository.Host.Address}' took the word to publish '{release.Tag}', and shows it as a draft") : edited;
    }

    private async Task CheckTagBeforeAsync(PublishedRelease release, CancellationToken cancellationToken)
    {
        if (release.Commit is { } commit && await repository.FindTagAsync(release.Tag, cancellationToken) is { } tag && tag != commit)
        {
            throw new GraftException(FailureKind.Guard, $"tag '{release.Tag}' is on '{repository.Host.Address}' already, at {tag.Short} and not at {commit.Short}", "a tag that exists is never moved");
        }
    }

    private async Task CheckTagAfterAsync(ReleaseResource release, CancellationToken cancellationToken)
    {
        var tag = await repository.Host.RunAsync(
            async token => await repository.FindTagAsync(release.TagName!, token) ?? throw new HttpFaultException(HttpFault.Busy, $"'{release.TagName}' is published, and has no tag yet"),
            cancellationToken);
        if (CommitId.TryParse(release.TargetCommitish, out var commit) && tag != commit)
        {
            throw new GraftException(FailureKind.Guard, $"'{release.TagName}' is published, but its tag is at {tag.Short} and not at {commit.Short}", "somebody has set the tag meanwhile: see who needs what");
        }
    }

    // Of all that are published, the last by name: what GitHub would take for the latest, a hotfix of an old series, is not.
    private async Task<string> IsNewestAsync(PublishedRelease release, CancellationToken cancellationToken)
    {
        if (nameOf(release.Tag) is not { } name)
        {
            return "legacy";
        }

        var others = (await pages.ReadAsync(cancellationToken)).Where(other => other is { Draft: false, Prerelease: false, TagName: not null }).Select(other => nameOf(other.TagName!));
        return name.IsNewestOf(others.OfType<ReleaseName>()) ? "true" : "false";
    }
}

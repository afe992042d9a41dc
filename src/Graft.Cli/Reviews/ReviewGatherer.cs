using Graft.Adapters.Git;
using Graft.Cli.Hotfixes;
using Graft.Core.Affected;
using Graft.Core.Hotfixes;
using Graft.Core.Hotfixes.Guards;
using Graft.Core.Releases;
using Graft.Core.Reviews;

namespace Graft.Cli.Reviews;

/// <summary>Asks git, its remote and the publisher what a review shows: side by side, and a constant number of git processes. No image store is asked.</summary>
internal sealed class ReviewGatherer(Session session, Workspace workspace)
{
    private readonly GitRepository git = workspace.Git;
    private readonly CancellationToken cancellation = session.Cancellation;

    /// <summary>The review of HEAD against a release or commit (by default the release's tag nearest below); the tree and the status were asked for before.</summary>
    public async Task<HotfixReview> GatherAsync(string? from, Task<TreeListing> tree, Task<IReadOnlyList<ChangedPath>> status)
    {
        var product = workspace.Product;
        var push = LongWait.SayingAsync(
            new PushQuestion(git, product.Remote).AskAsync(cancellation), session.Composition.Clock, () => session.Screen.Say($"waiting for '{product.Remote}' to answer"));
        var @base = await new ComparedBase(workspace).FindAsync(from, cancellation);
        var readStanding = ReadStandingAsync(@base.Release);
        var changes = git.ReadChangesAsync(@base.Commit, git.Head, cancellation);
        var affected = new AffectedQuestion(workspace, product).AskAsync(changes, tree, cancellation);
        var branch = new BranchQuestion(git, product).AskAsync(@base.Commit, changes, cancellation);
        var descends = git.IsAncestorAsync(@base.Commit, git.Head, cancellation);
        var markers = FindMarkersAsync(@base.Commit, changes);
        var (pushState, remoteTags) = await push;
        var standing = await readStanding;
        var tag = @base.Release is null ? null : product.TagOf(@base.Release);
        var state = new BranchState
        {
            Base = @base.ToString(),
            Tag = tag,
            BaseCommit = @base.Commit,
            ManifestCommit = standing?.Base.Commit,
            RemoteTag = tag is null ? null : remoteTags.GetValueOrDefault(tag),
            Head = git.Head,
            Branch = git.Branch,
            DirtyPaths = [.. (await status).Select(changed => changed.Path)],
            Unfinished = git.FindUnfinished(),
            Push = pushState,
            DescendsFromBase = await descends,
            IsShallow = git.IsShallow,
            ConflictMarkers = [.. (await markers).Select(marker => $"{marker.Path}:{marker.Line}")],
        };
        var findings = ReviewFindings.Of(state, await branch, await affected, product.Budget, standing);
        return new HotfixReview(product.Name, state.Base, @base.Commit, git.Branch, git.Head, await branch, await affected, findings);
    }

    private async Task<IReadOnlyList<ConflictMarker>> FindMarkersAsync(CommitId from, Task<IReadOnlyList<FileChange>> changes) =>
        await git.FindConflictMarkersAsync(from, git.Head, await changes, cancellation);

    // Without its manifest a base is a commit like any other.
    private async Task<BaseStanding?> ReadStandingAsync(ReleaseName? release)
    {
        if (release is null || !File.Exists(workspace.Manifests.PathOf(release)))
        {
            return null;
        }

        var readTags = git.ReadTagsAsync(cancellation);
        var published = await workspace.Publisher.ListAsync(cancellation);
        var manifest = workspace.Manifests.Read(workspace.Manifests.PathOf(release));
        var newer = await new NewerHotfixQuestion(workspace, await readTags).AskAsync(release, git.Head, workspace.Manifests.ReadAll(), published, cancellation);
        return new BaseStanding(manifest, published.Releases.FirstOrDefault(candidate => candidate.Tag == workspace.Product.TagOf(release)), newer);
    }
}

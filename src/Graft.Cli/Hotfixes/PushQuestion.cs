using Graft.Adapters.Git;
using Graft.Core.Hotfixes;
using Graft.Core.Releases;

namespace Graft.Cli.Hotfixes;

/// <summary>Asks whether the remote has HEAD on a branch: one <c>ls-remote</c>, or the tracking branches where it is out of reach.</summary>
internal sealed class PushQuestion(GitRepository git, string remote)
{
    /// <summary>The answer, and the remote's tags (none when it was not reached).</summary>
    public async Task<(PushState State, IReadOnlyDictionary<string, CommitId> Tags)> AskAsync(CancellationToken cancellationToken)
    {
        var refs = await git.ListRemoteAsync(remote, cancellationToken);
        var tips = refs.Unreachable is null
            ? refs.Branches.Values
            : (await git.ReadTrackingBranchesAsync(remote, cancellationToken)).Values;
        // A branch whose tip is HEAD itself is the usual case, and needs no walk.
        var isPushed = tips.Contains(git.Head) || await git.IsReachableFromAsync(git.Head, tips, cancellationToken);
        return (new PushState(isPushed, remote, refs.Unreachable), refs.Tags);
    }
}

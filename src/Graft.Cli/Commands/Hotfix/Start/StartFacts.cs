using Graft.Adapters.Git;
using Graft.Core.Failures;
using Graft.Core.Releases;

namespace Graft.Cli.Commands.Hotfix.Start;

/// <summary>What is known of tags and branches, here and on the remote, before anything is fetched.</summary>
internal sealed record StartFacts(
    IReadOnlyDictionary<string, CommitId> Tags, RemoteRefs Remote, IReadOnlyList<string> Branches, IReadOnlyDictionary<string, CommitId> Tracking)
{
    /// <summary>Where a tag is here, else on the remote; null where it is neither.</summary>
    public CommitId? Find(string tag) => Tags.GetValueOrDefault(tag) ?? Remote.Tags.GetValueOrDefault(tag);

    /// <summary>The names of tags that are at another commit on the remote than here.</summary>
    public IReadOnlyList<string> Moved => [.. Tags.Where(tag => Remote.Tags.TryGetValue(tag.Key, out var there) && there != tag.Value).Select(tag => tag.Key).Order(StringComparer.Ordinal)];

    /// <summary>Asks git and the remote, side by side.</summary>
    public static async Task<StartFacts> GatherAsync(Session session, Workspace workspace)
    {
        var (git, remote) = (workspace.Git, workspace.Product.Remote);
        var refs = LongWait.SayingAsync(git.ListRemoteAsync(remote, session.Cancellation), session.Composition.Clock, () => session.Screen.Say($"waiting for '{remote}' to answer"));
        var tags = git.ReadTagsAsync(session.Cancellation);
        var branches = git.ReadBranchesAsync(session.Cancellation);
        var tracking = git.ReadTrackingBranchesAsync(remote, session.Cancellation);
        return new StartFacts(await tags, await refs, await branches, await tracking);
    }

    /// <summary>Why no branch of this name can be made, or null.</summary>
    public GraftException? Refuse(string branch, string remote)
    {
        if (Branches.Contains(branch, StringComparer.Ordinal))
        {
            return GraftException.Input($"there is a branch '{branch}' already", $"`git switch {ShellWord.Quote(branch)}` goes to it; or name another");
        }

        // A branch is a file in a folder: `a` and `a/b` cannot both be.
        if (Branches.FirstOrDefault(other => other.StartsWith(branch + "/", StringComparison.Ordinal) || branch.StartsWith(other + "/", StringComparison.Ordinal)) is { } neighbour)
        {
            return GraftException.Input($"there can be no branch '{branch}' beside '{neighbour}'", "name another");
        }

        if (Remote.Branches.ContainsKey(branch) || (Remote.Unreachable is not null && Tracking.ContainsKey(branch)))
        {
            return GraftException.Input($"'{remote}' has a branch '{branch}' already", $"`git fetch {remote}` and `git switch {ShellWord.Quote(branch)}` go on with it; or name another");
        }

        return Find(branch) is null ? null : GraftException.Input($"there is a tag '{branch}': a branch of the same name would be mistaken for it", "name another");
    }
}

using Graft.Core.Releases;

namespace Graft.Adapters.Git;

/// <summary>How a cherry-pick stopped.</summary>
public enum PickStop
{
    /// <summary>All commits are picked.</summary>
    Done,

    /// <summary>Files are in conflict, or what resolves them is not committed yet.</summary>
    Conflict,

    /// <summary>The commit changes nothing here.</summary>
    Empty,
}

/// <summary>A cherry-pick that git has begun in this worktree.</summary>
/// <param name="Current">The commit that it stopped at; null between two.</param>
/// <param name="Before">What the branch was at before the first of several; null where only one is picked.</param>
/// <param name="Safety">What HEAD was at when git last touched it in a pick of several: another means that somebody committed.</param>
/// <param name="Todo">The commits that are not picked, as git's list has them: the current one first.</param>
/// <param name="Mainline">The parent against which merges of several are taken, or null.</param>
public sealed record PickState(CommitId? Current, CommitId? Before, CommitId? Safety, IReadOnlyList<CommitId> Todo, int? Mainline);

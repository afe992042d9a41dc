using Graft.Core.Releases;

namespace Graft.Core.Reviews;

/// <summary>Whether main has what a commit does.</summary>
public enum OnMain
{
    /// <summary>It is on main itself, or a commit there changes the same lines in the same way.</summary>
    Same,

    /// <summary>One was picked from the other, as a message says, and their changes differ.</summary>
    Similar,

    /// <summary>Nothing like it is there.</summary>
    No,

    /// <summary>It could not be found out.</summary>
    Unknown,
}

/// <summary>How a pick compares with the commit that it was picked from.</summary>
public enum PickState
{
    /// <summary>They change the same lines in the same way.</summary>
    Same,

    /// <summary>Their changes differ.</summary>
    Differs,

    /// <summary>The source is not here to compare with.</summary>
    Unknown,
}

/// <summary>What a commit's message says that it was picked from, and whether it still is that.</summary>
public sealed record PickedChange(string Source, PickState State);

/// <summary>A commit of the branch; whether main has it (null for a merge, which changes nothing by itself), by which commit, and how it compares with what it was picked from.</summary>
public sealed record ReviewedCommit(BranchCommit Commit, OnMain? OnMain, CommitId? Equivalent, IReadOnlyList<PickedChange> Picks);

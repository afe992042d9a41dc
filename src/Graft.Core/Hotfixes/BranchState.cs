using Graft.Core.Releases;

namespace Graft.Core.Hotfixes;

/// <summary>What the guards about the branch look at; a base need not be a release, nor its manifest be here.</summary>
public sealed record BranchState
{
    /// <summary>The base as it is shown: a release's name, or a commit's first digits.</summary>
    public required string Base { get; init; }

    /// <summary>The base's git tag, or null where it is a commit.</summary>
    public required string? Tag { get; init; }

    /// <summary>The commit of the base.</summary>
    public required CommitId BaseCommit { get; init; }

    /// <summary>The commit that its manifest says; null without one.</summary>
    public required CommitId? ManifestCommit { get; init; }

    /// <summary>The commit that the remote's tag of that name points at; null when the remote has none or was not reached.</summary>
    public required CommitId? RemoteTag { get; init; }

    /// <summary>The commit that is released.</summary>
    public required CommitId Head { get; init; }

    /// <summary>The branch that HEAD is on, or null when it is detached.</summary>
    public required string? Branch { get; init; }

    /// <summary>Paths of tracked files that are modified or staged.</summary>
    public required IReadOnlyList<string> DirtyPaths { get; init; }

    /// <summary>The git command that was begun in the worktree and is to be continued; null when there is none.</summary>
    public required string? Unfinished { get; init; }

    /// <summary>Whether the remote has HEAD.</summary>
    public required PushState Push { get; init; }

    /// <summary>Whether HEAD is the base or descends from it.</summary>
    public required bool DescendsFromBase { get; init; }

    /// <summary>Whether the clone is shallow.</summary>
    public required bool IsShallow { get; init; }

    /// <summary>Places (<c>PATH:LINE</c>) of conflict markers in the files changed since the base.</summary>
    public required IReadOnlyList<string> ConflictMarkers { get; init; }
}

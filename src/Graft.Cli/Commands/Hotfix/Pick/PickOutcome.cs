using Graft.Adapters.Git;
using Graft.Core.Hotfixes.Picks;
using Graft.Core.Releases;

namespace Graft.Cli.Commands.Hotfix.Pick;

/// <summary>A commit that was picked, beside its source. A commit that somebody made in between has none.</summary>
internal sealed record PickedCommit(CommitLine Commit, CommitId? Source, PatchComparison Comparison);

/// <summary>An earlier commit that the branch has not and that wrote lines which a picked one changes.</summary>
internal sealed record MissingCommit(CommitLine Commit, string Path, CommitLine For);

/// <summary>How a pick ended, or where it stopped.</summary>
internal sealed record PickOutcome(string Branch, CommitId Before, CommitId Head)
{
    public IReadOnlyList<PickedCommit> Picked { get; init; } = [];

    public IReadOnlyList<LeftOutCommit> LeftOut { get; init; } = [];

    public IReadOnlyList<MissingCommit> Missing { get; init; } = [];

    /// <summary>What could not be found out, one sentence each.</summary>
    public IReadOnlyList<string> Unknown { get; init; } = [];

    /// <summary>The commit that is in conflict, or null.</summary>
    public CommitLine? Stopped { get; init; }

    /// <summary>The paths that are in conflict.</summary>
    public IReadOnlyList<string> Conflicts { get; init; } = [];

    /// <summary>How many commits are to come after the one in conflict.</summary>
    public int Remaining { get; init; }
}

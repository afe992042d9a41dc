using Graft.Core.Releases;

namespace Graft.Core.Hotfixes.Notes;

/// <summary>Where a fix stands in the notes.</summary>
public enum FixKind
{
    /// <summary>Whoever installs it has to do something.</summary>
    BreakingChange,

    /// <summary>Something that was not there.</summary>
    NewFeature,

    /// <summary>Something that is better than it was.</summary>
    Enhancement,

    /// <summary>Something that did not work; what nobody says otherwise of is this in a hotfix.</summary>
    Fix,

    /// <summary>What nobody sees who does not build it.</summary>
    UnderTheHood,
}

/// <summary>One change that a hotfix brings: what it is in a line, the commit, and the pull request's number where one is known.</summary>
public sealed record Fix(FixKind Kind, string Text, CommitId Commit, int? PullRequest);

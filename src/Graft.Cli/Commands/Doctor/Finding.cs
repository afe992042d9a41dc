using Graft.Core.Failures;

namespace Graft.Cli.Commands.Doctor;

/// <summary>How much a finding matters.</summary>
internal enum FindingState
{
    /// <summary>It is there.</summary>
    Ok,

    /// <summary>Worth knowing; a hotfix can be cut all the same.</summary>
    Note,

    /// <summary>Something outside that a hotfix needs is not there.</summary>
    Missing,

    /// <summary>A file or a value of the user's own is off, or there is no repository.</summary>
    Wrong,
}

/// <summary>What was found of one thing, and what to do about it.</summary>
internal sealed record Finding(FindingState State, string Message, string? Hint = null)
{
    public static Finding Ok(string message) => new(FindingState.Ok, message);

    public static Finding Note(string message, string? hint = null) => new(FindingState.Note, message, hint);

    public static Finding Missing(string message, string? hint = null) => new(FindingState.Missing, message, hint);

    /// <summary>A failure as a finding.</summary>
    public static Finding Of(GraftException failure) => new(failure.Kind == FailureKind.Outside ? FindingState.Missing : FindingState.Wrong, failure.Message, failure.Hint);
}

/// <summary>The findings about one topic.</summary>
internal sealed record Topic(string Name, IReadOnlyList<Finding> Findings);

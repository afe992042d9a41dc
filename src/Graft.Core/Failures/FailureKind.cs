namespace Graft.Core.Failures;

/// <summary>What kind of thing went wrong. The value is the process's exit code.</summary>
public enum FailureKind
{
    /// <summary>The command line: unknown option, contradiction, missing answer, nothing to do.</summary>
    Usage = 2,

    /// <summary>One or more guards refused.</summary>
    Guard = 3,

    /// <summary>A value or a file that is malformed, unknown or ambiguous.</summary>
    Input = 4,

    /// <summary>Something outside failed: registry, publisher, builder, git remote.</summary>
    Outside = 5,

    /// <summary>The user or the system asked to stop.</summary>
    Interrupted = 130,
}

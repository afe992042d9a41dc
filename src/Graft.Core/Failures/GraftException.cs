namespace Graft.Core.Failures;

/// <summary>A failure that the user can mend: what kind it is, what went wrong, and what to do next. Everything else is a bug.</summary>
public class GraftException : Exception
{
    /// <summary>Creates a failure with a lower-case sentence without a full stop, and an optional hint in the same voice.</summary>
    public GraftException(FailureKind kind, string message, string? hint = null, Exception? inner = null)
        : base(message, inner)
    {
        Kind = kind;
        Hint = hint;
    }

    /// <summary>What kind of failure it is, and so the exit code.</summary>
    public FailureKind Kind { get; }

    /// <summary>What to do next, or null where the message says it all.</summary>
    public string? Hint { get; }

    /// <summary>A value or file that is malformed, unknown or ambiguous (exit code 4).</summary>
    public static GraftException Input(string message, string? hint = null, Exception? inner = null) =>
        new(FailureKind.Input, message, hint, inner);

    /// <summary>The command line is off (exit code 2).</summary>
    public static GraftException Usage(string message, string? hint = null) => new(FailureKind.Usage, message, hint);

    /// <summary>Something outside failed (exit code 5).</summary>
    public static GraftException Outside(string message, string? hint = null, Exception? inner = null) =>
        new(FailureKind.Outside, message, hint, inner);
}

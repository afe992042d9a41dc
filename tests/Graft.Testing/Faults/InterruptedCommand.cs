namespace Graft.Testing.Faults;

/// <summary>A command that may be cut off anywhere, and how it is carried on.</summary>
public sealed record InterruptedCommand
{
    /// <summary>What it is, for the report.</summary>
    public required string Title { get; init; }

    /// <summary>The command line.</summary>
    public required IReadOnlyList<string> Line { get; init; }

    /// <summary>Variables that it and what carries it on need.</summary>
    public IReadOnlyDictionary<string, string?> Variables { get; init; } = new Dictionary<string, string?>();

    /// <summary>From the worktree's path to the command line that carries on; it has to succeed at once.</summary>
    public required Func<string, IReadOnlyList<string>> CarryOn { get; init; }
}

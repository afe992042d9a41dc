namespace Graft.Adapters.Processes;

/// <summary>One start of a program. Arguments are a list and reach the program as they are: no shell reads them.</summary>
public sealed record ProgramCall
{
    private static readonly IReadOnlyDictionary<string, string?> NoChanges = new Dictionary<string, string?>();

    /// <summary>The program's name, looked up in <c>PATH</c>, or its path.</summary>
    public required string Program { get; init; }

    /// <summary>The arguments after the program's name. Never a secret: every user of the machine can read them.</summary>
    public required IReadOnlyList<string> Arguments { get; init; }

    /// <summary>Absolute path of an existing folder, or null for the current one.</summary>
    public string? WorkingDirectory { get; init; }

    /// <summary>Variables to set on top of Graft's own environment; a null value unsets one.</summary>
    public IReadOnlyDictionary<string, string?> Environment { get; init; } = NoChanges;

    /// <summary>What the program reads from standard input, or null for nothing. It never reads Graft's own standard input.</summary>
    public ReadOnlyMemory<byte>? StandardInput { get; init; }
}

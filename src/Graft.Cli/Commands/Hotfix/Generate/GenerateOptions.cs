namespace Graft.Cli.Commands.Hotfix.Generate;

/// <summary>What <c>hotfix generate</c> was asked for on the command line; what is missing may be asked for at a prompt.</summary>
internal sealed record GenerateOptions
{
    public string? Release { get; init; }

    public IReadOnlyList<string> Build { get; init; } = [];

    public bool BuildAffected { get; init; }

    public bool BuildNone { get; init; }

    public IReadOnlyList<string> Set { get; init; } = [];

    public IReadOnlyList<string> Allow { get; init; } = [];

    public string? Name { get; init; }

    public string? NotesFile { get; init; }

    public bool DryRun { get; init; }

    public string? PlanOut { get; init; }

    public string? Plan { get; init; }

    public bool NoDraft { get; init; }
}

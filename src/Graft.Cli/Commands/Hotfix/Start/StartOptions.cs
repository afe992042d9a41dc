namespace Graft.Cli.Commands.Hotfix.Start;

/// <summary>What <c>hotfix start</c> was asked for on the command line; what is missing may be asked for at a prompt.</summary>
internal sealed record StartOptions
{
    public string? Branch { get; init; }

    public string? Release { get; init; }

    public string? Worktree { get; init; }

    public bool DryRun { get; init; }
}

namespace Graft.Cli.Commands.Release.Publish;

/// <summary>What <c>release publish</c> was asked for.</summary>
internal sealed record PublishOptions
{
    public required string Release { get; init; }

    public IReadOnlyList<string> Allow { get; init; } = [];

    public bool DryRun { get; init; }
}

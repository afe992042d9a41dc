using Graft.Core.Hotfixes.Guards;

namespace Graft.Cli.Failures;

/// <summary>One or more guards refused. All findings travel together, so that they are shown together.</summary>
internal sealed class GuardsRefusedException(string message, string? hint, IReadOnlyList<GuardFinding> findings) : Exception(message)
{
    public string? Hint { get; } = hint;

    public IReadOnlyList<GuardFinding> Findings { get; } = findings;
}

namespace Graft.Testing.Faults;

/// <summary>What came of one fault: whether the call came at all, how the broken run ended, and what was not as it should be.</summary>
public sealed record TrialResult(Fault Fault, bool Came, int ExitCode, IReadOnlyList<string> Problems)
{
    /// <summary>Whether the run did all its work nevertheless.</summary>
    public bool Finished => ExitCode == 0;

    /// <inheritdoc/>
    public override string ToString() => $"{Fault}\n  {string.Join("\n  ", Problems.Select(problem => problem.Replace("\n", "\n    ", StringComparison.Ordinal)))}";
}

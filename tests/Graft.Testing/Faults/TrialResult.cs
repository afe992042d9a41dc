namespace Graft.Testing.Faults;

/// <summary>What came of one fault: whether the call came at all, and what was not as it should be.</summary>
public sealed record TrialResult(Fault Fault, bool Came, IReadOnlyList<string> Problems)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Fault}\n  {string.Join("\n  ", Problems.Select(problem => problem.Replace("\n", "\n    ", StringComparison.Ordinal)))}";
}

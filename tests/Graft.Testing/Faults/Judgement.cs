namespace Graft.Testing.Faults;

/// <summary>What a broken run may say and how it may end. That its work was finished all the same is never wrong.</summary>
internal static class Judgement
{
    private const int Killed = 128 + 9;
    private const int Interrupted = 130;
    private static readonly int[] Outside = [5, 4];

    /// <summary>What is not as it should be, given the command line that carries it on and what the run left running.</summary>
    public static IEnumerable<string> Of(InterruptedCommand command, FaultKind kind, GraftResult result, IReadOnlyList<string> carryOn, IReadOnlyList<string> leftBehind)
    {
        if (kind is FaultKind.KilledBefore or FaultKind.KilledAfter or FaultKind.KilledHalfway)
        {
            return result.ExitCode == Killed ? [] : [$"it was to be killed, and ended with {result.ExitCode}"];
        }

        return OfOneThatEnded(command, kind, result, carryOn).Concat(leftBehind.Select(process => $"it left a process running: {process}"));
    }

    private static IEnumerable<string> OfOneThatEnded(InterruptedCommand command, FaultKind kind, GraftResult result, IReadOnlyList<string> carryOn)
    {
        if (result.Error.Contains("bug: ", StringComparison.Ordinal) || result.Error.Contains("\n   at ", StringComparison.Ordinal))
        {
            yield return "it failed as by a fault of its own";
        }

        if (result.ExitCode == 0)
        {
            yield break;
        }

        var isInterrupt = kind is FaultKind.Interrupted or FaultKind.Terminated;
        if (isInterrupt ? result.ExitCode != Interrupted : !Outside.Contains(result.ExitCode))
        {
            yield return $"it ended with {result.ExitCode}";
        }

        // Where the same line is to be typed again, that may go without saying; whether nothing was changed is looked at elsewhere.
        var last = result.Error.TrimEnd('\n').Split('\n')[^1];
        var isSame = carryOn.SequenceEqual(command.Line, StringComparer.Ordinal);
        var isSaid = last.Contains($"`graft {string.Join(' ', carryOn.Where(word => word != "--yes"))}`", StringComparison.Ordinal)
            || (isSame && (!isInterrupt || last.Contains("nothing was changed", StringComparison.Ordinal)));
        if (!isSaid)
        {
            yield return $"its last words do not say how to go on: {last}";
        }
    }
}

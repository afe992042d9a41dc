namespace Graft.Testing.Faults;

/// <summary>One way to break a run: what happens, and at which call.</summary>
public sealed record Fault(FaultKind Kind, CallPoint Point)
{
    /// <summary>Every fault that means something at these calls: kind after kind, each in the order of the calls.</summary>
    public static IReadOnlyList<Fault> At(IReadOnlyList<CallPoint> points) =>
        [.. Enum.GetValues<FaultKind>().SelectMany(kind => points.Where(point => CanHappen(kind, point)).Select(point => new Fault(kind, point)))];

    /// <summary>Some of them, spread over all kinds and the whole run.</summary>
    public static IReadOnlyList<Fault> Sample(IReadOnlyList<Fault> all, int size) =>
        all.Count <= size ? all : [.. Enumerable.Range(0, size).Select(index => all[(int)((index + 0.5) * all.Count / size)])];

    /// <summary>The variables that make the library do it.</summary>
    public IReadOnlyDictionary<string, string> Variables(string root) => new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["FAULT_AT"] = Point.Key,
        ["FAULT_BELOW"] = root + Point.Room,
        ["FAULT_DO"] = Kind switch
        {
            FaultKind.KilledBefore => "before",
            FaultKind.KilledAfter => "after",
            FaultKind.KilledHalfway => "half",
            FaultKind.AnswerLost => "lost",
            FaultKind.DiskFull => "full",
            FaultKind.ReadOnly => "readonly",
            FaultKind.Interrupted => "interrupt",
            FaultKind.Terminated => "terminate",
            _ => throw new InvalidOperationException($"nothing does {Kind}"),
        },
    };

    /// <inheritdoc/>
    public override string ToString() => $"{Kind} at {Point}";

    private static bool CanHappen(FaultKind kind, CallPoint point) => kind switch
    {
        FaultKind.KilledHalfway => point.IsWrite,
        FaultKind.DiskFull => point.NeedsRoom,
        FaultKind.ReadOnly => point.IsAboutFile,
        // A program that was started and one that ended are one question: it is answered at the end.
        FaultKind.AnswerLost => point.Call != "start",
        // Once a program's end is known, the next call is what comes after it.
        FaultKind.KilledAfter => point.Call != "end",
        _ => true,
    };
}

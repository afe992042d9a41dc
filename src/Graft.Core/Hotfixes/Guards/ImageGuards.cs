namespace Graft.Core.Hotfixes.Guards;

/// <summary>The guards that look at images: does every reference of the new release exist, and is every name that is written free?</summary>
internal static class ImageGuards
{
    private const int MostReasons = 3;

    public static IEnumerable<GuardFinding> Check(HotfixSelection selection, HotfixImages images, bool offline)
    {
        if (images.TakenBy is { } taken)
        {
            yield return new GuardFinding(GuardNames.TagTaken, GuardSeverity.Error, $"'{images.Name}' is in use: {taken}", "leave `--name` out to take the next free minute");
        }

        var changed = selection.ChangedReferences.ToHashSet();
        foreach (var missing in images.References.Where(state => state.Answer is ReferenceAnswer.Missing or ReferenceAnswer.Broken))
        {
            yield return new GuardFinding(
                GuardNames.MissingImage,
                GuardSeverity.Error,
                missing.Reason is { } reason ? $"'{missing.Reference}' cannot be pulled: {reason}" : $"'{missing.Reference}' does not exist",
                changed.Contains(missing.Reference) ? "name a version that was pushed" : "the base release refers to it; find out who removed it");
        }

        var unknown = images.References.Where(state => state.Answer == ReferenceAnswer.Unknown).ToLookup(state => changed.Contains(state.Reference));
        foreach (var state in unknown[true])
        {
            yield return new GuardFinding(
                GuardNames.UncheckedImage,
                offline ? GuardSeverity.Warning : GuardSeverity.Error,
                $"'{state.Reference}' was not checked: {state.Reason}",
                offline ? null : state.Hint is { } remedy ? $"{remedy}; or pass `--offline` to go without the check" : "pass `--offline` to go without the check");
        }

        if (unknown[false].Count() is > 0 and var count)
        {
            yield return new GuardFinding(
                GuardNames.UncheckedImage,
                GuardSeverity.Warning,
                count == 1
                    ? $"an unchanged reference was not checked: {unknown[false].First().Reason}"
                    : $"{count} unchanged references were not checked: {Reasons(unknown[false])}",
                offline ? null : Remedies(unknown[false]));
        }
    }

    private static string? Remedies(IEnumerable<ReferenceState> states) =>
        string.Join("; ", states.Select(state => state.Hint).OfType<string>().Distinct(StringComparer.Ordinal).Take(MostReasons)) is { Length: > 0 } remedies ? remedies : null;

    private static string Reasons(IEnumerable<ReferenceState> states)
    {
        var reasons = states.CountBy(state => state.Reason ?? "nothing is known of it").OrderByDescending(pair => pair.Value).ThenBy(pair => pair.Key, StringComparer.Ordinal).ToList();
        var shown = string.Join("; ", reasons.Take(MostReasons).Select(pair => $"{pair.Key} ({pair.Value})"));
        return reasons.Count == 1 ? reasons[0].Key : reasons.Count <= MostReasons ? shown : $"{shown}; and other reasons ({reasons.Skip(MostReasons).Sum(pair => pair.Value)})";
    }
}

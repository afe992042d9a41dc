using Graft.Core.Affected;

namespace Graft.Core.Hotfixes.Guards;

/// <summary>The guards that hold what is built against what the change can alter.</summary>
internal static class AffectedGuards
{
    private const int MostNamed = 5;

    public static IEnumerable<GuardFinding> Check(HotfixFacts facts, HotfixSelection selection)
    {
        var built = selection.Builds.Select(build => build.Source.Image).ToHashSet();
        var left = facts.AffectedInBase.Where(image => !built.Contains(image.Source.Image)).ToList();
        if (left.Count > 0)
        {
            yield return new GuardFinding(
                GuardNames.AffectedNotBuilt,
                GuardSeverity.Error,
                left is [var only]
                    ? $"the change reaches '{only.Source.Image}', which is not built: {Because(only.Reasons[0])}"
                    : $"the change reaches {left.Count} images that are not built: {Some(left.Select(image => image.Source.Image.Text).ToList())}",
                "build what is affected with `--build-affected`; `graft hotfix affected` says why it is");
        }

        var affected = facts.Affected.Affected.Select(image => image.Source.Image).ToHashSet();
        var untouched = selection.Builds.Select(build => build.Source.Image).Where(image => !affected.Contains(image)).Select(image => image.Text).ToList();
        if (untouched.Count > 0)
        {
            yield return new GuardFinding(
                GuardNames.BuiltNotAffected,
                GuardSeverity.Warning,
                untouched.Count == 1 ? $"'{untouched[0]}' is built, and the change does not reach it" : $"{untouched.Count} images are built that the change does not reach: {Some(untouched)}");
        }

        foreach (var finding in CheckOutside(facts.Affected))
        {
            yield return finding;
        }
    }

    /// <summary>The one that needs nothing chosen.</summary>
    public static IEnumerable<GuardFinding> CheckOutside(AffectedReport affected)
    {
        var outside = affected.Outside;
        if (outside.Count > 0)
        {
            yield return new GuardFinding(
                GuardNames.OutsideImages,
                GuardSeverity.Warning,
                outside.Count == 1 ? $"a changed file reaches no image: {outside[0]}" : $"{outside.Count} changed files reach no image: {Some(outside)}");
        }
    }

    private static string Because(AffectedReason reason) => $"{reason.Path} -> {reason.Dockerfile}{(reason.Line is { } line ? $":{line}" : "")}";

    private static string Some(IReadOnlyList<string> names) =>
        string.Join(", ", names.Take(MostNamed)) + (names.Count > MostNamed ? $" and {names.Count - MostNamed} more" : "");
}

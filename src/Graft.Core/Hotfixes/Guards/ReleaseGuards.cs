namespace Graft.Core.Hotfixes.Guards;

/// <summary>The guards that look at releases: is the base live, and is it the newest of its lineage?</summary>
internal static class ReleaseGuards
{
    public static IEnumerable<GuardFinding> Check(HotfixFacts facts, HotfixSelection selection)
    {
        if (facts.PublishedBase is { IsDraft: true })
        {
            yield return new GuardFinding(
                GuardNames.UnpublishedBase,
                GuardSeverity.Error,
                $"'{facts.Base.Name}' is still a draft",
                $"publish it with `graft release publish {facts.Base.Name}`, or choose a release that is live");
        }

        var kept = selection.Unchanged.Select(entry => entry.Image.Text).ToHashSet(StringComparer.Ordinal);
        foreach (var finding in NewerHotfixGuard.Check(facts.NewerHotfixes, facts.Base.Name, kept.Contains))
        {
            yield return finding;
        }
    }
}

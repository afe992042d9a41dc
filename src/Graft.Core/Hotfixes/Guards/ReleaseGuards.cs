using Graft.Core.Releases;

namespace Graft.Core.Hotfixes.Guards;

/// <summary>The guards that look at releases: is the base live, and is it the newest of its lineage?</summary>
internal static class ReleaseGuards
{
    public static IEnumerable<GuardFinding> Check(HotfixFacts facts, HotfixSelection selection)
    {
        var kept = selection.Unchanged.Select(entry => entry.Image.Text).ToHashSet(StringComparer.Ordinal);
        return Check(facts.Base.Name, facts.PublishedBase, facts.NewerHotfixes, kept.Contains);
    }

    /// <summary>As above, where nobody has chosen yet: <paramref name="keeps"/> tells which images (as the manifest names them) stay as the base has them.</summary>
    public static IEnumerable<GuardFinding> Check(ReleaseName of, PublishedRelease? published, IEnumerable<NewerHotfix> newer, Predicate<string> keeps)
    {
        if (published is { IsDraft: true })
        {
            yield return new GuardFinding(
                GuardNames.UnpublishedBase,
                GuardSeverity.Error,
                $"'{of}' is still a draft",
                $"publish it with `graft release publish {of}`, or choose a release that is live");
        }

        foreach (var finding in NewerHotfixGuard.Check(newer, of, keeps))
        {
            yield return finding;
        }
    }
}

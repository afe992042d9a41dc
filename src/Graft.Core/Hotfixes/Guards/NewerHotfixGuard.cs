using Graft.Core.Releases;

namespace Graft.Core.Hotfixes.Guards;

/// <summary>The guard against setting back what a later hotfix of the same lineage has fixed: when one is cut, and again when it is published.</summary>
public static class NewerHotfixGuard
{
    /// <summary>
    /// What it finds. <paramref name="of"/> is the base of the hotfix that is looked at; <paramref name="keeps"/> tells whether that hotfix leaves an image (as the manifest
    /// names it) as the base has it.
    /// </summary>
    public static IEnumerable<GuardFinding> Check(IEnumerable<NewerHotfix> published, ReleaseName of, Predicate<string> keeps)
    {
        foreach (var newer in published)
        {
            if (newer.MissingCommits != 0)
            {
                yield return Refusal(newer, Lacks(newer.MissingCommits), newer.MissingCommits is null ? "`git fetch --tags`" : $"cut this one from '{newer.Name}', or bring its commits here");
            }
            else if (newer.Images.Where(image => keeps(image)).Distinct(StringComparer.Ordinal).ToList() is { Count: > 0 } images)
            {
                // The branch may have every commit of it: what it gave another version, and this one leaves alone, would be undone without a word.
                yield return Refusal(newer, $"and this one would set {string.Join(", ", images.Select(image => $"'{image}'"))} back to what '{of}' has", $"cut this one from '{newer.Name}'");
            }
        }
    }

    private static GuardFinding Refusal(NewerHotfix newer, string what, string hint) =>
        new(GuardNames.NewerHotfix, GuardSeverity.Error, $"'{newer.Name}' is a later hotfix of the same lineage, {what}", hint);

    private static string Lacks(int? commits) => commits switch
    {
        null => "whose commit is not here to compare",
        1 => "which has a commit that this branch lacks",
        _ => $"which has {commits} commits that this branch lacks",
    };
}

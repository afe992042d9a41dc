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

        foreach (var newer in facts.NewerHotfixes)
        {
            if (newer.MissingCommits != 0)
            {
                yield return Refusal(newer, Lacks(newer.MissingCommits), newer.MissingCommits is null ? "`git fetch --tags`" : $"cut this one from '{newer.Name}', or bring its commits here");
            }
            else if (SetBack(newer, selection) is { Count: > 0 } images)
            {
                yield return Refusal(
                    newer, $"and this one would set {string.Join(", ", images.Select(image => $"'{image}'"))} back to what '{facts.Base.Name}' has", $"cut this one from '{newer.Name}'");
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

    // The branch may have every commit of it: what it gave another version, and this one leaves alone, would be undone without a word.
    private static List<string> SetBack(NewerHotfix newer, HotfixSelection selection)
    {
        var kept = selection.Unchanged.Select(entry => entry.Image.Text).ToHashSet(StringComparer.Ordinal);
        return [.. newer.Images.Where(kept.Contains).Distinct(StringComparer.Ordinal)];
    }
}

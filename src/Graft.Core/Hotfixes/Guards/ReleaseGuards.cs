namespace Graft.Core.Hotfixes.Guards;

/// <summary>The guards that look at releases: is the base live, and is it the newest of its lineage?</summary>
internal static class ReleaseGuards
{
    public static IEnumerable<GuardFinding> Check(HotfixFacts facts)
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
            var lacks = newer.MissingCommits switch
            {
                null => "whose commit is not here to compare",
                1 => "which has a commit that this branch lacks",
                var count => $"which has {count} commits that this branch lacks",
            };
            yield return new GuardFinding(
                GuardNames.NewerHotfix,
                GuardSeverity.Error,
                $"'{newer.Name}' is a later hotfix of the same lineage, {lacks}",
                newer.MissingCommits is null ? "`git fetch --tags`" : $"cut this one from '{newer.Name}', or bring its commits here");
        }
    }
}

using Graft.Core.Failures;
using Graft.Core.Releases;

namespace Graft.Core.Hotfixes;

/// <summary>Chooses a hotfix's name.</summary>
public static class HotfixNaming
{
    /// <summary>The first name in the base's series, from this minute on, that nothing uses.</summary>
    public static ReleaseName NextFree(HotfixFacts facts, DateTimeOffset from)
    {
        // Names order releases, so a base with a minute that is yet to come (another clock) moves its hotfix on.
        var name = ReleaseName.Of(SeriesOf(facts), facts.Base.Name.Stamp is { } stamp && stamp >= from ? stamp.AddMinutes(1) : from);
        while (facts.TakenNames.ContainsKey(name.ToString()))
        {
            name = ReleaseName.Of(name.Series!.Value, name.Stamp!.Value.AddMinutes(1));
        }

        return name;
    }

    /// <summary>Holds that a name that was asked for is in the base's series and later than it; an input failure when it is not.</summary>
    public static void Check(ReleaseName asked, HotfixFacts facts)
    {
        if (asked.Series is { } series && facts.Base.Name.Series is { } expected && series != expected)
        {
            throw GraftException.Input($"'{asked}' is not in the series of its base '{facts.Base.Name}'", $"a hotfix of it is named `{expected}.yyyyMMddHHmm`");
        }

        if (asked <= facts.Base.Name)
        {
            throw GraftException.Input($"'{asked}' is not later than its base '{facts.Base.Name}'", "names order releases; leave `--name` out to take the present minute");
        }
    }

    private static ReleaseSeries SeriesOf(HotfixFacts facts) =>
        facts.Base.Name.Series ?? facts.VersionFileSeries
        ?? throw GraftException.Usage($"'{facts.Base.Name}' is in no series, so its hotfix needs a name", "pass `--name NAME`");
}

namespace Graft.Core.Releases;

/// <summary>Which release was made from which: base → hotfix → hotfix of the hotfix.</summary>
public sealed class Lineage
{
    private readonly Dictionary<ReleaseName, ReleaseName> baseOf;

    /// <summary>The lineage of these releases, each with the one it is a hotfix of (or null).</summary>
    public Lineage(IEnumerable<(ReleaseName Name, ReleaseName? Of)> releases) =>
        baseOf = releases.Where(release => release.Of is not null).DistinctBy(release => release.Name).ToDictionary(release => release.Name, release => release.Of!);

    /// <summary>Releases that, by what these say, are made from themselves, at first hand or by others in between; in order.</summary>
    public static IReadOnlySet<ReleaseName> FindCircles(IEnumerable<(ReleaseName Name, ReleaseName? Of)> releases)
    {
        var lineage = new Lineage(releases);
        return new SortedSet<ReleaseName>(lineage.baseOf.Keys.Where(lineage.IsOwnBase));
    }

    private bool IsOwnBase(ReleaseName name)
    {
        var seen = new HashSet<ReleaseName>();
        var of = name;
        while (baseOf.TryGetValue(of, out var next) && seen.Add(next))
        {
            if (next == name)
            {
                return true;
            }

            of = next;
        }

        return false;
    }

    /// <summary>The release at the start of this one's lineage: itself, unless it is a hotfix.</summary>
    public ReleaseName RootOf(ReleaseName name)
    {
        var seen = new HashSet<ReleaseName>();
        while (seen.Add(name) && baseOf.TryGetValue(name, out var of))
        {
            name = of;
        }

        return name;
    }

    /// <summary>The hotfixes that share this release's lineage and are later than it, in order.</summary>
    public IReadOnlyList<ReleaseName> LaterThan(ReleaseName name)
    {
        var root = RootOf(name);
        return [.. baseOf.Keys.Where(candidate => candidate > name && RootOf(candidate) == root).Order()];
    }

    /// <summary>The hotfixes made directly from this release, in order.</summary>
    public IReadOnlyList<ReleaseName> HotfixesOf(ReleaseName name) => [.. baseOf.Where(pair => pair.Value == name).Select(pair => pair.Key).Order()];
}

using Graft.Core.Images;
using Graft.Core.Releases;

namespace Graft.Core.Products.Discovery;

/// <summary>Gives candidates the names and keys that a release's manifest lists them under.</summary>
internal sealed class ManifestNames(string product, IReadOnlyList<ManifestEntry> entries)
{
    private const int Exact = 10_000;
    private const int Tagged = 5_000;
    private const int Named = 1_000;

    private readonly List<ManifestEntry> own = Own(product, entries);

    /// <summary>What most names of the manifest begin with, up to the last slash; null where there is none.</summary>
    public string? Namespace => CommonNamespace(own.Select(entry => entry.Image.Text));

    /// <summary>What most of these names begin with, up to the last slash; null where none has a slash.</summary>
    public static string? CommonNamespace(IEnumerable<string> names) => names
        .Where(name => name.Contains('/', StringComparison.Ordinal))
        .GroupBy(name => name[..name.LastIndexOf('/')], StringComparer.Ordinal)
        .OrderByDescending(group => group.Count()).ThenBy(group => group.Key, StringComparer.Ordinal)
        .Select(group => group.Key).FirstOrDefault();

    /// <summary>Decides those that match an entry, the surest first and of several as sure the first; an entry is given once.</summary>
    public void Assign(IReadOnlyList<Candidate> candidates)
    {
        var matches =
            from candidate in candidates
            from entry in own
            let score = Score(candidate, entry)
            where score > 0
            orderby score descending
            select (candidate, entry);
        var taken = new HashSet<ImageName>();
        foreach (var (candidate, entry) in matches.ToList())
        {
            if (candidate.Name is null && taken.Add(entry.Image))
            {
                candidate.Name = entry.Image.Text;
                candidate.Key = entry.List;
            }
        }
    }

    // Other lists hold what others make; only what is called as the product's own images are is looked for there.
    private static List<ManifestEntry> Own(string product, IReadOnlyList<ManifestEntry> entries)
    {
        static string Namespace(ManifestEntry entry) => entry.Image.Text.LastIndexOf('/') is > 0 and var slash ? entry.Image.Text[..slash] : "";
        var spaces = entries.Where(entry => entry.List == "images").Select(Namespace).Append(PathNames.Clean(product)).ToHashSet(StringComparer.Ordinal);
        return [.. entries.Where(entry => entry.List == "images" || spaces.Contains(Namespace(entry))).DistinctBy(entry => entry.Image)];
    }

    private int Score(Candidate candidate, ManifestEntry entry)
    {
        var images = candidate.Definition?.Images ?? [];
        if (images.Any(image => ImageName.TryParse(image, out var name) && name == entry.Image))
        {
            return Exact;
        }

        var last = Plain(Last(entry.Image.Text));
        if (images.Any(image => Plain(Last(image)) == last))
        {
            return Tagged;
        }

        if (images.Count > 0)
        {
            return 0;
        }

        var target = candidate.Target is null ? "" : "-" + candidate.Target;
        bool Is(string name) => Plain(name) == last || Plain($"{product}-{name}") == last;
        if (candidate.Definition is { } definition && (Is(definition.Name) || (target.Length > 0 && Is(definition.Name + target))))
        {
            return Named + last.Length;
        }

        // A stage is another image than the whole Dockerfile: it needs a name that says so.
        return PathNames.All(candidate.Path, product).Any(name => Is(name + target)) ? last.Length
            : target.Length > 0 && Is(candidate.Target!) ? 1
            : 0;
    }

    private static string Last(string image) => image[(image.LastIndexOf('/') + 1)..];

    private static string Plain(string name) => name.ToLowerInvariant().Replace('_', '-').Replace('.', '-');
}

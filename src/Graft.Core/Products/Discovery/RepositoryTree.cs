using Graft.Core.Dockerfiles;

namespace Graft.Core.Products.Discovery;

/// <summary>The files of a commit by folder. The root is <c>.</c>.</summary>
internal sealed class RepositoryTree
{
    private readonly HashSet<string> files;
    private readonly Dictionary<string, HashSet<string>> children = new(StringComparer.Ordinal) { ["."] = [] };

    public RepositoryTree(IReadOnlyList<string> paths)
    {
        Paths = paths;
        files = new HashSet<string>(paths, StringComparer.Ordinal);
        foreach (var path in paths)
        {
            // Up to the first folder that knows of this one already.
            for (var child = path; ;)
            {
                var parent = ParentOf(child);
                var isKnown = children.TryGetValue(parent, out var names);
                (names ??= children[parent] = new HashSet<string>(StringComparer.Ordinal)).Add(child[(child.LastIndexOf('/') + 1)..]);
                if (isKnown || parent == ".")
                {
                    break;
                }

                child = parent;
            }
        }
    }

    public IReadOnlyList<string> Paths { get; }

    public bool HasFile(string path) => files.Contains(path);

    public bool HasFolder(string path) => children.ContainsKey(path);

    /// <summary>The names in a folder.</summary>
    public IReadOnlyCollection<string> NamesIn(string folder) => children.TryGetValue(folder, out var names) ? names : [];

    /// <summary>Whether a COPY source (with wildcards) is there, seen from a context.</summary>
    public bool Has(string context, string source)
    {
        var at = new List<string> { context };
        foreach (var segment in source.Split('/'))
        {
            if (segment == "**")
            {
                return at.Count > 0;
            }

            at = PathPattern.HasWildcards(segment)
                ? [.. at.SelectMany(folder => Matching(folder, segment))]
                : [.. at.Select(folder => Join(folder, segment)).Where(path => HasFile(path) || HasFolder(path))];
        }

        return at.Count > 0;
    }

    /// <summary>The folder of a file or folder; the root's is the root.</summary>
    public static string ParentOf(string path) => path.LastIndexOf('/') is > 0 and var slash ? path[..slash] : ".";

    public static string Join(string folder, string name) => folder == "." ? name : $"{folder}/{name}";

    /// <summary>A relative path seen from a folder, without <c>.</c> and <c>..</c>; null where it is absolute or leaves the repository.</summary>
    public static string? Resolve(string folder, string path)
    {
        if (path.StartsWith('/') || path.StartsWith('~') || path.Contains('\0', StringComparison.Ordinal) || path.Contains('\\', StringComparison.Ordinal))
        {
            return null;
        }

        var segments = folder == "." ? [] : folder.Split('/').ToList();
        foreach (var segment in path.Split('/').Where(segment => segment is not ("" or ".")))
        {
            if (segment != "..")
            {
                segments.Add(segment);
            }
            else if (segments.Count == 0)
            {
                return null;
            }
            else
            {
                segments.RemoveAt(segments.Count - 1);
            }
        }

        return segments.Count == 0 ? "." : string.Join('/', segments);
    }

    private IEnumerable<string> Matching(string folder, string segment)
    {
        try
        {
            var pattern = PathPattern.Parse(segment);
            return NamesIn(folder).Where(pattern.IsMatch).Select(name => Join(folder, name));
        }
        catch (FormatException)
        {
            return [];
        }
    }
}

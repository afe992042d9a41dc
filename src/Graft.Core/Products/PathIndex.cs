namespace Graft.Core.Products;

/// <summary>
/// The files of a commit by their last name, since most globs end in a plain one (<c>Dockerfile</c>): a product has hundreds of rules'
/// images and tens of thousands of files.
/// </summary>
internal sealed class PathIndex
{
    private readonly IReadOnlyList<string> paths;
    private readonly Dictionary<string, List<string>> byName = new(StringComparer.Ordinal);

    public PathIndex(IReadOnlyList<string> paths)
    {
        this.paths = paths;
        var lookup = byName.GetAlternateLookup<ReadOnlySpan<char>>();
        foreach (var path in paths)
        {
            var name = path.AsSpan(path.LastIndexOf('/') + 1);
            if (!lookup.TryGetValue(name, out var named))
            {
                lookup[name] = named = [];
            }

            named.Add(path);
        }
    }

    public IEnumerable<string> Matching(Glob glob)
    {
        var candidates = glob.LastName is null ? paths : byName.GetValueOrDefault(glob.LastName) ?? [];
        return glob.Literal is { } literal ? candidates.Where(path => path == literal).Take(1) : candidates.Where(glob.IsMatch);
    }

    public bool HasFolder(string folder)
    {
        var prefix = folder + "/";
        return paths.Any(path => path.StartsWith(prefix, StringComparison.Ordinal));
    }
}

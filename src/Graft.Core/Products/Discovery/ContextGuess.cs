namespace Graft.Core.Products.Discovery;

/// <summary>A context, the sources that are not in it, and whether a folder further up would do as well.</summary>
internal sealed record ContextGuess(string Folder, IReadOnlyList<CopySource> Missing, string? Alternative)
{
    // What stands beside a Dockerfile in a folder that is only about building.
    private static readonly string[] BuildEndings = [".sh", ".md", ".yml", ".yaml", ".hcl", ".env", ".conf", "ignore", "Makefile"];

    /// <summary>The nearest folder, from the Dockerfile's own up to the root, in which most of what it copies is there.</summary>
    public static ContextGuess Of(string dockerfile, IReadOnlyList<CopySource> sources, RepositoryTree tree)
    {
        var named = sources.Where(source => source.Path != ".").DistinctBy(source => source.Path).ToList();
        var takesAll = named.Count < sources.Count && sources.Any(source => source.Path == ".");
        var folders = Upwards(RepositoryTree.ParentOf(dockerfile))
            .Where(folder => !takesAll || folder == "." || !IsOnlyForBuilding(folder, tree))
            .Select(folder => (Folder: folder, Missing: named.Where(source => !tree.Has(folder, source.Path)).ToList()))
            .ToList();
        var best = folders.MinBy(folder => folder.Missing.Count);
        var other = named.Count == 0 ? default : folders.Where(folder => folder.Folder != best.Folder).FirstOrDefault(folder => folder.Missing.Count == best.Missing.Count && best.Missing.Count < named.Count);
        return new ContextGuess(best.Folder, best.Missing, other.Folder);
    }

    private static IEnumerable<string> Upwards(string folder)
    {
        for (; folder != "."; folder = RepositoryTree.ParentOf(folder))
        {
            yield return folder;
        }

        yield return ".";
    }

    // Copying all of a folder that has nothing but Dockerfiles makes no image: the sources are further up.
    private static bool IsOnlyForBuilding(string folder, RepositoryTree tree) =>
        tree.NamesIn(folder).All(name => tree.HasFolder(RepositoryTree.Join(folder, name))
            ? IsOnlyForBuilding(RepositoryTree.Join(folder, name), tree)
            : DockerfileNames.IsDockerfile(name) || BuildEndings.Any(ending => name.EndsWith(ending, StringComparison.OrdinalIgnoreCase)));
}

namespace Graft.Core.Products.Discovery;

/// <summary>A context, the sources that are not in it, and whether a folder further up would do as well.</summary>
internal sealed record ContextGuess(string Folder, IReadOnlyList<CopySource> Missing, string? Alternative)
{
    // What stands beside a Dockerfile and is never what its image is for; and what else does in a folder that is about building, where elsewhere it may be all there is.
    private static readonly string[] IdleEndings = [".md", "ignore"];
    private static readonly string[] BuildEndings = [.. IdleEndings, ".sh", ".yml", ".yaml", ".hcl", ".env", ".conf", "Makefile"];
    private static readonly string[] BuildFolders = ["docker", ".docker", "dockerfiles", "build", "deploy", "deployment", "infra", "container", "containers", "packaging"];

    /// <summary>
    /// The nearest folder, from the Dockerfile's own up to the root, in which most of what it copies is there; of those where as much is, the one where most clues
    /// hold, if all that hold in the nearest do.
    /// </summary>
    public static ContextGuess Of(string dockerfile, IReadOnlyList<CopySource> sources, IReadOnlyList<ContextClue> clues, RepositoryTree tree)
    {
        var own = RepositoryTree.ParentOf(dockerfile);
        var named = sources.Where(source => source.Path != ".").DistinctBy(source => source.Path).ToList();
        var takesAll = named.Count < sources.Count && sources.Any(source => source.Path == ".");
        // A source that is nowhere may be made by a script; the folder that it would be in says as much.
        var all = clues.Concat(named.Select(source => new ContextClue([source.Path], IsMade: true))).ToList();
        var folders = Upwards(own)
            .Where(folder => !takesAll || folder == "." || !IsOnlyForBuilding(folder, tree) || clues.Any(clue => clue.Holds(folder, dockerfile, tree)))
            .Select(folder => new Found(folder, [.. named.Where(source => !tree.Has(folder, source.Path))], [.. all.Where(clue => clue.Holds(folder, dockerfile, tree))]))
            .ToList();
        var least = folders.Min(folder => folder.Missing.Count);
        var likely = folders.Where(folder => folder.Missing.Count == least).ToList();
        // A folder of Dockerfiles is nobody's context but theirs.
        var best = likely.Where(folder => folder.Clues.IsSupersetOf(likely[0].Clues)).MaxBy(folder => (folder.Clues.Count, folder.Folder == own || !(IsForBuilding(folder.Folder) || folder.Folder == "images")))!;
        var isKnown = named.Count > least;
        var other = likely.FirstOrDefault(folder => isKnown && folder != best && !best.Clues.IsProperSupersetOf(folder.Clues));
        return new ContextGuess(best.Folder, best.Missing, other?.Folder);
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
    private static bool IsOnlyForBuilding(string folder, RepositoryTree tree)
    {
        var endings = folder.Split('/').Any(IsForBuilding) ? BuildEndings : IdleEndings;
        return tree.NamesIn(folder).All(name => tree.HasFolder(RepositoryTree.Join(folder, name))
            ? IsOnlyForBuilding(RepositoryTree.Join(folder, name), tree)
            : DockerfileNames.IsDockerfile(name) || endings.Any(ending => name.EndsWith(ending, StringComparison.OrdinalIgnoreCase)));
    }

    private static bool IsForBuilding(string folder) => BuildFolders.Contains(folder[(folder.LastIndexOf('/') + 1)..], StringComparer.OrdinalIgnoreCase);

    private sealed record Found(string Folder, IReadOnlyList<CopySource> Missing, HashSet<ContextClue> Clues);
}

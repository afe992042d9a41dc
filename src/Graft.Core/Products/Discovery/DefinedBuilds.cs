using Graft.Core.Bake;
using Graft.Core.Dockerfiles;

namespace Graft.Core.Products.Discovery;

/// <summary>Finds the Dockerfiles and contexts that bake files and compose files mean.</summary>
internal sealed class DefinedBuilds(RepositoryTree tree, IReadOnlyDictionary<string, Dockerfile> dockerfiles, List<string> guesses, List<string> problems)
{
    // In the order in which buildx merges them.
    private static readonly string[] BakeNames = ["docker-bake.json", "docker-bake.hcl", "docker-bake.override.json", "docker-bake.override.hcl"];

    // Stages for those who work on the product, with the sources mounted.
    private static readonly string[] DeveloperTargets = ["dev", "devel", "development", "debug", "local", "test", "tests"];

    public static bool IsDefinition(string path) => NameOf(path) is var name && (BakeNames.Contains(name, StringComparer.Ordinal) || ComposeBuilds.IsCompose(path));

    /// <summary>The files that give the variables of these files values.</summary>
    public static IEnumerable<string> VariableFilesOf(IEnumerable<string> paths) =>
        paths.Where(ComposeBuilds.IsCompose).Select(ComposeBuilds.VariableFileOf).Distinct(StringComparer.Ordinal);

    /// <summary>The image sources of these files, bake files before compose files; of those that build the same, the one that says more.</summary>
    /// <param name="texts">The definitions: path -> text.</param>
    /// <param name="variables">The files of variables beside them: path -> text.</param>
    public List<Candidate> Find(IReadOnlyDictionary<string, string> texts, IReadOnlyDictionary<string, string> variables)
    {
        var compose = new ComposeBuilds(texts, variables, guesses);
        var sets = texts.Keys.Where(path => BakeNames.Contains(NameOf(path), StringComparer.Ordinal))
            .GroupBy(RepositoryTree.ParentOf, StringComparer.Ordinal)
            .OrderBy(files => files.Key, StringComparer.Ordinal)
            .Select(files => (Folder: files.Key, Definitions: BakeReader.Read([.. files.OrderBy(path => Array.IndexOf(BakeNames, NameOf(path))).Select(path => (path, texts[path]))])))
            .Concat(compose.Main.Select(path => (Folder: RepositoryTree.ParentOf(path), Definitions: compose.Read(path))));
        var found = sets.SelectMany(set => Candidates(set.Folder, set.Definitions)).ToList();
        foreach (var path in compose.Further)
        {
            AddMore(found, RepositoryTree.ParentOf(path), () => compose.Read(path));
        }

        PassDeveloperTargets(found);
        return [.. found.GroupBy(Identity).Select(Best)];
    }

    // What is released is the stage that a build without a target makes, unless that is one for developers as well.
    private void PassDeveloperTargets(List<Candidate> found)
    {
        foreach (var candidate in found.Where(candidate => ComposeBuilds.IsCompose(candidate.Definition!.Place.File) && IsForDevelopers(candidate.Target) && !IsForDevelopers(candidate.Dockerfile.Stages[^1].Name)))
        {
            if (found.All(other => other.Path != candidate.Path || other.Target == candidate.Target))
            {
                guesses.Add($"{candidate.Origin}: the target '{candidate.Target}' is taken to be for developers; the image is what '{candidate.Path}' builds without one");
                candidate.Target = null;
            }
        }
    }

    private static bool IsForDevelopers(string? target) => target is not null && DeveloperTargets.Contains(target, StringComparer.OrdinalIgnoreCase);

    private List<Candidate> Candidates(string folder, BuildDefinitions definitions)
    {
        problems.AddRange(definitions.Problems);
        return [.. Kept(definitions.Builds).Select(build => Locate(build, folder)).OfType<Candidate>()];
    }

    // A file for one way of running the product says nothing new of what the others build, and what is odd in it matters only where it does.
    private void AddMore(List<Candidate> found, string folder, Func<BuildDefinitions> read)
    {
        var (guessed, failed) = (guesses.Count, problems.Count);
        var known = found.Select(candidate => candidate.Path).ToHashSet(StringComparer.Ordinal);
        var more = Candidates(folder, read()).Where(candidate => !known.Contains(candidate.Path)).ToList();
        found.AddRange(more);
        if (more.Count == 0)
        {
            guesses.RemoveRange(guessed, guesses.Count - guessed);
            problems.RemoveRange(failed, problems.Count - failed);
        }
    }

    // A build that no group wants and that leaves no tagged image is kept only where another one stands on it.
    private static List<BuildDefinition> Kept(IReadOnlyList<BuildDefinition> builds)
    {
        var kept = new HashSet<string>(builds.Where(build => build.IsImage && (build.IsWanted || build.Images.Count > 0)).Select(build => build.Name), StringComparer.Ordinal);
        for (var before = -1; before != kept.Count;)
        {
            before = kept.Count;
            kept.UnionWith(builds.Where(build => kept.Contains(build.Name))
                .SelectMany(build => build.Contexts.Values)
                .Where(context => context.StartsWith("target:", StringComparison.Ordinal))
                .Select(context => context["target:".Length..]));
        }

        return [.. builds.Where(build => kept.Contains(build.Name))];
    }

    private static (string Path, string Context, string? Target, string Args, string Contexts) Identity(Candidate candidate) =>
        (candidate.Path, candidate.Context, candidate.Target, Flat(candidate.Args), Flat(candidate.Contexts));

    private static string Flat(Dictionary<string, string> map) => string.Join('\n', map.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => $"{pair.Key}={pair.Value}"));

    private static Candidate Best(IEnumerable<Candidate> same)
    {
        var all = same.ToList();
        var best = all.OrderByDescending(candidate => candidate.Definition!.Images.Count > 0).ThenByDescending(candidate => candidate.Definition!.IsWanted).First();
        best.Aliases = [.. all.Select(candidate => candidate.Definition!.Name)];
        return best;
    }

    private Candidate? Locate(BuildDefinition build, string folder)
    {
        var context = build.Context ?? ".";
        if (context.Contains("://", StringComparison.Ordinal) || context.StartsWith("git@", StringComparison.Ordinal))
        {
            problems.Add($"{build.Place}: the context of '{build.Name}' is '{context}', which is not in this repository; it is left out");
            return null;
        }

        if (new[] { context, build.Dockerfile, build.Target }.Any(text => text?.Contains(BakeValue.Gap, StringComparison.Ordinal) == true))
        {
            problems.Add($"{build.Place}: where '{build.Name}' is built is known to the build only; it is left out");
            return null;
        }

        // Paths count from where the tool is started: the file's folder, or the root with `--file`.
        foreach (var start in new[] { folder, "." })
        {
            if (RepositoryTree.Resolve(start, context) is not { } resolved || RepositoryTree.Resolve(resolved, build.Dockerfile ?? "Dockerfile") is not { } path || !tree.HasFile(path))
            {
                continue;
            }

            if (!dockerfiles.TryGetValue(path, out var dockerfile))
            {
                problems.Add($"{build.Place}: '{path}' of '{build.Name}' could not be read; it is left out");
                return null;
            }

            if (start != folder)
            {
                guesses.Add($"{build.Place}: the paths of '{build.Name}' are taken from the repository's root, not from '{folder}'");
            }

            return new Candidate(path, dockerfile, resolved, $"{build.Place.File}:{build.Place.Line} ({build.Name})")
            {
                Definition = build,
                Folder = folder,
                Target = build.Target,
                Args = new Dictionary<string, string>(build.Args, StringComparer.Ordinal),
                Contexts = Contexts(build, start),
            };
        }

        problems.Add($"{build.Place}: '{build.Name}' has no Dockerfile in the commit ('{build.Dockerfile ?? "Dockerfile"}' seen from '{context}'); it is left out");
        return null;
    }

    private Dictionary<string, string> Contexts(BuildDefinition build, string start)
    {
        var contexts = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in build.Contexts)
        {
            var isNamed = value.StartsWith("target:", StringComparison.Ordinal) || NamedContext.HasScheme(value);
            var path = value.StartsWith("cwd://", StringComparison.Ordinal) ? value["cwd://".Length..] : value;
            if (isNamed)
            {
                contexts[name] = value;
            }
            else if (!path.Contains("://", StringComparison.Ordinal) && RepositoryTree.Resolve(start, path) is { } resolved && tree.HasFolder(resolved))
            {
                contexts[name] = resolved;
            }
            else
            {
                problems.Add($"{build.Place}: the context '{name}' of '{build.Name}' ('{value}') is no folder of this repository; it is left out");
            }
        }

        return contexts;
    }

    private static string NameOf(string path) => path[(path.LastIndexOf('/') + 1)..];
}

using System.Text;
using Graft.Core.Dockerfiles;
using Graft.Core.Failures;
using Graft.Core.Images;

namespace Graft.Core.Products.Discovery;

/// <summary>
/// Finds what a repository builds: bake files and compose files say it outright; of the Dockerfiles that none of them names, the COPY lines tell the
/// context and the folders the name.
/// </summary>
public sealed class ProductDiscovery
{
    private const int MaximumLength = 1024 * 1024;

    private readonly DiscoveryFacts facts;
    private readonly RepositoryTree tree;
    private readonly List<string> guesses = [];
    private readonly List<string> problems = [];
    private readonly Dictionary<string, string> leftOut = new(StringComparer.Ordinal);
    private bool isAllAside;

    private ProductDiscovery(DiscoveryFacts facts)
    {
        this.facts = facts;
        tree = new RepositoryTree(facts.Paths);
    }

    /// <summary>The paths whose contents are needed: Dockerfiles, bake files, compose files, and the files of variables beside those.</summary>
    public static IReadOnlyList<string> FilesToRead(IReadOnlyList<string> paths) => [.. paths.Where(IsBuildFile), .. DefinedBuilds.VariableFilesOf(paths).Intersect(paths, StringComparer.Ordinal)];

    /// <summary>Whether a path is that of a Dockerfile, a bake file or a compose file.</summary>
    public static bool IsBuildFile(string path) => !path.Contains('\n', StringComparison.Ordinal) && (DockerfileNames.IsDockerfile(path) || DefinedBuilds.IsDefinition(path));

    /// <summary>The images; what could not be read or decided is in the result, never thrown.</summary>
    public static Discovered Find(DiscoveryFacts facts) => new ProductDiscovery(facts).Find();

    private Discovered Find()
    {
        var texts = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var path in FilesToRead(facts.Paths))
        {
            if (TextOf(path) is { } text)
            {
                texts[path] = text;
            }
        }

        var dockerfiles = new Dictionary<string, Dockerfile>(StringComparer.Ordinal);
        foreach (var (path, text) in texts.Where(pair => DockerfileNames.IsDockerfile(pair.Key)))
        {
            if (Read(path, text) is { } dockerfile)
            {
                dockerfiles[path] = dockerfile;
            }
        }

        isAllAside = dockerfiles.Keys.Where(path => !DockerfileNames.IsForeign(path)).All(DockerfileNames.IsAside);
        var definitions = texts.Where(pair => DefinedBuilds.IsDefinition(pair.Key) && !DockerfileNames.IsForeign(pair.Key) && !IsAside(pair.Key)).ToDictionary(pair => pair.Key, pair => pair.Value, StringComparer.Ordinal);
        var variables = DefinedBuilds.VariableFilesOf(definitions.Keys).Where(texts.ContainsKey).ToDictionary(path => path, path => texts[path], StringComparer.Ordinal);
        var candidates = new DefinedBuilds(tree, dockerfiles, guesses, problems).Find(definitions, variables);
        var defined = candidates.Select(candidate => candidate.Path).ToHashSet(StringComparer.Ordinal);
        var guessed = new GuessedBuilds(tree, guesses);
        candidates.AddRange(guessed.Find(dockerfiles.Where(pair => !defined.Contains(pair.Key) && !IsForeign(pair.Key))));
        var manifest = new ManifestNames(facts.Product, facts.Entries);
        manifest.Assign([.. candidates.OrderBy(candidate => IsAside(candidate.Path))]);
        candidates = OfTheProduct(candidates);
        guessed.Say(candidates);
        candidates = new ImageNaming(facts, manifest, guesses, problems).Decide(candidates);
        foreach (var candidate in candidates)
        {
            ResolveContexts(candidate, candidates);
        }

        SayStages(candidates);
        var chains = new BaseChains(facts, guesses);
        chains.FillArguments(candidates, problems);
        chains.LinkBases(candidates);
        var images = candidates.Select(candidate => new DiscoveredImage(SourceOf(candidate), candidate.From))
            .OrderBy(image => image.Source.Dockerfile, StringComparer.Ordinal).ThenBy(image => image.Source.Target, StringComparer.Ordinal).ToList();
        var from = candidates.Select(candidate => candidate.Definition?.Place.File).OfType<string>().Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
        return new Discovered(images, from, guesses, problems, [.. leftOut.OrderBy(pair => pair.Key, StringComparer.Ordinal)]);
    }

    private string? TextOf(string path)
    {
        if (facts.Files.GetValueOrDefault(path) is not { } bytes)
        {
            return null;
        }

        var reason = bytes.Length > MaximumLength ? "it is larger than 1 MiB" : bytes.AsSpan().Contains((byte)0) ? "it is not text" : null;
        if (reason is null)
        {
            return Encoding.UTF8.GetString(bytes);
        }

        leftOut[path] = reason;
        return null;
    }

    private Dockerfile? Read(string path, string text)
    {
        try
        {
            _ = ProductValues.File(path, new SourceLocation(path, 1, 1));
            return Dockerfile.Parse(text, path);
        }
        catch (GraftException failure) when (failure.Kind == FailureKind.Input)
        {
            leftOut[path] = failure.Message;
            return null;
        }
    }

    private bool IsForeign(string path)
    {
        var isForeign = DockerfileNames.IsForeign(path);
        if (isForeign)
        {
            leftOut[path] = "its folder is for test data, an editor, templates or somebody else's code";
        }

        return isForeign;
    }

    // Where everything is in a folder called `samples`, that is what the product is.
    private bool IsAside(string path) => !isAllAside && DockerfileNames.IsAside(path);

    /// <summary>Without those that stand aside of the product, unless a manifest or a build file names them.</summary>
    private List<Candidate> OfTheProduct(List<Candidate> candidates)
    {
        var aside = candidates.Where(candidate => candidate is { Definition: null, Name: null } && IsAside(candidate.Path)).ToHashSet();
        foreach (var candidate in aside)
        {
            leftOut[candidate.Path] = "its folder is for tests, examples or documentation";
        }

        return [.. candidates.Where(candidate => !aside.Contains(candidate))];
    }

    private void ResolveContexts(Candidate candidate, List<Candidate> candidates)
    {
        foreach (var (name, value) in candidate.Contexts.Where(pair => pair.Value.StartsWith("target:", StringComparison.Ordinal)).ToList())
        {
            var wanted = value["target:".Length..];
            var place = candidate.Definition!.Place;
            var maker = candidates.FirstOrDefault(other => other.Folder == candidate.Folder && other.Aliases.Contains(wanted, StringComparer.Ordinal));
            if (maker is not null)
            {
                candidate.Contexts[name] = maker.Name!;
            }
            else
            {
                candidate.Contexts.Remove(name);
                problems.Add($"{place}: the context '{name}' of '{candidate.Definition.Name}' is the target '{wanted}', which is not there; it is left out");
            }
        }
    }

    // What others are made from has to be an image of its own: that is how a hotfix finds the one of the live release.
    private void SayStages(List<Candidate> candidates)
    {
        var listed = facts.Entries.Select(entry => entry.Image.Text).ToHashSet(StringComparer.Ordinal);
        guesses.AddRange(candidates
            .Where(candidate => candidate.Definition is { Images.Count: 0 } definition && !(definition.IsWanted && definition.IsImage) && !listed.Contains(candidate.Name!))
            .Select(candidate => $"{candidate.Origin}: '{candidate.Definition!.Name}' is built for others only; here it is the image '{candidate.Name}', which a release has to list"));
    }

    private ImageSource SourceOf(Candidate candidate)
    {
        var platforms = new List<Platform>();
        foreach (var text in candidate.Definition?.Platforms ?? [])
        {
            if (Platform.TryParse(text, out var platform))
            {
                platforms.Add(platform);
            }
        }

        return new ImageSource(
            candidate.Path, ImageName.Parse(candidate.Name!), candidate.Key, candidate.Context, candidate.Target, platforms, candidate.Args, candidate.Contexts, [], [],
            new Dictionary<string, string>());
    }
}

using Graft.Core.Bake;

namespace Graft.Core.Products.Discovery;

/// <summary>Reads compose files together with what stands beside them: values of their variables, and files for other ways of running the same services.</summary>
internal sealed class ComposeBuilds(IReadOnlyDictionary<string, string> texts, IReadOnlyDictionary<string, string> variables, List<string> guesses)
{
    private static readonly string[] MainNames = ["compose.yaml", "compose.yml", "docker-compose.yaml", "docker-compose.yml"];

    // Of `docker-compose.NAME.yml`, those whose name says that it is not about what is released.
    private static readonly string[] OtherPurposes = ["override", "dev", "devel", "development", "local", "debug", "test", "tests", "testing", "e2e", "ci", "example", "sample", "demo"];
    private const string VariableFileName = ".env";

    private readonly Dictionary<string, BuildDefinitions> read = new(StringComparer.Ordinal);

    /// <summary>The files that docker compose reads when it is told none.</summary>
    public IEnumerable<string> Main => texts.Keys.Where(IsMain).Order(StringComparer.Ordinal);

    /// <summary>The other files.</summary>
    public IEnumerable<string> Further => texts.Keys.Where(path => IsCompose(path) && !IsMain(path)).Order(StringComparer.Ordinal);

    public static bool IsCompose(string path)
    {
        var parts = path[(path.LastIndexOf('/') + 1)..].Split('.', '-', '_');
        return parts[^1] is "yml" or "yaml" && (parts[0] == "compose" || parts is ["docker", "compose", ..]) && !parts.Any(part => OtherPurposes.Contains(part, StringComparer.OrdinalIgnoreCase));
    }

    /// <summary>The file that gives a compose file's variables values.</summary>
    public static string VariableFileOf(string path) => RepositoryTree.Join(RepositoryTree.ParentOf(path), VariableFileName);

    /// <summary>What a file builds; a service that has no image there has the one that a further file pulls for it.</summary>
    public BuildDefinitions Read(string path)
    {
        var definitions = ReadFile(path);
        if (definitions is { UsesVariables: true, Builds.Count: > 0 })
        {
            guesses.Add($"{path}: its variables have the values that '{VariableFileOf(path)}' gives them");
        }

        var beside = Further.Where(other => other != path && RepositoryTree.ParentOf(other) == RepositoryTree.ParentOf(path)).ToList();
        return definitions with { Builds = [.. definitions.Builds.Select(build => build.Images.Count > 0 ? build : Named(build, beside))] };
    }

    private BuildDefinition Named(BuildDefinition build, List<string> files)
    {
        foreach (var file in files)
        {
            if (ReadFile(file).Pulled.TryGetValue(build.Name, out var image))
            {
                guesses.Add($"{build.Place.File}:{build.Place.Line}: '{build.Name}' is taken to build '{image}', which '{file}' pulls for it");
                return build with { Images = [image] };
            }
        }

        return build;
    }

    private BuildDefinitions ReadFile(string path)
    {
        if (!read.TryGetValue(path, out var definitions))
        {
            read[path] = definitions = ComposeReader.Read(path, texts[path], VariableFile.Read(variables.GetValueOrDefault(VariableFileOf(path), "")));
        }

        return definitions;
    }

    private static bool IsMain(string path) => MainNames.Contains(path[(path.LastIndexOf('/') + 1)..], StringComparer.Ordinal);
}

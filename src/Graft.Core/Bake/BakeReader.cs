using Graft.Core.Failures;

namespace Graft.Core.Bake;

/// <summary>
/// Reads bake files (docker/buildx, docs/bake-reference.md): variables with their defaults, targets with what they inherit, groups, matrices. Nothing
/// of the environment is looked at.
/// </summary>
public static class BakeReader
{
    private static readonly HclFile Nothing = new(new HclBody([], []), []);

    /// <summary>The builds of bake files of one folder, merged in this order as buildx does. What cannot be read is reported, never thrown.</summary>
    /// <param name="files">Path (its name ends in <c>.hcl</c> or <c>.json</c>) and text of each.</param>
    public static BuildDefinitions Read(IReadOnlyList<(string Path, string Text)> files)
    {
        var problems = new List<string>();
        var bodies = new List<HclBody>();
        foreach (var (path, text) in files)
        {
            var file = ReadFile(path, text, problems);
            problems.AddRange(file.Problems);
            bodies.Add(file.Body);
        }

        var builds = new BakeTargets(bodies, problems).All();
        return new BuildDefinitions(builds, problems);
    }

    private static HclFile ReadFile(string path, string text, List<string> problems)
    {
        try
        {
            return path.EndsWith(".json", StringComparison.OrdinalIgnoreCase) ? BakeJson.Read(text, path) : HclReader.Read(text, path);
        }
        catch (GraftException failure) when (failure.Kind == FailureKind.Input)
        {
            problems.Add(failure.Message);
            return Nothing;
        }
    }
}

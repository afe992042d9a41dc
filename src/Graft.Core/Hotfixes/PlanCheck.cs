using Graft.Core.Failures;
using Graft.Core.Images;
using Graft.Core.Products;
using Graft.Core.Releases;

namespace Graft.Core.Hotfixes;

/// <summary>
/// Holds that a plan that was read is one that a planner could have made: whoever wrote the file, carrying it out writes its own manifest, lock, images and
/// draft, and nothing else.
/// </summary>
internal static class PlanCheck
{
    /// <summary>The plan itself; an input failure that says what is wrong with it.</summary>
    public static HotfixPlan Checked(HotfixPlan plan, string file) =>
        FindProblem(plan) is { } problem ? throw GraftException.Input($"'{file}' cannot be carried out: {problem}", "cut the hotfix anew") : plan;

    private static string? FindProblem(HotfixPlan plan) =>
        ListsOf(plan).Any(list => list.Contains(null)) ? "it holds null where something belongs"
        : InFiles(plan) ?? InLock(plan) ?? InDraft(plan) ?? InManifest(plan) ?? plan.Builds.Select(build => InBuild(build, plan)).FirstOrDefault(problem => problem is not null)
        ?? InBuilds(plan) ?? PlanOrder.FindProblem(plan);

    // Each list is looked into only when the one that it is in holds no null.
    private static IEnumerable<IEnumerable<object?>> ListsOf(HotfixPlan plan)
    {
        yield return plan.Build.Options;
        yield return plan.Builds;
        yield return plan.Changes;
        yield return plan.Locked;
        yield return plan.Operations;
        foreach (var build in plan.Builds)
        {
            yield return build.Bases;
            yield return build.Source.Platforms;
            yield return build.Source.Inputs;
            yield return build.Source.Prepare;
            yield return build.Source.Args.Values;
            yield return build.Source.Contexts.Values;
            yield return build.Source.Secrets.Values;
        }

        foreach (var locked in plan.Locked)
        {
            yield return locked.Platforms.Values;
            yield return locked.From.Values;
        }

        foreach (var operation in plan.Operations)
        {
            yield return operation.After;
        }
    }

    private static string? InFiles(HotfixPlan plan) =>
        !IsPlace(plan.ManifestPath, $"{plan.Name}.yaml") ? $"'{plan.ManifestPath}' is no place for the manifest of '{plan.Name}'"
        : !IsPlace(plan.LockPath, ReleaseLock.FileOf(plan.Name)) ? $"'{plan.LockPath}' is no place for the lock of '{plan.Name}'"
        : null;

    private static bool IsPlace(string path, string name) =>
        RepositoryPath.FindProblem(path) is null && path.Split('/') is [.. { Length: > 0 } folders, var last] && last == name && !folders.Contains(".git", StringComparer.OrdinalIgnoreCase);

    private static string? InLock(HotfixPlan plan)
    {
        var taken = plan.Builds.Select(build => build.Reference.ToString()).ToHashSet(StringComparer.Ordinal);
        return plan.Locked.FirstOrDefault(locked => !ImageReference.TryParse(locked.Reference, out _) || !taken.Add(locked.Reference)) is { } wrong
            ? $"'{wrong.Reference}' has no place in its lock"
            : null;
    }

    private static string? InDraft(HotfixPlan plan) =>
        !ProductValues.IsGitName(plan.Tag) ? $"'{plan.Tag}' is not the name of a tag"
        : plan.Draft is not { } draft ? null
        : draft.ManifestAsset != $"{plan.Name}.yaml" && draft.ManifestAsset != "manifest.yaml" ? $"'{draft.ManifestAsset}' is no name for the draft's manifest"
        : draft.LockAsset != ReleaseLock.FileOf(plan.Name) ? $"'{draft.LockAsset}' is no name for the draft's lock"
        : null;

    private static string? InManifest(HotfixPlan plan)
    {
        try
        {
            var manifest = Manifest.Parse(plan.Manifest, "its manifest");
            return manifest.Name != plan.Name ? $"its manifest is that of '{manifest.Name}'"
                : manifest.Commit != plan.Commit ? $"its manifest is that of commit {manifest.Commit.Short}"
                : manifest.Hotfix?.Of != plan.Base ? $"its manifest is not that of a hotfix of '{plan.Base}'"
                : null;
        }
        catch (GraftException malformed)
        {
            return $"its manifest is malformed: {malformed.Message}";
        }
    }

    private static string? InBuilds(HotfixPlan plan) =>
        !ProductReader.Builders.Contains(plan.Build.With, StringComparer.Ordinal) ? $"'{plan.Build.With}' is no builder"
        : plan.Build.Builder is { } instance && !ProductValues.IsName(instance) ? $"'{instance}' is no name of a builder"
        : plan.Build.Options.Select(BuildOptions.FindProblem).FirstOrDefault(problem => problem is not null) is { } wrong ? wrong.Message
        : plan.Builds.CountBy(build => build.Reference.Name).FirstOrDefault(pair => pair.Value > 1).Key is { } twice ? $"it builds '{twice}' twice"
        : null;

    private static string? InBuild(PlannedBuild build, HotfixPlan plan)
    {
        var source = build.Source;
        return source.Image != build.Reference.Name || build.Reference != HotfixPlanner.BuiltReference(build.Reference.Name, plan.Name, plan.Commit)
                ? $"'{build.Reference}' is not what a build of '{source.Image}' is called"
            : RepositoryPath.FindProblem(source.Dockerfile) is not null ? $"'{source.Dockerfile}' is no Dockerfile of the repository"
            : RepositoryPath.FindProblem(source.Context) is not null ? $"'{source.Context}' is no folder of the repository"
            : source.Prepare is [var program, ..] && program.Contains('/', StringComparison.Ordinal) && RepositoryPath.FindProblem(program) is not null ? $"'{program}' is no program of the repository"
            : source.Secrets.Keys.FirstOrDefault(id => !ProductValues.IsName(id)) is { } id ? $"'{id}' is not the id of a secret"
            : source.Platforms.Count == 0 ? $"it builds '{source.Image}' for no platform"
            : null;
    }
}

namespace Graft.Core.Reviews;

/// <summary>Files whose few changed lines can change much: told by their names, as the tools that read them find them.</summary>
public static class SpecialFiles
{
    /// <summary>What a submodule is called here.</summary>
    public const string Submodule = "submodule";

    private static readonly HashSet<string> Locks = new(StringComparer.OrdinalIgnoreCase)
    {
        "package-lock.json", "npm-shrinkwrap.json", "yarn.lock", "pnpm-lock.yaml", "bun.lock", "bun.lockb", "deno.lock", "go.sum", "Cargo.lock", "Gemfile.lock", "poetry.lock",
        "Pipfile.lock", "uv.lock", "pdm.lock", "packages.lock.json", "composer.lock", "mix.lock", "pubspec.lock", "gradle.lockfile", "Podfile.lock", "flake.lock", "Chart.lock",
        ".terraform.lock.hcl", "Package.resolved", "conan.lock", "paket.lock",
    };

    private static readonly HashSet<string> Pipelines = new(StringComparer.OrdinalIgnoreCase)
    {
        ".gitlab-ci.yml", "Jenkinsfile", "azure-pipelines.yml", ".travis.yml", "bitbucket-pipelines.yml", ".drone.yml", "appveyor.yml", ".cirrus.yml",
    };

    private static readonly string[] PipelineFolders = [".github/workflows/", ".github/actions/", ".ci/", ".circleci/", ".buildkite/", ".gitlab/ci/", ".tekton/", ".woodpecker/"];

    private static readonly string[] MigrationFolders = ["migrations", "migration", "migrate", "flyway", "liquibase", "alembic"];

    /// <summary>What a path is beside ordinary code, in a word or two; null for the ordinary.</summary>
    public static string? Find(string path)
    {
        var folders = path.Split('/');
        var name = folders[^1];
        return Locks.Contains(name) ? "lock file"
            : IsDockerfile(name) ? "Dockerfile"
            : Pipelines.Contains(name) || Array.Exists(PipelineFolders, folder => path.StartsWith(folder, StringComparison.OrdinalIgnoreCase)) ? "CI"
            : name == ".gitmodules" ? Submodule
            : name == "graft.yaml" ? "graft.yaml"
            : folders.SkipLast(1).Any(folder => MigrationFolders.Contains(folder, StringComparer.OrdinalIgnoreCase)) ? "migration"
            : null;
    }

    private static bool IsDockerfile(string name) =>
        name is "Containerfile"
        || name.Equals("Dockerfile", StringComparison.OrdinalIgnoreCase)
        || name.StartsWith("Dockerfile.", StringComparison.OrdinalIgnoreCase)
        || name.EndsWith(".Dockerfile", StringComparison.OrdinalIgnoreCase)
        || name.EndsWith(".dockerignore", StringComparison.OrdinalIgnoreCase);
}

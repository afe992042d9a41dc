using Graft.Testing;

namespace Graft.Cli.Tests;

/// <summary>Whole runs: what was typed, what was said, and what it did to the world.</summary>
public sealed class GoldenRunTests : IDisposable
{
    private const string Release = SampleProduct.Release;

    private readonly SampleProduct product = new();
    private readonly WholeRun story;

    public GoldenRunTests()
    {
        product.PutOnPublisher(Release, product.Released);
        story = new WholeRun(product);
    }

    public void Dispose() => product.Dispose();

    [Fact]
    public void Generate_with_changed_versions_only()
    {
        story.Run(
            "hotfix", "generate", "--release", Release, "--offline",
            "--set", "bitnami/redis=7.2.5", "bitnami/postgresql:16.1.0=1e5", "registry.k8s.io/git-sync/git-sync=ghcr.io/git-sync/git-sync:v4.2.0", "--allow", "affected-not-built");

        story.Check("generate-set");
    }

    [Fact]
    public void From_the_tag_to_a_branch_with_the_fix()
    {
        product.Repository.Git("switch", "--quiet", "main");
        var needed = product.Repository.Commit("Name the unit", ("src/api/app/session.conf", "timeout = 0s\n")).ToString();
        var fix = product.Repository.Commit("Let sessions last an hour (#12)", ("src/api/app/session.conf", "timeout = 3600s\n")).ToString();
        product.Repository.Push();

        story.Run("hotfix", "start", "hotfix/hour", "--release", Release);
        story.Run("hotfix", "pick", "--pr", "12");
        story.Run("hotfix", "pick", "--abort");
        story.Run("hotfix", "pick", needed, fix);
        story.Run("hotfix", "pick", fix, "--json");
        story.Run("hotfix", "pick", needed);
        product.Repository.Write("src/api/app/session.conf", "timeout = 3600s # from 0s\n");
        product.Repository.Git("add", "src");
        story.Run("hotfix", "pick", "--continue");

        story.Check("start-and-pick");
    }

    [Fact]
    public void Review_of_a_branch()
    {
        var git = product.Repository;
        git.Git("cherry-pick", "-x", "origin/main");
        git.Commit("Log more", ("src/base/etc/acme.conf", "log = debug\n"), ("src/api/package-lock.json", "{}\n"), ("logo.png", "\0png"));
        git.Push();

        story.Run("hotfix", "review");
        story.Run("hotfix", "review", "--json");
        git.Write("README.md", "dirty\n");
        story.Run("hotfix", "review", "--base", "HEAD~1");

        story.Check("review");
    }

    [Fact]
    public void Generate_refused()
    {
        product.Repository.Write("README.md", "dirty\n");

        story.Run("hotfix", "generate", "--release", Release, "--set", "bitnami/redis=7.2.5", "acme/web=never-pushed", "--allow", "affected-not-built");
        story.RunOnTerminal("hotfix", "generate", "--yes", "--release", Release, "--set", "bitnami/redis=7.2.5", "--allow", "affected-not-built");

        story.Check("generate-refused");
    }

    [Fact]
    public void Generate_as_a_dry_run()
    {
        story.Run("hotfix", "generate", "--release", Release, "--offline", "--set", "bitnami/redis=7.2.5", "--allow", "affected-not-built", "--name", "3.2.203001010000", "--dry-run");
        story.Run("hotfix", "generate", "--release", Release, "--offline", "--set", "bitnami/redis=7.2.5", "--allow", "affected-not-built", "--name", "3.2.203001010000", "--dry-run", "--json");
        story.Run("hotfix", "generate", "--release", Release, "--set", "bitnami/redis=7.2.5", "--allow", "affected-not-built", "--name", "3.2.203001010000", "--dry-run");

        story.Check("generate-dry-run");
    }

    [Fact]
    public void Generate_for_a_script()
    {
        story.Run("hotfix", "generate", "--release", Release, "--offline", "--set", "bitnami/redis=7.2.5", "--allow", "affected-not-built", "--json", "--quiet");

        story.Check("generate-json");
    }

    [Fact]
    public void From_a_draft_to_a_release()
    {
        var hotfix = product.CutHotfix();

        story.Run("release", "list");
        story.Run("release", "publish", hotfix, "--offline", "--dry-run");
        story.Run("release", "publish", hotfix, "--offline", "--yes");
        story.Run("release", "publish", hotfix, "--yes", "--json");
        story.Run("release", "list");

        story.Check("publish");
    }

    [Fact]
    public void Looking_at_releases()
    {
        var hotfix = product.CutHotfix();
        product.Run($"release publish {hotfix} --yes --offline").Succeeded();
        var second = product.CutHotfix(of: hotfix, set: "acme-tools/lint=2.20");

        foreach (var line in new[] { "release list", $"release show {second}", $"release diff {Release} {second}", "release tree", $"release images {second}" })
        {
            story.Run(line.Split(' '));
            story.Run([.. line.Split(' '), "--json"]);
        }

        story.RunOnTerminal("release", "list");

        story.Check("looking");
    }

    [Fact]
    public void Downloading_manifests()
    {
        Directory.Delete(product.At("releases"), recursive: true);

        story.Run("release", "download");
        File.AppendAllText(product.At($"releases/{Release}.yaml"), "# mine\n");
        story.Run("release", "download");
        story.Run("release", "download", "--force", "--json");

        story.Check("download");
    }

    [Fact]
    public void Runs_and_nothing_to_resume()
    {
        story.Run("hotfix", "runs");
        story.Run("hotfix", "resume");
        var hotfix = product.CutHotfix();
        story.Run("hotfix", "runs");
        story.Run("hotfix", "runs", "--json");
        story.Run("hotfix", "resume", hotfix);

        story.Check("runs");
    }
}

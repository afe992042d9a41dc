using System.Text.Json;
using Graft.Testing;

namespace Graft.Cli.Tests;

/// <summary>Every guard: when it refuses (exit code 3), what it says, and that it can be allowed by name.</summary>
public sealed class GuardTests : IDisposable
{
    private const string Release = SampleProduct.Release;

    private readonly SampleProduct product = new();

    private TemporaryRepository Git => product.Repository;

    public void Dispose() => product.Dispose();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Dirty_tree(bool isStaged)
    {
        Git.Write("README.md", "changed\n");
        if (isStaged)
        {
            Git.Git("add", "README.md");
        }

        RefusesUnlessAllowed("dirty-tree", "tracked files are modified: README.md");
    }

    [Fact]
    public void Dirty_tree_leaves_untracked_files_alone()
    {
        Git.Write("notes.txt", "mine\n");

        Generate().Succeeded();
    }

    [Fact]
    public void What_refuses_is_shown_first_then_what_is_allowed_then_warnings()
    {
        Git.Write("src/web/public/index.html", "changed\n");
        Git.Commit("Outside", ("docs/why.md", "because\n"));
        Git.Write("src/web/public/index.html", "changed again\n");

        var labels = product.Graft.Run("hotfix", "generate", "--release", Release, "--set", "bitnami/redis=7.2.5", "--offline", "--allow", "not-pushed").Error.Split('\n').Select(line => line.Split(':')[0]).Where(label => label is "refused" or "allowed" or "warning").ToList();

        Assert.Equal(["refused", "allowed", "warning"], labels.Distinct());
        Assert.Equal(labels.OrderBy(label => label switch { "refused" => 0, "allowed" => 1, _ => 2 }), labels);
        Assert.True(labels.Count > 3, string.Join(' ', labels));
    }

    [Fact]
    public void Not_pushed()
    {
        var head = Git.Commit("More", ("src/api/app/session.conf", "timeout = 7200\n"));

        RefusesUnlessAllowed("not-pushed", $"HEAD {head.Short} is on no branch of 'origin'", $"`git push -u origin {SampleProduct.Branch}`");
    }

    [Fact]
    public void Not_pushed_as_far_as_is_known_without_the_remote()
    {
        var head = Git.Commit("More", ("src/api/app/session.conf", "timeout = 7200\n"));
        Directory.Move(Git.Remote, Git.Beside("elsewhere.git"));

        var message = RefusesUnlessAllowed("not-pushed").GetProperty("message").GetString()!;
        Assert.StartsWith($"HEAD {head.Short} is on no branch of 'origin' (as far as the tracking branches say; the remote was not reached: ", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Not_pushed_is_a_warning_when_the_tracking_branches_have_it_and_the_remote_is_out_of_reach()
    {
        Directory.Move(Git.Remote, Git.Beside("elsewhere.git"));

        var finding = Finding(Generate().Succeeded(), "not-pushed");
        Assert.Equal("warning", finding.GetProperty("severity").GetString());
        Assert.StartsWith("'origin' was not reached (", finding.GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Pushed_to_a_branch_of_another_name_and_moved_on_there()
    {
        Git.Git("push", "--quiet", "origin", "--delete", SampleProduct.Branch);
        Git.Commit("Further");
        Git.Git("push", "--quiet", "origin", "HEAD:refs/heads/another");
        Git.Git("reset", "--quiet", "--hard", "HEAD~1");

        Generate().Succeeded();
    }

    [Fact]
    public void Wrong_base_when_the_branch_is_not_made_from_the_tag()
    {
        Git.Git("switch", "--quiet", "--create", "elsewhere", $"v{Release}~1");
        Git.Git("checkout", "--quiet", $"v{Release}", "--", ".");
        Git.Commit("The same files, another history");
        Git.Push();

        RefusesUnlessAllowed("wrong-base", $"HEAD does not descend from tag 'v{Release}'", $"branch from it: `graft hotfix start NAME --release {Release}`");
    }

    [Fact]
    public void Wrong_base_when_the_tag_is_not_the_manifests_commit()
    {
        product.WriteManifest(Release, product.ReadManifest(Release).Replace($"commit: {product.Released}", $"commit: {product.Fix}", StringComparison.Ordinal));

        RefusesUnlessAllowed("wrong-base", $"tag 'v{Release}' is at {product.Released.Short}, but the manifest of '{Release}' says {product.Fix.Short}", "find out which one is live before going on");
    }

    [Fact]
    public void Unpublished_base()
    {
        product.PutOnPublisher(Release, product.Released, isDraft: true);

        RefusesUnlessAllowed("unpublished-base", $"'{Release}' is still a draft");
    }

    [Fact]
    public void Newer_hotfix_with_a_commit_that_this_branch_lacks()
    {
        var newer = product.CutHotfix();
        product.Run($"release publish {newer} --yes --offline").Succeeded();
        Git.Git("switch", "--quiet", "--create", "hotfix/other", $"v{Release}");
        Git.Commit("Another fix", ("src/web/public/index.html", "<p>Hello.</p>\n"));
        Git.Push();

        RefusesUnlessAllowed("newer-hotfix", $"'{newer}' is a later hotfix of the same lineage, which has a commit that this branch lacks", $"cut this one from '{newer}', or bring its commits here");
    }

    [Fact]
    public void Newer_hotfix_that_is_still_a_draft_is_nothing_to_mind()
    {
        product.CutHotfix();
        Git.Git("switch", "--quiet", "--create", "hotfix/other", $"v{Release}");
        Git.Commit("Another fix", ("src/web/public/index.html", "<p>Hello.</p>\n"));
        Git.Push();

        Generate().Succeeded();
    }

    [Fact]
    public void Newer_hotfix_whose_commits_are_all_here_is_nothing_to_mind()
    {
        var newer = product.CutHotfix();
        product.Run($"release publish {newer} --yes --offline").Succeeded();

        Generate().Succeeded();
    }

    [Fact]
    public void Missing_image() =>
        RefusesUnlessAllowed("missing-image", "'acme/web:never-pushed' does not exist", "name a version that was pushed", set: "acme/web=never-pushed");

    [Fact]
    public void Unchecked_image()
    {
        var refused = product.Run($"hotfix generate --json --release {Release} --set bitnami/redis=7.2.5 --allow affected-not-built");

        Assert.Equal(3, refused.ExitCode);
        Assert.Equal("'bitnami/redis:7.2.5' was not checked: 'docker.io' was not reached: connection refused", Finding(refused, "unchecked-image").GetProperty("message").GetString());
        Assert.Equal("pass `--offline` to go without the check", Finding(refused, "unchecked-image").GetProperty("hint").GetString());
        Assert.True(Finding(product.Run($"hotfix generate --json --release {Release} --set bitnami/redis=7.2.5 --allow affected-not-built --allow unchecked-image").Succeeded(), "unchecked-image").GetProperty("allowed").GetBoolean());
    }

    [Fact]
    public void Unchecked_image_is_a_warning_offline()
    {
        var finding = Finding(Generate().Succeeded(), "unchecked-image");

        Assert.Equal("warning", finding.GetProperty("severity").GetString());
        Assert.Equal("'bitnami/redis:7.2.5' was not checked: `--offline` asks no registry", finding.GetProperty("message").GetString());
    }

    [Fact]
    public void Tag_taken()
    {
        Git.Git("tag", "v3.2.203001010000", "HEAD");

        var refused = Generate("--name", "3.2.203001010000");

        Assert.Equal(3, refused.ExitCode);
        var finding = Finding(refused, "tag-taken");
        Assert.Equal("'3.2.203001010000' is in use: git tag 'v3.2.203001010000' exists", finding.GetProperty("message").GetString());
        Assert.False(finding.GetProperty("allowed").GetBoolean());
        Assert.Single(product.Releases);
    }

    [Fact]
    public void Tag_taken_by_a_tag_that_only_the_remote_has()
    {
        Git.Git("push", "--quiet", "origin", "HEAD:refs/tags/v3.2.203001010000");

        var refused = Generate("--name", "3.2.203001010000");

        Assert.Equal(3, refused.ExitCode);
        Assert.Equal("'3.2.203001010000' is in use: git tag 'v3.2.203001010000' exists", Finding(refused, "tag-taken").GetProperty("message").GetString());
    }

    [Fact]
    public void Shallow_clone()
    {
        var clone = Git.Beside("clone");
        Git.Git("clone", "--quiet", "--depth=1", $"--branch={SampleProduct.Branch}", $"file://{Git.Remote}", clone);
        Git.GitIn(clone, "fetch", "--quiet", "--depth=1", "origin", $"refs/tags/v{Release}:refs/tags/v{Release}");
        Directory.CreateDirectory(Path.Combine(clone, "releases"));
        File.Copy(product.At($"releases/{Release}.yaml"), Path.Combine(clone, "releases", $"{Release}.yaml"));
        string[] line = ["-C", clone, .. Line("bitnami/redis=7.2.5")];

        var refused = product.Graft.Run(line);
        Assert.Equal(3, refused.ExitCode);
        var finding = Finding(refused, "shallow-clone");
        Assert.Equal($"the clone is shallow: its history does not reach the tag of '{Release}'", finding.GetProperty("message").GetString());
        Assert.Equal("`git fetch --unshallow --tags`", finding.GetProperty("hint").GetString());

        Assert.True(Finding(product.Graft.Run([.. line, "--allow", "shallow-clone"]).Succeeded(), "shallow-clone").GetProperty("allowed").GetBoolean());
    }

    [Fact]
    public void Conflict_markers()
    {
        Git.Commit("Half merged", ("src/api/app/session.conf", "<<<<<<< HEAD\ntimeout = 1\n=======\ntimeout = 2\n>>>>>>> fix\n"));
        Git.Push();

        var finding = RefusesUnlessAllowed("conflict-markers");
        Assert.StartsWith("changed files hold conflict markers: src/api/app/session.conf:1", finding.GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public void All_refusals_are_reported_together()
    {
        product.PutOnPublisher(Release, product.Released, isDraft: true);
        Git.Commit("Half merged", ("src/api/app/session.conf", "<<<<<<< HEAD\ntimeout = 1\n=======\ntimeout = 2\n>>>>>>> fix\n"));
        Git.Write("README.md", "changed\n");

        var refused = product.Run($"hotfix generate --json --release {Release} --set bitnami/redis=7.2.5 acme/web=never-pushed --allow dirty-tree affected-not-built");

        Assert.Equal(3, refused.ExitCode);
        var guards = refused.Json().GetProperty("guards").EnumerateArray().ToList();
        Assert.Equal(
            ["conflict-markers", "missing-image", "not-pushed", "unchecked-image", "unpublished-base"],
            guards.Where(guard => guard.GetProperty("severity").GetString() == "error" && !guard.GetProperty("allowed").GetBoolean()).Select(guard => guard.GetProperty("guard").GetString()!).Order(StringComparer.Ordinal));
        Assert.True(Finding(refused, "dirty-tree").GetProperty("allowed").GetBoolean());
        Assert.Equal($"cannot cut a hotfix of '{Release}': 5 guards refuse", refused.Json().GetProperty("error").GetProperty("message").GetString());
    }

    [Fact]
    public void Allowing_what_did_not_fire_is_no_error() => Generate("--allow", "dirty-tree", "too-much", "digest-drift").Succeeded();

    [Fact]
    public void A_refusal_changes_nothing()
    {
        Git.Write("README.md", "changed\n");
        Generate();

        Assert.Equal([Release], product.Releases);
        Assert.False(Directory.Exists(product.At(".graft/runs")));
        Assert.False(Directory.Exists(product.At(".graft/published")));
    }

    private static string[] Line(string set) => ["hotfix", "generate", "--json", "--offline", "--release", Release, "--set", set, "--allow", "affected-not-built"];

    private GraftResult Generate(params string[] more) => product.Graft.Run([.. Line("bitnami/redis=7.2.5"), .. more]);

    private static JsonElement Finding(GraftResult result, string guard) =>
        result.Json().GetProperty("guards").EnumerateArray().FirstOrDefault(finding => finding.GetProperty("guard").GetString() == guard) is { ValueKind: JsonValueKind.Object } found
            ? found
            : throw new InvalidOperationException($"'{guard}' did not fire: {result}");

    private JsonElement RefusesUnlessAllowed(string guard, string? message = null, string? hint = null, string set = "bitnami/redis=7.2.5")
    {
        var refused = product.Graft.Run(Line(set));
        var finding = Finding(refused, guard);
        Assert.Equal(3, refused.ExitCode);
        Assert.Equal("error", finding.GetProperty("severity").GetString());
        Assert.False(finding.GetProperty("allowed").GetBoolean());
        Assert.Equal(message ?? finding.GetProperty("message").GetString(), finding.GetProperty("message").GetString());
        Assert.Equal(hint ?? finding.GetProperty("hint").GetString(), finding.GetProperty("hint").GetString());
        Assert.Equal($"cannot cut a hotfix of '{Release}': 1 guard refuses", refused.Json().GetProperty("error").GetProperty("message").GetString());
        Assert.Equal($"mend that, or pass `--allow {guard}`", refused.Json().GetProperty("error").GetProperty("hint").GetString());

        var allowed = Finding(product.Graft.Run([.. Line(set), "--allow", guard]).Succeeded(), guard);
        Assert.True(allowed.GetProperty("allowed").GetBoolean());
        return finding;
    }
}

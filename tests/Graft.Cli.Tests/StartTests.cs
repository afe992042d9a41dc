using Graft.Testing;

namespace Graft.Cli.Tests;

/// <summary><c>graft hotfix start</c>: a branch from a release's tag, or nothing.</summary>
public sealed class StartTests : IDisposable
{
    private const string Release = SampleProduct.Release;
    private const string Branch = "hotfix/new";

    private readonly SampleProduct product = new();

    private TemporaryRepository Git => product.Repository;

    public void Dispose() => product.Dispose();

    [Fact]
    public void Branches_from_the_tag_without_an_upstream_and_says_what_to_type_next()
    {
        var result = product.Run($"hotfix start {Branch} --release {Release}").Succeeded();

        Assert.Equal(Branch, Git.Git("branch", "--show-current"));
        Assert.Equal(product.Released, Git.Head);
        Assert.Equal("", Git.Git("for-each-ref", "--format=%(upstream)", $"refs/heads/{Branch}"));
        Assert.Equal("", Git.Git("status", "--porcelain"));
        Assert.EndsWith($"next:\n  graft hotfix pick COMMIT   # or fix it here, and commit\n  git push -u origin {Branch}\n  graft hotfix generate --release {Release}\n", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Fetches_a_tag_that_is_not_here_and_says_how_to_get_the_manifest()
    {
        Git.Git("tag", "--delete", $"v{Release}");
        File.Delete(product.At($"releases/{Release}.yaml"));

        var result = product.Run($"hotfix start {Branch} --release v{Release} --json").Succeeded().Json();

        Assert.Equal((product.Released, product.Released), (Git.Head, CommitOf($"refs/tags/v{Release}")));
        Assert.Equal(System.Text.Json.JsonValueKind.Null, result.GetProperty("manifest").ValueKind);
        Assert.Contains("\n  graft release download ", product.Run($"hotfix start other --release {Release}").Succeeded().Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_tag_that_moved_on_the_remote_stays_and_is_said()
    {
        Git.Git("tag", "--no-sign", "nightly", "main");
        Git.Git("push", "--quiet", "--force", "origin", $"v{Release}~0:refs/tags/nightly");
        Git.Git("push", "--quiet", "origin", "main:refs/tags/later");
        var nightly = CommitOf("nightly");

        var result = product.Run($"hotfix start {Branch} --release {Release}").Succeeded();

        Assert.Equal((nightly, CommitOf("main")), (CommitOf("nightly"), CommitOf("later")));
        Assert.Contains($"warning: tag 'nightly' is at {nightly.Short} here, at {product.Released.Short} on 'origin'; what is here stays\n", result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("not everything was fetched", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Refuses_a_release_whose_tag_moved_on_the_remote()
    {
        Git.Git("push", "--quiet", "--force", "origin", $"main~0:refs/tags/v{Release}");

        Refuses(3, $"tag 'v{Release}' is at {product.Released.Short} here and in the manifest of '{Release}', but at {CommitOf("main").Short} on 'origin'", $"hotfix start {Branch} --release {Release}");
    }

    [Fact]
    public void Refuses_a_tag_that_is_not_the_manifests_commit()
    {
        product.WriteManifest(Release, product.ReadManifest(Release).Replace($"commit: {product.Released}", $"commit: {product.Fix}", StringComparison.Ordinal));

        Refuses(3, $"tag 'v{Release}' is at {product.Released.Short}, but the manifest of '{Release}' says {product.Fix.Short}", $"hotfix start {Branch} --release {Release}");
    }

    [Fact]
    public void Refuses_a_dirty_tree()
    {
        Git.Write("README.md", "mine\n");

        Refuses(3, "tracked files are modified: README.md", $"hotfix start {Branch} --release {Release}");
        Assert.Equal("mine\n", product.Read("README.md"));
    }

    [Fact]
    public void Refuses_while_a_merge_is_not_finished()
    {
        Git.Git("merge", "--quiet", "--no-commit", "--no-ff", "main");

        Refuses(3, "a merge is not finished", $"hotfix start {Branch} --release {Release}");
    }

    [Theory]
    [InlineData("--upload-pack=x", 2, "unknown option")]
    [InlineData("-- --upload-pack=x", 4, "'--upload-pack=x' cannot be the name of a branch")]
    [InlineData("a..b", 4, "'a..b' cannot be the name of a branch")]
    [InlineData("@{-1}", 4, "'@{-1}' cannot be the name of a branch")]
    [InlineData("HEAD", 4, "'HEAD' cannot be the name of a branch")]
    [InlineData("x.lock", 4, "'x.lock' cannot be the name of a branch")]
    [InlineData("main", 4, "there is a branch 'main' already")]
    [InlineData("hotfix", 4, "there can be no branch 'hotfix' beside 'hotfix/session-timeout'")]
    [InlineData("main/x", 4, "there can be no branch 'main/x' beside 'main'")]
    [InlineData("v3.2.202511230446", 4, "there is a tag 'v3.2.202511230446'")]
    [InlineData("elsewhere", 4, "'origin' has a branch 'elsewhere' already")]
    public void Refuses_a_branch_name(string branch, int code, string message)
    {
        Git.Git("push", "--quiet", "origin", "main:refs/heads/elsewhere");

        Refuses(code, message, $"hotfix start --release {Release} {branch}");
    }

    [Fact]
    public void Refuses_a_branch_name_that_no_file_can_have()
    {
        Refuses(4, "the branch's name has a part of more than 250 bytes, which git cannot keep in a file", $"hotfix start --release {Release} fix/{new string('a', 251)}");

        Assert.Equal("", Git.Git("status", "--porcelain"));
    }

    [Fact]
    public void Refuses_a_branch_name_with_blanks()
    {
        var result = product.Graft.Run("hotfix", "start", "a b", "--release", Release);

        Assert.Equal((4, true), (result.ExitCode, result.Error.StartsWith("error: 'a b' cannot be the name of a branch\n", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("3.2.202511230447", 4, "tag 'v3.2.202511230447' of release '3.2.202511230447' is neither here nor on 'origin'", "did you mean `3.2.202511230446`?")]
    [InlineData("3.2.20251123046", 4, "'3.2.20251123046' is not a release name", "did you mean `3.2.202511230446`?")]
    [InlineData("main", 4, "'main' is not a release name", "a release is named `MAJOR.MINOR.yyyyMMddHHmm`")]
    public void Offers_the_nearest_release(string release, int code, string message, string hint)
    {
        Assert.Contains(hint, Refuses(code, message, $"hotfix start {Branch} --release {release}"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_answer_names_its_option()
    {
        Refuses(2, "no release is named", $"hotfix start {Branch}");
        Refuses(2, "no branch is named", $"hotfix start --release {Release}");
    }

    [Fact]
    public void Without_the_remote_the_tag_that_is_here_is_used()
    {
        Directory.Move(Git.Remote, Git.Beside("elsewhere.git"));

        var result = product.Run($"hotfix start {Branch} --release {Release}").Succeeded();

        Assert.Contains("; the tag that is here is used\n", result.Error, StringComparison.Ordinal);
        Assert.Equal(product.Released, Git.Head);
    }

    [Fact]
    public void Without_the_remote_a_tag_that_is_not_here_is_a_failure_outside()
    {
        Directory.Move(Git.Remote, Git.Beside("elsewhere.git"));
        Git.Git("tag", "--delete", $"v{Release}");

        Refuses(5, $"tag 'v{Release}' of release '{Release}' is not here, and 'origin' was not reached: ", $"hotfix start {Branch} --release {Release}");
    }

    [Fact]
    public void A_worktree_of_its_own_leaves_what_is_half_done_alone()
    {
        Git.Write("README.md", "half done\n");

        var result = product.Run($"hotfix start {Branch} --release {Release} --worktree ../beside").Succeeded();

        Assert.Equal("half done\n", product.Read("README.md"));
        Assert.Equal(SampleProduct.Branch, Git.Git("branch", "--show-current"));
        Assert.Equal(Branch, Git.GitIn(Git.Beside("beside"), "branch", "--show-current"));
        Assert.Contains("\n  cd ../beside\n  graft hotfix pick COMMIT", result.Error, StringComparison.Ordinal);
        Assert.Contains(Release, (product.Graft with { Directory = Git.Beside("beside") }).Run("release", "list").Succeeded().Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Refuses_a_worktree_where_something_is()
    {
        Refuses(4, "'src' is not an empty folder", $"hotfix start {Branch} --release {Release} --worktree src");
    }

    [Fact]
    public void A_dry_run_fetches_and_makes_nothing()
    {
        Git.Git("tag", "--delete", $"v{Release}");

        var result = product.Run($"hotfix start {Branch} --release {Release} --dry-run --json").Succeeded().Json();

        Assert.Equal((product.Released.ToString(), true), (result.GetProperty("commit").GetString(), result.GetProperty("dryRun").GetBoolean()));
        Assert.Equal("", Git.Git("tag", "--list") + Git.Git("branch", "--list", Branch));
    }

    [Fact]
    public void A_file_in_the_way_leaves_everything_as_it_was()
    {
        Git.Git("switch", "--quiet", "main");
        Git.Git("rm", "--quiet", "graft.yaml");
        Git.Commit("Move the configuration");
        Git.Write("graft.yaml", SampleFiles.Configuration + "# mine\n");

        Refuses(5, $"cannot start branch '{Branch}': ", $"hotfix start {Branch} --release {Release}");
        Assert.EndsWith("# mine\n", product.Read("graft.yaml"), StringComparison.Ordinal);
        Assert.Equal("", Git.Git("branch", "--list", Branch));
    }

    [Fact]
    public void A_hook_that_complains_afterwards_is_quoted()
    {
        Git.Write(".git/hooks/post-checkout", "#!/bin/sh\necho 'no tea' >&2\nexit 1\n");
        product.Executable(".git/hooks/post-checkout");

        Assert.Contains($"warning: branch '{Branch}' is made, but a hook complained: no tea\n", product.Run($"hotfix start {Branch} --release {Release}").Succeeded().Error, StringComparison.Ordinal);
    }

    [Fact]
    public void At_a_terminal_it_asks()
    {
        using var terminal = product.Graft.StartOnTerminal("hotfix", "start");
        terminal.Answer("which release is fixed?", Keys.Enter);
        terminal.Answer("name of the branch:", "main" + Keys.Enter);
        terminal.WaitFor("there is a branch 'main' already");
        terminal.Answer("name of the branch:", Branch + Keys.Enter);

        Assert.Equal(0, terminal.WaitForExit().ExitCode);
        Assert.Equal((Branch, product.Released), (Git.Git("branch", "--show-current"), Git.Head));
    }

    private Core.Releases.CommitId CommitOf(string revision) => Core.Releases.CommitId.Parse(Git.Git("rev-parse", revision + "^{commit}"));

    // What it said; nothing is to have changed.
    private string Refuses(int code, string message, string line)
    {
        var before = (Git.Head, Git.Git("for-each-ref"), Git.Git("status", "--porcelain"));

        var result = product.Run(line);

        Assert.Contains(message, result.Error, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(code, result.ExitCode);
        Assert.Equal(before, (Git.Head, Git.Git("for-each-ref"), Git.Git("status", "--porcelain")));
        return result.Error;
    }
}

using System.Text.Json;
using Graft.Testing;

namespace Graft.Cli.Tests;

/// <summary><c>hotfix review</c> on real repositories: what is said of each kind of commit.</summary>
public sealed class ReviewTests : IDisposable
{
    private const string Release = SampleProduct.Release;

    private readonly SampleProduct product = new();

    public ReviewTests() => product.PutOnPublisher(Release, product.Released);

    private TemporaryRepository Git => product.Repository;

    public void Dispose() => product.Dispose();

    [Fact]
    public void Says_when_a_commit_is_nowhere_on_main()
    {
        var document = Review();

        Assert.Equal(["Let sessions last an hour: no"], Commits(document));
        Assert.Contains("a commit has no equivalent on 'origin/main', so the next release would lose it", Guard(document, "not-on-main"), StringComparison.Ordinal);
    }

    [Fact]
    public void Finds_the_same_change_under_another_name()
    {
        OnMain(() => Git.Git("cherry-pick", product.Fix.ToString()));

        var document = Review();

        Assert.Equal(["Let sessions last an hour: same"], Commits(document));
        Assert.Equal(Git.Git("rev-parse", "origin/main"), document.GetProperty("commits")[0].GetProperty("equivalent").GetString());
        Assert.Null(Guard(document, "not-on-main"));
    }

    [Fact]
    public void Takes_another_indentation_for_another_change()
    {
        OnMain(() => Git.Commit("Nearly the same", ("src/api/app/session.conf", "  timeout = 3600\n")));

        Assert.Equal(["Let sessions last an hour: no"], Commits(Review()));
    }

    [Fact]
    public void Compares_a_pick_with_its_source()
    {
        var greeting = Git.Git("rev-parse", "origin/main");
        Git.Git("cherry-pick", "-x", greeting);
        var whole = Review();
        Git.Write("src/web/public/index.html", "<p>Welcome, all of you.</p>\n");
        Git.Git("commit", "--quiet", "--all", "--amend", "--no-edit");
        var changed = Review();

        Assert.Equal("Greet by name: same", Commits(whole)[0]);
        Assert.Equal((greeting, "same"), Pick(whole));
        Assert.Equal("Greet by name: similar", Commits(changed)[0]);
        Assert.Equal((greeting, "differs"), Pick(changed));
    }

    [Fact]
    public void Finds_what_was_brought_to_main_and_changed_there()
    {
        OnMain(() =>
        {
            Git.Git("cherry-pick", "-x", product.Fix.ToString());
            Git.Write("src/api/app/session.conf", "timeout = 7200\n");
            Git.Git("commit", "--quiet", "--all", "--amend", "--no-edit");
        });

        Assert.Equal(["Let sessions last an hour: similar"], Commits(Review()));
    }

    [Fact]
    public void Does_not_say_no_where_main_is_not_here()
    {
        Git.Git("update-ref", "-d", "refs/remotes/origin/main");

        var document = Review();

        Assert.Equal(["Let sessions last an hour: unknown"], Commits(document));
        Assert.Contains("whether 'origin/main' has a commit is unknown", Guard(document, "not-on-main"), StringComparison.Ordinal);
        Assert.Contains("'origin/main' is not here: `git fetch origin`", Guard(document, "not-on-main"), StringComparison.Ordinal);
    }

    [Fact]
    public void Does_not_say_no_where_main_cannot_be_read()
    {
        Git.Git("update-ref", "--no-deref", "refs/remotes/origin/main", Git.Git("rev-parse", "origin/main"));
        var tree = Git.Git("rev-parse", "origin/main^{tree}");
        File.Delete(Git.At($".git/objects/{tree[..2]}/{tree[2..]}"));

        Assert.Equal(["Let sessions last an hour: unknown"], Commits(Review()));
    }

    [Fact]
    public void Shows_a_revert_as_a_commit_of_its_own()
    {
        Git.Git("revert", "--no-edit", "HEAD");
        Git.Push();

        var document = Review();

        Assert.Equal(["Revert \"Let sessions last an hour\": no", "Let sessions last an hour: no"], Commits(document));
        Assert.Empty(document.GetProperty("files").EnumerateArray());
    }

    [Fact]
    public void Calls_out_a_merge_from_main()
    {
        Git.Git("merge", "--quiet", "--no-edit", "origin/main");
        Git.Push();

        var document = Review();
        var text = product.Run("hotfix review").Output;

        Assert.Equal(["Merge remote-tracking branch 'origin/main' into hotfix/session-timeout: ", "Let sessions last an hour: no", "Greet by name: same"], Commits(document).Order(StringComparer.Ordinal).Reverse());
        Assert.Contains("\n1 merge from elsewhere, with 1 commit of origin/main itself: a hotfix takes\ncommits, not branches\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Calls_out_a_branch_that_was_made_from_main()
    {
        Git.Git("switch", "--quiet", "--create", "wrong", "origin/main");
        Git.Push();

        var text = product.Run("hotfix review").Output;

        Assert.Contains("\n1 commit of origin/main itself: is the base the right one?\n", text, StringComparison.Ordinal);
        Assert.Contains("is on origin/main itself\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Refuses_a_branch_that_does_not_descend_from_its_base()
    {
        Git.Git("switch", "--quiet", "--create", "elsewhere", $"v{Release}~1");
        Git.Git("checkout", "--quiet", $"v{Release}", "--", ".");
        Git.Commit("The same files, another history");
        Git.Push();

        var result = product.Run($"hotfix review --base {Release}");

        Assert.Equal(3, result.ExitCode);
        Assert.Contains($"HEAD does not descend from tag 'v{Release}'", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Refuses_more_than_the_budget_and_says_so_first()
    {
        Git.Commit("Much", [.. Enumerable.Range(0, 25).Select(number => ($"docs/{number}.md", "text\n"))]);
        Git.Push();

        var document = product.Run("hotfix review --json");

        Assert.Equal(3, document.ExitCode);
        Assert.Equal("too-much", document.Json().GetProperty("guards")[0].GetProperty("guard").GetString());
        Assert.Contains("26 files of 20", Guard(document.Json(), "too-much"), StringComparison.Ordinal);
    }

    [Fact]
    public void Needs_no_manifest_and_takes_any_commit()
    {
        Directory.Delete(product.At("releases"), recursive: true);

        Assert.Equal(["Let sessions last an hour: no"], Commits(Review()));
        Assert.Equal(["Let sessions last an hour: no"], Commits(product.Run("hotfix review --json --base HEAD~1").Succeeded().Json()));
    }

    private JsonElement Review() => product.Run("hotfix review --json").Json();

    private void OnMain(Action work)
    {
        Git.Git("switch", "--quiet", "main");
        work();
        Git.Push();
        Git.Git("switch", "--quiet", SampleProduct.Branch);
    }

    private static List<string> Commits(JsonElement document) =>
        [.. document.GetProperty("commits").EnumerateArray().Select(commit => $"{commit.GetProperty("subject").GetString()}: {commit.GetProperty("onMain").GetString()}")];

    private static (string? Source, string? State) Pick(JsonElement document)
    {
        var pick = document.GetProperty("commits")[0].GetProperty("picks")[0];
        return (pick.GetProperty("source").GetString(), pick.GetProperty("state").GetString());
    }

    private static string? Guard(JsonElement document, string name) =>
        document.GetProperty("guards").EnumerateArray().Where(guard => guard.GetProperty("guard").GetString() == name).Select(guard => guard.GetProperty("message").GetString()).FirstOrDefault();
}

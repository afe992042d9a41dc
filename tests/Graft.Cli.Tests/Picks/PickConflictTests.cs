using Graft.Testing;

namespace Graft.Cli.Tests.Picks;

/// <summary>A pick that stops at a conflict: what it says, how it goes on, and how it is taken back.</summary>
public sealed class PickConflictTests : IDisposable
{
    private readonly PickStory story = new();
    private readonly string easy;
    private readonly string hard;
    private readonly string last;

    public PickConflictTests()
    {
        easy = story.OnMain("Fix line 20", (PickStory.Text, PickStory.Lines((20, "twenty")))).ToString();
        hard = story.OnMain("Fix line 5", (PickStory.Text, PickStory.Lines((20, "twenty"), (5, "five")))).ToString();
        last = story.OnMain("Add a file", ("new.txt", "new\n")).ToString();
        Ours = story.Git.Commit("Our line 5", (PickStory.Text, PickStory.Lines((5, "our five")))).ToString();
    }

    private string Ours { get; }

    private TemporaryRepository Git => story.Git;

    public void Dispose() => story.Dispose();

    [Fact]
    public void Says_what_to_do_and_carries_the_rest_on()
    {
        var stopped = story.Pick(easy, hard, last);

        Assert.Equal(5, stopped.ExitCode);
        Assert.Contains($"picked {Git.Head.Short} Fix line 20: the same as {easy[..8]}\n", stopped.Error, StringComparison.Ordinal);
        Assert.EndsWith(
            $"""
            error: cannot pick {hard[..8]} 'Fix line 5': in conflict is '{PickStory.Text}'; 1 commit to come after it
            hint: resolve them, `git add` them, then `graft hotfix pick --continue`; or take all of it back with `graft hotfix pick --abort`

            """,
            stopped.Error,
            StringComparison.Ordinal);

        Resolve("our five and five");
        var result = story.Pick("--continue").Succeeded();

        Assert.Equal(["Our line 5", "Fix line 20", "Fix line 5", "Add a file"], story.Subjects);
        Assert.EndsWith($"(cherry picked from commit {hard})", Git.Git("log", "-1", "--format=%B", "HEAD~1").TrimEnd(), StringComparison.Ordinal);
        Assert.Contains($"picked {Git.Git("rev-parse", "HEAD~1")[..8]} Fix line 5: differs from {hard[..8]}\n  {PickStory.Text}\n    source -line 5\n    source +five\n    here   -our five\n    here   +our five and five\n", result.Error, StringComparison.Ordinal);
        Assert.True(story.IsClean());
    }

    [Fact]
    public void For_a_script()
    {
        var stopped = story.Pick("--json", easy, hard, last);
        var document = stopped.Json();

        Assert.Equal((5, 5, "conflict"), (stopped.ExitCode, document.GetProperty("error").GetProperty("code").GetInt32(), document.GetProperty("error").GetProperty("kind").GetString()));
        Assert.Equal("conflict", document.GetProperty("state").GetString());
        Assert.Equal((hard, 1), (document.GetProperty("conflict").GetProperty("commit").GetString(), document.GetProperty("conflict").GetProperty("remaining").GetInt32()));
        Assert.Equal([PickStory.Text], document.GetProperty("conflict").GetProperty("files").EnumerateArray().Select(file => file.GetString()));
    }

    [Fact]
    public void Is_not_carried_on_before_it_is_resolved()
    {
        story.Pick(hard);
        var again = story.Pick("--continue");
        File.WriteAllText(story.Product.At(PickStory.Text), PickStory.Lines((5, "both")));
        Git.Git("add", PickStory.Text);
        Git.Write("README.md", "something else\n");
        var dirty = story.Pick("--continue");

        Assert.Contains($"cannot pick {hard[..8]} 'Fix line 5': in conflict is", again.Error, StringComparison.Ordinal);
        Assert.Contains("refused: tracked files are modified: README.md [dirty-tree]\n", dirty.Error, StringComparison.Ordinal);
        Assert.Equal((5, 3, Ours), (again.ExitCode, dirty.ExitCode, Git.Head.ToString()));
    }

    [Fact]
    public void Resolved_to_what_was_there_it_is_left_out()
    {
        story.Pick(hard, last);
        Resolve("our five", twenty: "line 20");

        var result = story.Pick("--continue").Succeeded();

        Assert.Equal(["Our line 5", "Add a file"], story.Subjects);
        Assert.Contains($"left out {hard[..8]} Fix line 5: ", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Abort_takes_all_of_it_back()
    {
        story.Pick(easy, hard, last);

        var result = story.Pick("--abort").Succeeded();

        Assert.Equal((Ours, true), (Git.Head.ToString(), story.IsClean()));
        Assert.Equal($"{PickStory.Branch} is at {Ours[..8]} again, as before the pick\n", result.Error);
    }

    [Fact]
    public void Abort_of_a_single_one()
    {
        story.Pick(hard);

        story.Pick("--abort").Succeeded();

        Assert.Equal((Ours, true), (Git.Head.ToString(), story.IsClean()));
    }

    [Fact]
    public void Abort_leaves_what_was_committed_in_between()
    {
        story.Pick(easy, hard, last);
        Resolve("our five and five");
        Git.Git("commit", "--quiet", "--message", "By hand");
        Git.Commit("And more", ("more.txt", "more\n"));
        var head = Git.Head;

        var result = story.Pick("--abort");

        Assert.StartsWith($"error: cannot take the pick back: {PickStory.Branch} has moved to {head.Short}", result.Error, StringComparison.Ordinal);
        Assert.Equal((3, head), (result.ExitCode, Git.Head));
    }

    [Fact]
    public void Committed_by_hand_it_is_carried_on_without_it()
    {
        story.Pick(easy, hard, last);
        Resolve("our five and five");
        Git.Git("commit", "--quiet", "--no-edit");

        story.Pick("--continue").Succeeded();

        Assert.Equal(["Our line 5", "Fix line 20", "Fix line 5", "Add a file"], story.Subjects);
    }

    [Fact]
    public void Carried_on_by_git_or_by_graft_it_is_the_same()
    {
        Git.Git("config", "core.editor", "true");
        Assert.Throws<InvalidOperationException>(() => Git.Git("cherry-pick", "-x", easy, hard, last));
        Resolve("our five and five");

        story.Pick("--continue").Succeeded();

        Assert.Equal(["Our line 5", "Fix line 20", "Fix line 5", "Add a file"], story.Subjects);
    }

    [Fact]
    public void A_file_in_the_way_stops_it_between_two_and_nothing_is_lost()
    {
        Git.Write("new.txt", "mine\n");
        var stopped = story.Pick(easy, last);
        File.Delete(story.Product.At("new.txt"));

        var result = story.Pick("--continue").Succeeded();

        Assert.Equal(5, stopped.ExitCode);
        Assert.Contains("would be overwritten by merge", stopped.Error, StringComparison.Ordinal);
        Assert.Equal(["Our line 5", "Fix line 20", "Add a file"], story.Subjects);
        Assert.Contains("Fix line 20: the same as", result.Error, StringComparison.Ordinal);
        Assert.True(story.IsClean());
    }

    [Fact]
    public void A_merge_that_was_stopped_is_taken_against_the_same_parent()
    {
        Git.Git("switch", "--quiet", "--create", "side", "main");
        Git.Commit("Side", ("side.txt", "1\n"));
        Git.Git("switch", "--quiet", "main");
        Git.Git("merge", "--quiet", "--no-ff", "--message", "Merge the side", "side");
        Git.Git("switch", "--quiet", PickStory.Branch);
        Git.Write("side.txt", "mine\n");
        var stopped = story.Pick("--mainline", "1", easy, "main");
        File.Delete(story.Product.At("side.txt"));

        story.Pick("--continue").Succeeded();

        Assert.Equal(5, stopped.ExitCode);
        Assert.Equal(["Our line 5", "Fix line 20", "Merge the side"], story.Subjects);
    }

    [Fact]
    public void A_conflict_of_the_users_own_between_two_is_not_taken_for_the_picks()
    {
        Git.Write("new.txt", "mine\n");
        story.Pick(easy, last);
        Git.Write(PickStory.Text, PickStory.Lines((5, "stashed")));
        Git.Git("stash", "--quiet");
        Git.Write(PickStory.Text, PickStory.Lines((5, "committed")));
        Git.Git("commit", "--quiet", "--all", "--message", "Our own");
        Assert.Throws<InvalidOperationException>(() => Git.Git("stash", "pop"));

        var result = story.Pick("--continue");

        Assert.Contains($"refused: tracked files are modified: {PickStory.Text} [dirty-tree]\n", result.Error, StringComparison.Ordinal);
        Assert.Equal(3, result.ExitCode);
    }

    [Fact]
    public void A_missing_commit_is_named_at_the_conflict()
    {
        var needed = story.OnMain("Rewrite line 12", (PickStory.Text, PickStory.Lines((20, "twenty"), (5, "five"), (12, "twelve")))).ToString();
        var fix = story.OnMain("Fix line 12", (PickStory.Text, PickStory.Lines((20, "twenty"), (5, "five"), (12, "twelve, fixed")))).ToString();

        var stopped = story.PickJson(fix);

        Assert.Equal(needed, stopped.GetProperty("missing")[0].GetProperty("commit").GetString());
    }

    // The whole file, staged.
    private void Resolve(string five, string? twenty = null)
    {
        var isThere = twenty is null && !story.Subjects.Contains("Fix line 20") ? "line 20" : twenty ?? "twenty";
        File.WriteAllText(story.Product.At(PickStory.Text), PickStory.Lines((5, five), (20, isThere)));
        Git.Git("add", PickStory.Text);
    }
}

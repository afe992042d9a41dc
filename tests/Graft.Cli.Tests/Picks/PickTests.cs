using Graft.Testing;

namespace Graft.Cli.Tests.Picks;

/// <summary><c>graft hotfix pick</c>: what lands on the branch, what is left out, and how each compares with its source.</summary>
public sealed class PickTests : IDisposable
{
    private readonly PickStory story = new();

    private TemporaryRepository Git => story.Git;

    public void Dispose() => story.Dispose();

    [Fact]
    public void A_commit_lands_with_where_it_is_from_and_is_the_same()
    {
        var fix = story.OnMain("Fix line 5", (PickStory.Text, PickStory.Lines((5, "five"))));

        var result = story.Pick(fix.ToString()).Succeeded();

        Assert.Equal($"Fix line 5\n\n(cherry picked from commit {fix})", Git.Git("log", "-1", "--format=%B").TrimEnd());
        Assert.Equal(PickStory.Lines((5, "five")), story.Read());
        Assert.Contains($"picked {Git.Head.Short} Fix line 5: the same as {fix.Short}\n", result.Error, StringComparison.Ordinal);
        Assert.EndsWith($"next:\n  graft hotfix affected\n  git push -u origin {PickStory.Branch}\n", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Commits_and_ranges_land_in_the_order_of_the_line()
    {
        var first = story.OnMain("First", ("a.txt", "a\n"));
        var second = story.OnMain("Second", ("b.txt", "b\n"));
        var third = story.OnMain("Third", ("c.txt", "c\n"));
        var fourth = story.OnMain("Fourth", ("d.txt", "d\n"));

        var document = story.PickJson(fourth.ToString(), $"{first}..main~1");

        Assert.Equal(["Fourth", "Second", "Third"], story.Subjects);
        Assert.Equal([fourth.ToString(), second.ToString(), third.ToString()], document.GetProperty("picked").EnumerateArray().Select(pick => pick.GetProperty("source").GetString()));
        Assert.All(document.GetProperty("picked").EnumerateArray(), pick => Assert.Equal("same", pick.GetProperty("likeness").GetString()));
        Assert.Equal("done", document.GetProperty("state").GetString());
    }

    [Fact]
    public void A_change_among_other_lines_is_similar()
    {
        story.OnMain("Change line 3", (PickStory.Text, PickStory.Lines((3, "three"))));
        var fix = story.OnMain("Fix line 5", (PickStory.Text, PickStory.Lines((3, "three"), (5, "five"))));
        Git.Commit("Our own line 3", (PickStory.Text, PickStory.Lines((3, "three"), (2, "two"))));

        Assert.Equal("similar", story.PickJson(fix.ToString()).GetProperty("picked")[0].GetProperty("likeness").GetString());
    }

    [Fact]
    public void What_the_branch_has_already_is_left_out_and_the_rest_lands()
    {
        var there = story.OnMain("Fix line 5", (PickStory.Text, PickStory.Lines((5, "five"))));
        var empty = story.OnMain("Say something");
        var fix = story.OnMain("Fix line 20", (PickStory.Text, PickStory.Lines((5, "five"), (20, "twenty"))));
        story.Pick(there.ToString()).Succeeded();

        var document = story.PickJson(there.ToString(), empty.ToString(), fix.ToString(), "HEAD~1");

        Assert.Equal(["Fix line 5", "Fix line 20"], story.Subjects);
        Assert.Equal(
            [(story.Start.ToString(), "it is in the branch's history already"), (there.ToString(), "nothing of it is left: the branch has it already, or the conflict was resolved without it"), (empty.ToString(), "it changes nothing")],
            document.GetProperty("leftOut").EnumerateArray().Select(left => (left.GetProperty("commit").GetString(), left.GetProperty("reason").GetString())));
        Assert.True(story.IsClean());
    }

    [Fact]
    public void Nothing_but_what_is_there_already_leaves_the_branch_alone()
    {
        var fix = story.OnMain("Fix line 5", (PickStory.Text, PickStory.Lines((5, "five"))));
        story.Pick(fix.ToString()).Succeeded();
        var head = Git.Head;

        var result = story.Pick(fix.ToString()).Succeeded();

        Assert.Equal(head, Git.Head);
        Assert.EndsWith($"left out {fix.Short} Fix line 5: nothing of it is left: the branch has it already, or the conflict was resolved without it\n{PickStory.Branch} is where it was\n", result.Error, StringComparison.Ordinal);
        Assert.True(story.IsClean());
    }

    [Fact]
    public void A_commit_that_is_missing_is_named()
    {
        var needed = story.OnMain("Rename line 5", (PickStory.Text, PickStory.Lines((5, "five"))));
        story.OnMain("Elsewhere", (PickStory.Text, PickStory.Lines((5, "five"), (25, "far"))));
        var fix = story.OnMain("Fix line 7", (PickStory.Text, PickStory.Lines((5, "five"), (25, "far"), (7, "seven"))));

        var result = story.Pick(fix.ToString()).Succeeded();
        Git.Git("reset", "--quiet", "--hard", story.Start.ToString());
        var both = story.PickJson(needed.ToString(), fix.ToString());

        Assert.Contains($"warning: {fix.Short} changes lines of {PickStory.Text} that come from {needed.Short} 'Rename line 5', which the branch has not\n", result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("Elsewhere", result.Error, StringComparison.Ordinal);
        Assert.Equal(0, both.GetProperty("missing").GetArrayLength());
    }

    [Fact]
    public void A_revert_lands_like_any_other()
    {
        var bad = story.OnMain("Break line 5", (PickStory.Text, PickStory.Lines((5, "broken"))));
        Git.Git("switch", "--quiet", "main");
        Git.Git("revert", "--no-edit", bad.ToString());
        var revert = Git.Head;
        Git.Git("switch", "--quiet", PickStory.Branch);

        story.Pick(bad.ToString(), revert.ToString()).Succeeded();

        Assert.Equal(["Break line 5", "Revert \"Break line 5\""], story.Subjects);
        Assert.Equal(PickStory.Lines(), story.Read());
    }

    [Fact]
    public void A_merge_wants_to_know_against_which_parent()
    {
        var (merge, second) = Merge("Merge the fixes");

        var refused = story.Pick(merge);
        var picked = story.PickJson("--mainline", "1", merge);

        Assert.StartsWith($"error: {merge[..8]} 'Merge the fixes' is a merge: against which of its parents it is taken is open\n", refused.Error, StringComparison.Ordinal);
        Assert.Equal(2, refused.ExitCode);
        Assert.Equal(["Merge the fixes"], story.Subjects);
        Assert.Equal("same", picked.GetProperty("picked")[0].GetProperty("likeness").GetString());
        Assert.Equal(2, story.Pick("--mainline", "1", second).ExitCode);
        Assert.Equal(2, story.Pick("--mainline", "3", merge).ExitCode);
    }

    [Fact]
    public void A_merge_in_a_range_is_left_out_and_what_it_merged_lands()
    {
        var (merge, _) = Merge("Merge the fixes");

        var result = story.Pick($"{merge}^1..{merge}").Succeeded();

        Assert.Equal(["Side one", "Side two"], story.Subjects);
        Assert.Contains($"left out {merge[..8]} Merge the fixes: it is a merge; what it merges is picked commit by commit\n", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_dry_run_picks_nothing()
    {
        var fix = story.OnMain("Fix line 5", (PickStory.Text, PickStory.Lines((5, "five"))));

        var result = story.Pick(fix.ToString(), "--dry-run").Succeeded();

        Assert.Equal($"pick 1 commit onto {PickStory.Branch}\n  {fix.Short} Fix line 5\n", result.Error);
        Assert.True(story.PickJson(fix.ToString(), "--dry-run").GetProperty("dryRun").GetBoolean());
        Assert.Equal((story.Start, true), (Git.Head, story.IsClean()));
    }

    [Fact]
    public void The_users_editor_and_configuration_do_not_come_between()
    {
        var fix = story.OnMain("Fix line 5", (PickStory.Text, PickStory.Lines((5, "five"))));
        foreach (var (key, value) in new[] { ("core.editor", "false"), ("diff.noprefix", "true"), ("diff.context", "0"), ("color.ui", "always"), ("log.showSignature", "true"), ("blame.showEmail", "true"), ("diff.external", "false"), ("status.short", "true") })
        {
            Git.Git("config", key, value);
        }

        Assert.Equal("same", story.PickJson(fix.ToString()).GetProperty("picked")[0].GetProperty("likeness").GetString());
    }

    private (string Merge, string Second) Merge(string message)
    {
        Git.Git("switch", "--quiet", "--create", "side", "main");
        Git.Commit("Side one", ("one.txt", "1\n"));
        var second = Git.Commit("Side two", ("two.txt", "2\n")).ToString();
        Git.Git("switch", "--quiet", "main");
        Git.Git("merge", "--quiet", "--no-ff", "--message", message, "side");
        var merge = Git.Head.ToString();
        Git.Git("switch", "--quiet", PickStory.Branch);
        return (merge, second);
    }
}

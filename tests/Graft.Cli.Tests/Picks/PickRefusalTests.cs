using Graft.Testing;

namespace Graft.Cli.Tests.Picks;

/// <summary>When <c>graft hotfix pick</c> does nothing, and what it says then.</summary>
public sealed class PickRefusalTests : IDisposable
{
    private readonly PickStory story = new();
    private readonly string fix;

    public PickRefusalTests() => fix = story.OnMain("Fix line 5", (PickStory.Text, PickStory.Lines((5, "five")))).ToString();

    private TemporaryRepository Git => story.Git;

    public void Dispose() => story.Dispose();

    [Fact]
    public void On_main()
    {
        Git.Git("switch", "--quiet", "main");

        Refuses(4, "'main' is checked out: a hotfix is made on a branch from the release's tag", "v3.2.202511230446");
    }

    [Fact]
    public void On_no_branch()
    {
        Git.Git("switch", "--quiet", "--detach");

        Refuses(4, "HEAD is on no branch", fix);
    }

    [Fact]
    public void With_a_dirty_tree()
    {
        Git.Write("README.md", "mine\n");

        Refuses(3, "tracked files are modified: README.md [dirty-tree]", fix);
    }

    [Fact]
    public void While_a_pick_is_on_its_way()
    {
        Git.Commit("Our line 5", (PickStory.Text, PickStory.Lines((5, "our five"))));
        story.Pick(fix);

        Assert.Contains("carry it on with `graft hotfix pick --continue`", Refuses(3, "a cherry-pick is not finished", fix), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(2, "nothing to do: no commit is named")]
    [InlineData(2, "`COMMIT` and `--pr` contradict each other", "main", "--pr", "1")]
    [InlineData(2, "`--continue` and `--abort` contradict each other", "--continue", "--abort")]
    [InlineData(2, "`--abort` and `--dry-run` contradict each other", "--abort", "--dry-run")]
    [InlineData(2, "nothing to do: no pick is on its way", "--continue")]
    [InlineData(2, "nothing to do: no pick is on its way", "--abort")]
    [InlineData(2, "`--pr` takes a number from 1, not '-1'", "--pr=-1")]
    [InlineData(2, "`--pr` takes a number from 1, not '1;x'", "--pr", "1;x")]
    [InlineData(2, "nothing to do: 'main..main' holds no commit", "main..main")]
    [InlineData(2, "unknown option '--upload-pack'", "--upload-pack=x")]
    [InlineData(4, "'--upload-pack=x' is not a commit here", "--", "--upload-pack=x")]
    [InlineData(4, "'--output=x' is not a commit here", "--", "--output=x..main")]
    [InlineData(4, "'a b' is not a commit here", "a b")]
    [InlineData(4, "'' is not a commit here", "")]
    [InlineData(4, "'HEAD...main' is no range to pick", "HEAD...main")]
    [InlineData(4, "'nowhere' is not a commit here", "main..nowhere")]
    public void A_line(int code, string message, params string[] arguments) => Refuses(code, message, arguments);

    private string Refuses(int code, string message, params string[] arguments)
    {
        var before = (Git.Head, Git.Git("for-each-ref"), Git.Git("status", "--porcelain"));

        var result = story.Pick(arguments);

        Assert.Contains(message, result.Error, StringComparison.Ordinal);
        Assert.Equal(code, result.ExitCode);
        Assert.Equal(before, (Git.Head, Git.Git("for-each-ref"), Git.Git("status", "--porcelain")));
        return result.Error;
    }
}

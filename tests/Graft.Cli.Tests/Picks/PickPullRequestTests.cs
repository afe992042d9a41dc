using Graft.Testing;
using Graft.Testing.GitHub;

namespace Graft.Cli.Tests.Picks;

/// <summary><c>graft hotfix pick --pr N</c>: the commits that landed, however it was merged, with GitHub and without.</summary>
public sealed class PickPullRequestTests : IDisposable
{
    private readonly LocalGitHub gitHub = new();
    private readonly PickStory story;

    public PickPullRequestTests()
    {
        story = new PickStory(SampleFiles.Configuration + $"publisher: github:acme/product\ngithub-api: {gitHub.Root}\n");
        gitHub.Rules.Remote = story.Git.Remote;
    }

    private TemporaryRepository Git => story.Git;

    public void Dispose()
    {
        gitHub.Dispose();
        story.Dispose();
    }

    [Fact]
    public void Squashed()
    {
        story.OnMain("Before", ("a.txt", "a\n"));
        var landed = story.OnMain("Fix sessions (#12)", ("b.txt", "b\n")).ToString();
        Know(new StoredPullRequest(12, "Fix sessions", null, landed, landed));

        Pick("12").Succeeded();

        Assert.Equal(["Fix sessions (#12)"], story.Subjects);
    }

    [Fact]
    public void Rebased()
    {
        story.OnMain("Before", ("a.txt", "a\n"));
        var first = story.OnMain("Fix sessions", ("b.txt", "b\n")).ToString();
        var second = story.OnMain("Fix them more", ("c.txt", "c\n")).ToString();
        var landed = story.OnMain("Test them", ("d.txt", "d\n")).ToString();
        story.OnMain("After", ("e.txt", "e\n"));
        Know(new StoredPullRequest(12, "Fix sessions", null, landed, landed) { Commits = [first, second] });

        Pick("#12").Succeeded();

        Assert.Equal(["Fix sessions", "Fix them more", "Test them"], story.Subjects);
    }

    [Fact]
    public void Merged()
    {
        var merge = Merge("Merge pull request #12 from ada/sessions");
        Know(new StoredPullRequest(12, "Fix sessions", null, Git.Git("rev-parse", merge + "^2"), merge));

        Pick("12").Succeeded();

        Assert.Equal(["Fix sessions", "Test them"], story.Subjects);
    }

    [Fact]
    public void Refused_when_it_is_not_merged_or_not_there_or_not_here()
    {
        var open = story.OnMain("Fix sessions", ("b.txt", "b\n")).ToString();
        Know(new StoredPullRequest(12, "Fix sessions", null, open, null), new StoredPullRequest(14, "Elsewhere", null, open, new string('a', 40)));

        Refuses("12", "pull request #12 is not merged");
        Refuses("13", "there is no pull request #13 in github:acme/product");
        Refuses("14", "commit aaaaaaaa, as which pull request #14 landed, is not here");
    }

    [Fact]
    public void Squashed_without_GitHub()
    {
        using var plain = new PickStory();
        var landed = plain.OnMain("Fix sessions (#12)", ("b.txt", "b\n"));
        plain.OnMain("Revert \"Fix sessions (#12)\" (#15)", ("b.txt", "c\n"));
        plain.OnMain("Fix others (#123)", ("d.txt", "d\n"));
        plain.PushMain();

        plain.Pick("--pr", "12").Succeeded();

        Assert.Equal(["Fix sessions (#12)"], plain.Subjects);
        Assert.Contains($"(cherry picked from commit {landed})", plain.Git.Git("log", "-1", "--format=%B"), StringComparison.Ordinal);
    }

    [Fact]
    public void Rebased_without_GitHub_is_refused_and_so_is_what_two_claim()
    {
        using var plain = new PickStory();
        plain.OnMain("Fix sessions", ("b.txt", "b\n"));
        plain.OnMain("Fix one (#13)", ("c.txt", "c\n"));
        plain.OnMain("Fix two (#13)", ("d.txt", "d\n"));
        plain.PushMain();

        var none = plain.Pick("--pr", "12");
        var several = plain.Pick("--pr", "13");

        Assert.StartsWith("error: no commit of pull request #12 is found on 'origin/main'\nhint: `git fetch origin`, or name its commits; without GitHub", none.Error, StringComparison.Ordinal);
        Assert.StartsWith("error: several commits on 'origin/main' say that they are pull request #13: ", several.Error, StringComparison.Ordinal);
        Assert.Equal((4, 4, story.Start), (none.ExitCode, several.ExitCode, Git.Head));
    }

    private string Merge(string message)
    {
        Git.Git("switch", "--quiet", "--create", "side", "main");
        Git.Commit("Fix sessions", ("b.txt", "b\n"));
        Git.Commit("Test them", ("c.txt", "c\n"));
        Git.Git("switch", "--quiet", "main");
        Git.Commit("Meanwhile", ("a.txt", "a\n"));
        Git.Git("merge", "--quiet", "--no-ff", "--message", message, "side");
        var merge = Git.Head.ToString();
        Git.Git("switch", "--quiet", PickStory.Branch);
        return merge;
    }

    // GitHub has what was pushed.
    private void Know(params StoredPullRequest[] requests)
    {
        story.PushMain();
        gitHub.Rules.PullRequests.AddRange(requests);
    }

    private GraftResult Pick(string number) => story.Product.Graft.With("GH_TOKEN", LocalGitHub.WriteToken).Run("hotfix", "pick", "--pr", number);

    private void Refuses(string number, string message)
    {
        var result = Pick(number);

        Assert.StartsWith($"error: {message}\n", result.Error, StringComparison.Ordinal);
        Assert.Equal((4, story.Start), (result.ExitCode, Git.Head));
    }
}

using Graft.Core.Releases;
using Graft.Testing.GitHub;

namespace Graft.Adapters.Tests.GitHub;

public sealed class PullRequestTests : IDisposable
{
    private readonly GitHubWorld world = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => world.Dispose();

    [Fact]
    public async Task Reads_one_by_its_number()
    {
        var head = world.Repository.Head;
        world.GitHub.Rules.PullRequests.Add(new StoredPullRequest(42, "Fix the session", "It timed out", head.ToString(), head.ToString(), "kind/fix", "area/api"));

        var request = await world.Open().PullRequests.FindAsync(42, Cancellation);

        Assert.Equal((42, "Fix the session", "It timed out", "octocat", true), (request!.Number, request.Title, request.Body, request.Author, request.IsMerged));
        Assert.Equal(["kind/fix", "area/api"], request.Labels);
        Assert.Equal((head, head, "main"), (request.Head, request.MergeCommit, request.BaseBranch));
        Assert.Equal("https://github.example/acme/product/pull/42", request.Url);
    }

    [Fact]
    public async Task Has_none_where_there_is_none() => Assert.Null(await world.Open().PullRequests.FindAsync(1, Cancellation));

    [Fact]
    public async Task Does_not_take_the_commit_of_a_trial_for_the_merge()
    {
        world.GitHub.Rules.PullRequests.Add(new StoredPullRequest(1, "Open", null, world.Repository.Head.ToString(), null));

        var request = await world.Open().PullRequests.FindAsync(1, Cancellation);

        Assert.Equal((false, null, ""), (request!.IsMerged, request.MergeCommit, request.Body));
    }

    [Fact]
    public async Task Lists_those_of_a_commit_on_all_pages()
    {
        var head = world.Repository.Head.ToString();
        world.GitHub.Rules.PullRequests.AddRange(Enumerable.Range(1, 120).Select(number => new StoredPullRequest(number, $"{number}", null, head, head)));

        Assert.Equal(Enumerable.Range(1, 120), (await world.Open().PullRequests.ListAsync(world.Repository.Head, Cancellation)).Select(request => request.Number));
    }

    [Fact]
    public async Task Lists_none_of_a_commit_that_GitHub_does_not_know() =>
        Assert.Empty(await world.Open().PullRequests.ListAsync(CommitId.Parse(new string('1', 40)), Cancellation));
}

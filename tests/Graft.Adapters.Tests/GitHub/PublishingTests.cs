using Graft.Core.Failures;
using Graft.Core.Releases;
using Graft.Testing.GitHub;

namespace Graft.Adapters.Tests.GitHub;

/// <summary>A draft becomes a release on its commit, and the latest only when it is the newest.</summary>
public sealed class PublishingTests : IDisposable
{
    private readonly GitHubWorld world = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => world.Dispose();

    [Theory]
    [InlineData("v3.10.202501020000", true)]
    [InlineData("v3.9.202601010000", false)]
    [InlineData("v3.10.202412310000", false)]
    [InlineData("v4.0.202001010000", true)]
    [InlineData("vpre-TICKET-1", false)]
    public async Task Is_the_latest_only_as_the_newest_of_the_newest_series(string tag, bool isLatest)
    {
        world.GitHub.Rules.Latest = world.GitHub.Rules.Add("v3.10.202501010000", "main", draft: false);
        world.GitHub.Rules.Add("v9.9.202501010000", "main");
        world.GitHub.Rules.Add("v8.0.202501010000", "main", draft: false).Prerelease = true;
        world.GitHub.Rules.Add("v7", "main", draft: false);

        await PublishAsync(tag);

        Assert.Equal(isLatest, world.GitHub.Rules.Latest.Tag == tag);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Has_the_tag_on_the_full_commit(bool isImmutable)
    {
        world.GitHub.Rules.IsImmutable = isImmutable;
        var commit = world.Repository.Head;

        var release = await PublishAsync("v3.2.202501010000");

        Assert.Equal((commit, false), (release.Commit, release.IsDraft));
        Assert.Equal(commit.ToString(), world.GitHub.Rules.Resolve("refs/tags/v3.2.202501010000"));
        Assert.DoesNotContain(world.Asked.SkipWhile(asked => !asked.StartsWith("PATCH", StringComparison.Ordinal)), asked => asked.StartsWith("POST", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Takes_an_annotated_tag_that_was_pushed_before()
    {
        world.Repository.Tag("v3.2.202501010000");
        world.Repository.Git("push", "--quiet", "origin", "v3.2.202501010000");

        Assert.False((await PublishAsync("v3.2.202501010000")).IsDraft);
    }

    [Fact]
    public async Task Publishes_nothing_whose_tag_is_elsewhere()
    {
        world.Repository.Git("push", "--quiet", "origin", "HEAD:refs/tags/v3.2.202501010000");
        world.Repository.Commit("fix");
        world.Repository.Push();

        var failure = await Assert.ThrowsAsync<GraftException>(() => PublishAsync("v3.2.202501010000"));

        Assert.Equal(FailureKind.Guard, failure.Kind);
        Assert.EndsWith($"and not at {world.Repository.Head.Short}", failure.Message, StringComparison.Ordinal);
        Assert.True(Assert.Single(world.GitHub.Rules.Releases).Draft);
    }

    [Fact]
    public async Task Says_that_the_tag_landed_elsewhere()
    {
        var first = world.Repository.Head.ToString();
        world.Repository.Commit("fix");
        world.Repository.Push();
        world.GitHub.Faults = request =>
        {
            if (request.Method == "PATCH")
            {
                world.Repository.GitIn(world.Repository.Remote, "update-ref", "refs/tags/v3.2.202501010000", first);
            }

            return null;
        };

        var failure = await Assert.ThrowsAsync<GraftException>(() => PublishAsync("v3.2.202501010000"));

        Assert.Equal((FailureKind.Guard, $"'v3.2.202501010000' is published, but its tag is at {first[..8]} and not at {world.Repository.Head.Short}"), (failure.Kind, failure.Message));
    }

    [Theory]
    [InlineData("before")]
    [InlineData("after")]
    [InlineData("lost")]
    public async Task Publishes_once_whatever_becomes_of_the_answer(string when)
    {
        world.Break("PATCH", when == "before" ? GitHubFault.Before() : when == "after" ? GitHubFault.After() : GitHubFault.LostAfter);

        Assert.False((await PublishAsync("v3.2.202501010000")).IsDraft);
        Assert.Equal(when == "before" ? 2 : 1, world.Asked.Count(asked => asked.StartsWith("PATCH", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Publishes_nothing_when_the_list_cannot_be_read()
    {
        var draft = await CreateAsync("v3.2.202501010000");
        world.Break("GET releases?", [.. Enumerable.Repeat(GitHubFault.Before(503), 5)]);

        await Assert.ThrowsAsync<GraftException>(() => world.Open().Publisher.PublishAsync(draft, Cancellation));

        Assert.True(world.GitHub.Rules.Releases[0].Draft);
    }

    [Fact]
    public async Task Publishes_no_draft_that_is_one_for_another_tag_now()
    {
        var draft = await CreateAsync("v3.2.202501010000");
        world.GitHub.Rules.Releases[0].Tag = "v2";

        var failure = await Assert.ThrowsAsync<GraftException>(() => world.Open().Publisher.PublishAsync(draft, Cancellation));

        Assert.Equal("draft 'v3.2.202501010000' of 'acme/product' is one for 'v2' now", failure.Message);
        Assert.True(world.GitHub.Rules.Releases[0].Draft);
    }

    [Fact]
    public async Task Removes_no_draft_that_it_may_not_see()
    {
        var draft = await CreateAsync("v1");

        var failure = await Assert.ThrowsAsync<GraftException>(() => world.Open(LocalGitHub.ReadToken).Publisher.DeleteDraftAsync(draft, Cancellation));

        Assert.Equal((FailureKind.Outside, "whether draft 'v1' is gone cannot be told: who may not write to 'acme/product' is shown no drafts"), (failure.Kind, failure.Message));
    }

    [Fact]
    public async Task Takes_a_draft_for_gone_that_it_could_see_whatever_GitHub_says_of_its_token()
    {
        world.GitHub.Rules.IsAskedByApp = true;
        var publisher = world.Open().Publisher;
        var draft = await publisher.CreateDraftAsync(new ReleaseDraft("v1", world.Repository.Head, "title", "notes", []), Cancellation);
        world.GitHub.Rules.Releases.Clear();

        await publisher.DeleteDraftAsync(draft, Cancellation);

        Assert.DoesNotContain(world.Asked, asked => asked.StartsWith("DELETE", StringComparison.Ordinal));
    }

    private async Task<PublishedRelease> PublishAsync(string tag) => await world.Open().Publisher.PublishAsync(await CreateAsync(tag), Cancellation);

    private Task<PublishedRelease> CreateAsync(string tag) =>
        world.Open().Publisher.CreateDraftAsync(new ReleaseDraft(tag, world.Repository.Head, "title", "notes", [new ReleaseAsset("a.yaml", "content"u8.ToArray())]), Cancellation);
}

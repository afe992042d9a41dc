using System.Text;
using Graft.Core.Failures;
using Graft.Core.Releases;

namespace Graft.Adapters.Tests.Publishers;

/// <summary>What every publisher does, wherever releases live.</summary>
public abstract class PublisherTests
{
    protected static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    protected abstract IPublisher Publisher { get; }

    protected abstract CommitId Commit { get; }

    [Fact]
    public async Task Has_nothing_before_the_first_draft()
    {
        Assert.Empty((await Publisher.ListAsync(Cancellation)).Releases);
        Assert.Null(await Publisher.FindAsync("v1", Cancellation));
    }

    [Fact]
    public async Task Gives_back_what_a_draft_was_made_of()
    {
        await Publisher.CreateDraftAsync(Draft("v1"), Cancellation);

        var release = Assert.Single((await Publisher.ListAsync(Cancellation)).Releases);
        Assert.Equal(("v1", Commit, true, "notes"), (release.Tag, release.Commit, release.IsDraft, release.Notes));
        Assert.Equal(["a.lock.json", "a.yaml"], release.Assets.Select(asset => asset.Name));
        Assert.Equal("content"u8.ToArray(), await Publisher.FetchAssetAsync(release, "a.yaml", 100, Cancellation));
        Assert.All(release.Assets, asset => Assert.True(asset.Digest is null || asset.IsKnownToBe(Draft("v1").Assets.Single(ours => ours.Name == asset.Name).Content.Span)));
    }

    [Fact]
    public async Task Removes_a_draft_once()
    {
        var draft = await Publisher.CreateDraftAsync(Draft("v1"), Cancellation);
        await Publisher.CreateDraftAsync(Draft("v2"), Cancellation);

        await Publisher.DeleteDraftAsync(draft, Cancellation);
        await Publisher.DeleteDraftAsync(draft, Cancellation);

        Assert.Equal("v2", Assert.Single((await Publisher.ListAsync(Cancellation)).Releases).Tag);
    }

    [Fact]
    public async Task Removes_no_release()
    {
        var draft = await Publisher.CreateDraftAsync(Draft("v1"), Cancellation);
        await Publisher.PublishAsync(draft, Cancellation);

        var failure = await Assert.ThrowsAsync<GraftException>(() => Publisher.DeleteDraftAsync(draft, Cancellation));

        Assert.Equal((FailureKind.Input, "'v1' is published: a release is not taken back"), (failure.Kind, failure.Message));
        Assert.Single((await Publisher.ListAsync(Cancellation)).Releases);
    }

    [Fact]
    public async Task Making_the_same_draft_again_changes_nothing()
    {
        var first = await Publisher.CreateDraftAsync(Draft("v1"), Cancellation);
        var again = await Publisher.CreateDraftAsync(Draft("v1"), Cancellation);

        Assert.Equal(first.Id, again.Id);
        Assert.Single((await Publisher.ListAsync(Cancellation)).Releases);
    }

    [Fact]
    public async Task Refuses_another_draft_for_the_same_tag()
    {
        await Publisher.CreateDraftAsync(Draft("v1"), Cancellation);

        var failure = await Assert.ThrowsAsync<GraftException>(() => Publisher.CreateDraftAsync(Draft("v1", "other"), Cancellation));
        Assert.Equal(FailureKind.Input, failure.Kind);
        Assert.Equal("content"u8.ToArray(), await Publisher.FetchAssetAsync((await Publisher.FindAsync("v1", Cancellation))!, "a.yaml", 100, Cancellation));
    }

    [Fact]
    public async Task Refuses_a_draft_for_the_tag_of_another_release()
    {
        await Publisher.PublishAsync(await Publisher.CreateDraftAsync(Draft("v1"), Cancellation), Cancellation);

        var failure = await Assert.ThrowsAsync<GraftException>(() => Publisher.CreateDraftAsync(Draft("v1", "other"), Cancellation));
        Assert.Equal(FailureKind.Input, failure.Kind);
    }

    [Fact]
    public async Task Publishes_once()
    {
        var draft = await Publisher.CreateDraftAsync(Draft("v1"), Cancellation);

        Assert.False((await Publisher.PublishAsync(draft, Cancellation)).IsDraft);
        Assert.False((await Publisher.PublishAsync(draft, Cancellation)).IsDraft);
        Assert.False((await Publisher.FindAsync("v1", Cancellation))!.IsDraft);
    }

    [Fact]
    public async Task Takes_tags_that_have_folders()
    {
        await Publisher.CreateDraftAsync(Draft("release/v1"), Cancellation);

        Assert.Equal("release/v1", (await Publisher.FindAsync("release/v1", Cancellation))!.Tag);
    }

    [Fact]
    public async Task Refuses_an_asset_that_is_larger_than_the_limit()
    {
        var release = await Publisher.CreateDraftAsync(Draft("v1"), Cancellation);

        var failure = await Assert.ThrowsAsync<GraftException>(() => Publisher.FetchAssetAsync(release, "a.yaml", 3, Cancellation));
        Assert.Equal(FailureKind.Input, failure.Kind);
    }

    [Fact]
    public async Task Says_that_an_asset_is_not_there()
    {
        var release = await Publisher.CreateDraftAsync(Draft("v1"), Cancellation);

        var failure = await Assert.ThrowsAsync<GraftException>(() => Publisher.FetchAssetAsync(release, "b.yaml", 100, Cancellation));
        Assert.Equal((FailureKind.Outside, "release 'v1' has no asset 'b.yaml'"), (failure.Kind, failure.Message));
    }

    protected ReleaseDraft Draft(string tag, string content = "content") =>
        new(tag, Commit, "title", "notes", [new ReleaseAsset("a.yaml", Encoding.UTF8.GetBytes(content)), new ReleaseAsset("a.lock.json", "{}"u8.ToArray())]);
}

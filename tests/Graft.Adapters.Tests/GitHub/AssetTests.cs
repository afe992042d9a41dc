using Graft.Core.Failures;
using Graft.Core.Releases;
using Graft.Testing.GitHub;
using Graft.Testing.Registries;

namespace Graft.Adapters.Tests.GitHub;

/// <summary>The bytes of files: where they are fetched, who is shown the token, and what is believed.</summary>
public sealed class AssetTests : IDisposable
{
    private readonly GitHubWorld world = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => world.Dispose();

    [Fact]
    public async Task Takes_no_token_to_where_the_bytes_are()
    {
        var (publisher, release) = await AddAsync();

        Assert.Equal("content"u8.ToArray(), await publisher.FetchAssetAsync(release, "a.yaml", 100, Cancellation));

        Assert.Equal("Bearer " + LocalGitHub.WriteToken, world.GitHub.Requests[^1].Authorization);
        Assert.Null(Assert.Single(world.GitHub.FileRequests).Authorization);
        Assert.DoesNotContain(world.GitHub.FileRequests[0].Headers, header => header.Value.Contains(LocalGitHub.WriteToken, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Asks_once_for_a_file_of_a_list()
    {
        var (publisher, release) = await AddAsync();
        var asked = world.Asked.Count;

        await publisher.FetchAssetAsync(release, "a.yaml", 100, Cancellation);

        Assert.Equal(asked + 1, world.Asked.Count);
    }

    [Fact]
    public async Task Finds_a_file_that_was_replaced_since()
    {
        var (publisher, release) = await AddAsync();
        var stored = world.GitHub.Rules.Releases[0];
        stored.Assets[0] = new StoredAsset(world.GitHub.Rules.Next(), "a.yaml", "newer"u8.ToArray());

        Assert.Equal("newer"u8.ToArray(), await publisher.FetchAssetAsync(release, "a.yaml", 100, Cancellation));
    }

    [Fact]
    public async Task Takes_no_other_bytes_than_those_of_the_digest()
    {
        var (publisher, release) = await AddAsync(asset => asset with { Digest = "sha256:" + new string('0', 64) });

        var failure = await Assert.ThrowsAsync<GraftException>(() => publisher.FetchAssetAsync(release, "a.yaml", 100, Cancellation));

        Assert.Equal((FailureKind.Outside, $"'a.yaml' of 'acme/product' arrived as other bytes than 'sha256:{new string('0', 64)}'"), (failure.Kind, failure.Message));
    }

    [Fact]
    public async Task Reads_no_more_than_the_limit_of_a_file_that_is_larger_than_it_says()
    {
        var (publisher, release) = await AddAsync();
        world.GitHub.Rules.Releases[0].Assets[0] = world.GitHub.Rules.Releases[0].Assets[0] with { Bytes = new byte[1000] };

        var failure = await Assert.ThrowsAsync<GraftException>(() => publisher.FetchAssetAsync(release, "a.yaml", 100, Cancellation));

        Assert.Equal((FailureKind.Input, "'a.yaml' of 'acme/product' is larger than 100 bytes"), (failure.Kind, failure.Message));
    }

    [Fact]
    public async Task Fetches_nothing_that_says_that_it_is_larger_than_the_limit()
    {
        var (publisher, release) = await AddAsync();

        await Assert.ThrowsAsync<GraftException>(() => publisher.FetchAssetAsync(release, "a.yaml", 6, Cancellation));

        Assert.Empty(world.GitHub.FileRequests);
    }

    [Fact]
    public async Task Shows_no_half_uploaded_file()
    {
        var (publisher, release) = await AddAsync(asset => asset with { State = "starter" });

        Assert.Empty(release.Assets);
        await Assert.ThrowsAsync<GraftException>(() => publisher.FetchAssetAsync(release, "a.yaml", 100, Cancellation));
    }

    [Fact]
    public async Task Comes_through_faults()
    {
        var (publisher, release) = await AddAsync();
        world.Break("GET releases/assets", GitHubFault.Before(), GitHubFault.LostBefore, GitHubFault.Secondary(3));

        Assert.Equal("content"u8.ToArray(), await publisher.FetchAssetAsync(release, "a.yaml", 100, Cancellation));
    }

    [Fact]
    public async Task Follows_no_circle()
    {
        var (publisher, release) = await AddAsync();
        world.GitHub.Faults = request => new GitHubFault(new WireReply(302, ("Location", request.Target)), TakesEffect: false);

        var failure = await Assert.ThrowsAsync<GraftException>(() => publisher.FetchAssetAsync(release, "a.yaml", 100, Cancellation));

        Assert.Equal($"'{world.GitHub.Host}' sends on more than 5 times", failure.Message);
    }

    [Fact]
    public async Task Writes_nowhere_that_a_redirect_leads()
    {
        world.GitHub.Faults = request => request.Method == "POST" ? new GitHubFault(new WireReply(307, ("Location", "http://127.0.0.2:1/")), TakesEffect: false) : null;

        var failure = await Assert.ThrowsAsync<GraftException>(() => world.Open().Publisher.CreateDraftAsync(new ReleaseDraft("v1", world.Repository.Head, "t", "n", []), Cancellation));

        Assert.Equal($"'{world.GitHub.Host}' sends on to '127.0.0.2:1' instead of doing it", failure.Message);
    }

    private async Task<(IPublisher Publisher, PublishedRelease Release)> AddAsync(Func<StoredAsset, StoredAsset>? change = null)
    {
        var stored = world.GitHub.Rules.Add("v1", "main", draft: true, ("a.yaml", "content"));
        stored.Assets[0] = change?.Invoke(stored.Assets[0]) ?? stored.Assets[0];
        var publisher = world.Open().Publisher;
        return (publisher, Assert.Single((await publisher.ListAsync(Cancellation)).Releases));
    }
}

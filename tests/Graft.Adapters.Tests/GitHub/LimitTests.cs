using Graft.Core.Failures;
using Graft.Core.Releases;
using Graft.Testing.GitHub;

namespace Graft.Adapters.Tests.GitHub;

/// <summary>GitHub's limits are waited for as long as that is bearable, and what takes long is said.</summary>
public sealed class LimitTests : IDisposable
{
    private readonly GitHubWorld world = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => world.Dispose();

    [Theory]
    [InlineData(403)]
    [InlineData(429)]
    public async Task Waits_as_long_as_a_secondary_limit_says(int status)
    {
        world.Break("GET releases", GitHubFault.Secondary(30, status));

        await world.Open().Publisher.ListAsync(Cancellation);

        Assert.Contains(TimeSpan.FromSeconds(30), world.Clock.Pauses);
        Assert.StartsWith($"waiting 30 seconds for '{world.GitHub.Host}': it asks to wait 30 seconds: You have exceeded a secondary rate limit", Assert.Single(world.Said), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Waits_a_minute_when_a_secondary_limit_does_not_say_how_long()
    {
        world.Break("GET releases", GitHubFault.Secondary(null));

        await world.Open().Publisher.ListAsync(Cancellation);

        Assert.Contains(TimeSpan.FromMinutes(1), world.Clock.Pauses);
    }

    [Fact]
    public async Task Waits_until_the_primary_limit_begins_anew()
    {
        world.Break("GET releases", GitHubFault.Primary(world.Clock.GetUtcNow().AddSeconds(40)));

        await world.Open().Publisher.ListAsync(Cancellation);

        Assert.Contains(world.Clock.Pauses, pause => pause >= TimeSpan.FromSeconds(40) && pause <= TimeSpan.FromSeconds(42));
    }

    [Fact]
    public async Task Does_not_wait_for_an_hour()
    {
        var reset = world.Clock.GetUtcNow().AddMinutes(42);
        world.Break("GET releases", GitHubFault.Primary(reset));

        var failure = await Assert.ThrowsAsync<GraftException>(() => world.Open().Publisher.ListAsync(Cancellation));

        Assert.Equal((FailureKind.Outside, $"'{world.GitHub.Host}' did not do it: its limit of 5000 requests an hour is used up until {reset:HH:mm} UTC"), (failure.Kind, failure.Message));
        Assert.Null(failure.Hint);
        Assert.Single(world.Asked);
    }

    [Fact]
    public async Task Says_that_with_a_token_the_limit_is_higher()
    {
        world.Break("GET releases", GitHubFault.Primary(world.Clock.GetUtcNow().AddMinutes(42)));

        var failure = await Assert.ThrowsAsync<GraftException>(() => world.Open(token: null).Publisher.ListAsync(Cancellation));

        Assert.Equal($"with a token the limit is higher: set GH_TOKEN, or `gh auth login --hostname {world.GitHub.Host}`", failure.Hint);
    }

    [Fact]
    public async Task Makes_one_draft_when_a_limit_comes_between()
    {
        world.Break("POST releases", GitHubFault.Secondary(20), GitHubFault.Secondary(null));

        await world.Open().Publisher.CreateDraftAsync(new ReleaseDraft("v1", world.Repository.Head, "t", "n", [new ReleaseAsset("a.yaml", "a"u8.ToArray())]), Cancellation);

        Assert.Equal(["a.yaml"], Assert.Single(world.GitHub.Rules.Releases).Assets.Select(asset => asset.Name));
    }

    [Fact]
    public async Task Gives_up_on_a_server_that_stays_away()
    {
        world.GitHub.Faults = _ => GitHubFault.Before(503);

        var failure = await Assert.ThrowsAsync<GraftException>(() => world.Open().Publisher.ListAsync(Cancellation));

        Assert.Equal((FailureKind.Outside, $"'{world.GitHub.Host}' did not do it: it answers 503", 5), (failure.Kind, failure.Message, world.Asked.Count));
    }

    [Fact]
    public async Task Takes_a_refusal_for_what_it_is()
    {
        var failure = await Assert.ThrowsAsync<GraftException>(() => world.Open(LocalGitHub.ReadToken).Publisher.CreateDraftAsync(new ReleaseDraft("v1", world.Repository.Head, "t", "n", []), Cancellation));

        Assert.Equal((FailureKind.Outside, "'acme/product': access is denied: Resource not accessible by personal access token"), (failure.Kind, failure.Message));
        Assert.Equal(2, world.Asked.Count);
    }

    [Fact]
    public async Task Says_where_an_organisation_wants_the_token_authorised()
    {
        var refusal = Testing.Registries.WireReply.Of(403, """{"message":"Resource protected by organization SAML enforcement."}""", ("X-GitHub-SSO", "required; url=https://github.com/orgs/acme/sso?authorization_request=A1"));
        world.GitHub.Faults = _ => new GitHubFault(refusal, TakesEffect: false);

        var failure = await Assert.ThrowsAsync<GraftException>(() => world.Open().Publisher.ListAsync(Cancellation));

        Assert.Equal("authorise the token for the organisation at https://github.com/orgs/acme/sso?authorization_request=A1", failure.Hint);
    }

    [Fact]
    public async Task Says_how_much_is_left()
    {
        var forge = world.Open();
        await forge.Publisher.ListAsync(Cancellation);

        var limits = await forge.FetchLimitsAsync(Cancellation);

        Assert.Equal((5000, 4999), (limits!.Limit, limits.Remaining));
        Assert.InRange(limits.Reset, world.Clock.GetUtcNow(), world.Clock.GetUtcNow().AddHours(2));
    }
}

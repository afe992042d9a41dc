using Graft.Adapters.GitHub;
using Graft.Core.Failures;
using Graft.Testing.GitHub;

namespace Graft.Adapters.Tests.GitHub;

/// <summary>A look at GitHub before anything is wanted of it.</summary>
public sealed class ExaminationTests : IDisposable
{
    private readonly GitHubWorld world = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => world.Dispose();

    [Fact]
    public async Task Says_what_is_there_who_asks_and_how_much_is_left()
    {
        world.GitHub.Rules.Add("v1", "main", draft: false);
        world.GitHub.Rules.Add("v2", "main");

        var lines = await ExamineAsync(LocalGitHub.WriteToken);

        Assert.Equal(["2 releases, 1 of them a draft", "asked with the token of GH_TOKEN", $"4998 of 5000 requests are left until {world.Clock.GetUtcNow().AddHours(1):HH:mm} UTC"], lines);
    }

    [Fact]
    public async Task Says_that_drafts_may_be_hidden()
    {
        world.GitHub.Rules.Add("v1", "main", draft: false);

        var lines = await ExamineAsync(LocalGitHub.ReadToken);

        Assert.Equal("1 release", lines[0]);
        Assert.Equal("GitHub does not say that it may write; if it may not, drafts are hidden, and none can be put up", lines[2]);
    }

    [Fact]
    public async Task Says_that_there_is_no_token()
    {
        var failure = await Assert.ThrowsAsync<GraftException>(() => ExamineAsync(token: null));

        Assert.Equal((FailureKind.Outside, $"no draft can be put up in 'acme/product': there is no token for '{world.GitHub.Host}'"), (failure.Kind, failure.Message));
        Assert.Equal($"set GH_TOKEN, or `gh auth login --hostname {world.GitHub.Host}`", failure.Hint);
    }

    private Task<IReadOnlyList<string>> ExamineAsync(string? token) => ((GitHubPublisher)world.Open(token).Publisher).ExamineAsync(Cancellation);
}

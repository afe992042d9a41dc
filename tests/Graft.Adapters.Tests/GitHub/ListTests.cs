using Graft.Core.Failures;
using Graft.Core.Releases;
using Graft.Testing.GitHub;
using Graft.Testing.Registries;

namespace Graft.Adapters.Tests.GitHub;

/// <summary>The list of releases comes in pages, and a page that is known costs a question that counts against no limit.</summary>
public sealed class ListTests : IDisposable
{
    private readonly GitHubWorld world = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => world.Dispose();

    [Fact]
    public async Task Reads_every_page()
    {
        Fill(250);

        var (releases, unreadable) = await world.Open().Publisher.ListAsync(Cancellation);

        Assert.Equal(250, releases.Select(release => release.Tag).Distinct(StringComparer.Ordinal).Count());
        Assert.Empty(unreadable);
        Assert.Equal(["GET releases?per_page=100", "GET releases?per_page=100&page=2", "GET releases?per_page=100&page=3"], world.Asked.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Reads_the_pages_after_the_first_side_by_side()
    {
        using var third = new ManualResetEventSlim();
        using var server = new HostileRegistry(request =>
        {
            var page = request.Query.Split("page=")[^1];
            if (page == "3")
            {
                third.Set();
            }

            // The second page comes once the third is asked for.
            return page == "2" && !third.Wait(TimeSpan.FromSeconds(30), Cancellation) ? WireReply.Of(404, "{}") : PageOf(request, page == "100" ? 1 : int.Parse(page, System.Globalization.CultureInfo.InvariantCulture), last: 4);
        });

        var releases = (await world.Open(api: $"http://{server.Host}").Publisher.ListAsync(Cancellation)).Releases;

        Assert.Equal(["v1", "v2", "v3", "v4"], releases.Select(release => release.Tag));
    }

    [Fact]
    public async Task Goes_on_where_the_last_page_has_become_another()
    {
        using var server = new HostileRegistry(request => PageOf(request, request.Query.Split("page=")[^1] is var page && page == "100" ? 1 : int.Parse(page, System.Globalization.CultureInfo.InvariantCulture), last: 2, actually: 3));

        var releases = (await world.Open(api: $"http://{server.Host}").Publisher.ListAsync(Cancellation)).Releases;

        Assert.Equal(["v1", "v2", "v3"], releases.Select(release => release.Tag));
    }

    [Fact]
    public async Task Asks_whether_what_it_has_still_holds()
    {
        Fill(250);
        var first = await world.Open().Publisher.ListAsync(Cancellation);
        var used = world.GitHub.Used;

        var again = await world.Open().Publisher.ListAsync(Cancellation);

        Assert.Equal(first.Releases.Select(Summary), again.Releases.Select(Summary));
        Assert.Equal((6, used), (world.Asked.Count, world.GitHub.Used));
    }

    [Fact]
    public async Task Sees_what_changed_since()
    {
        Fill(150);
        await world.Open().Publisher.ListAsync(Cancellation);
        var used = world.GitHub.Used;
        world.GitHub.Rules.Releases[0].Body = "new";

        var again = await world.Open().Publisher.ListAsync(Cancellation);

        Assert.Equal("new", again.Releases.Single(release => release.Tag == "v0").Notes);
        Assert.Equal(used + 1, world.GitHub.Used);
    }

    [Fact]
    public async Task Reads_anew_what_it_kept_and_cannot_read()
    {
        Fill(3);
        await world.Open().Publisher.ListAsync(Cancellation);
        foreach (var file in Directory.EnumerateFiles(world.Repository.Beside("pages")))
        {
            await File.WriteAllTextAsync(file, "{ nonsense", Cancellation);
        }

        Assert.Equal(3, (await world.Open().Publisher.ListAsync(Cancellation)).Releases.Count);
    }

    [Fact]
    public async Task Shows_no_draft_that_was_kept_to_whom_GitHub_shows_none()
    {
        world.GitHub.Rules.Add("v1", "main");
        Assert.Single((await world.Open().Publisher.ListAsync(Cancellation)).Releases);

        Assert.Empty((await world.Open(LocalGitHub.ReadToken).Publisher.ListAsync(Cancellation)).Releases);
        Assert.Empty((await world.Open(token: null).Publisher.ListAsync(Cancellation)).Releases);
    }

    [Fact]
    public async Task Knows_no_commit_where_a_release_names_a_branch()
    {
        world.GitHub.Rules.Add("v1", "main", draft: false);

        Assert.Null((await world.Open().Publisher.FindAsync("v1", Cancellation))!.Commit);
    }

    [Fact]
    public async Task Takes_the_release_before_a_draft_for_its_tag()
    {
        var release = world.GitHub.Rules.Add("v1", "main", draft: false);
        world.GitHub.Rules.Add("v1", "main");

        Assert.Equal($"{release.Id}", (await world.Open().Publisher.FindAsync("v1", Cancellation))!.Id);
    }

    [Fact]
    public async Task Chooses_none_of_several_drafts_for_a_tag()
    {
        world.GitHub.Rules.Add("v1", "main");
        world.GitHub.Rules.Add("v1", "main");

        var failure = await Assert.ThrowsAsync<GraftException>(() => world.Open().Publisher.FindAsync("v1", Cancellation));

        Assert.Equal((FailureKind.Input, "there are 2 drafts for 'v1' in 'acme/product'"), (failure.Kind, failure.Message));
    }

    [Fact]
    public async Task Lists_what_can_be_read_beside_what_cannot()
    {
        world.GitHub.Rules.Add("", "main");
        world.GitHub.Rules.Add("v1", "main");

        var (releases, unreadable) = await world.Open().Publisher.ListAsync(Cancellation);

        Assert.Equal(["v1"], releases.Select(release => release.Tag));
        Assert.Equal("release 1001 of 'acme/product' has no tag", Assert.Single(unreadable).Reason);
    }

    [Fact]
    public async Task Ends_a_list_without_an_end()
    {
        world.GitHub.Faults = _ => new GitHubFault(GitHubReply("[]", ("Link", $"<{world.GitHub.Root}/repos/acme/product/releases?per_page=100>; rel=\"next\"")), TakesEffect: false);

        var failure = await Assert.ThrowsAsync<GraftException>(() => world.Open().Publisher.ListAsync(Cancellation));

        Assert.Equal((FailureKind.Outside, "the list of releases of 'acme/product' has no end"), (failure.Kind, failure.Message));
    }

    [Theory]
    [InlineData("<html>")]
    [InlineData("{}")]
    [InlineData("null")]
    [InlineData("[{\"id\":\"x\"}]")]
    [InlineData("[{\"id\":1,\"body\":\"\\ud800\"}]")]
    public async Task Says_that_an_answer_is_not_GitHubs(string answer)
    {
        world.GitHub.Faults = _ => new GitHubFault(GitHubReply(answer), TakesEffect: false);

        var failure = await Assert.ThrowsAsync<GraftException>(() => world.Open().Publisher.ListAsync(Cancellation));

        Assert.Equal((FailureKind.Outside, $"'acme/product': what '{world.GitHub.Host}' answers is not what GitHub answers"), (failure.Kind, failure.Message));
    }

    [Theory]
    [InlineData(null, "'acme/other' is not on 'HOST' for those without a token")]
    [InlineData(LocalGitHub.ReadToken, "'acme/other' is not on 'HOST', or the token of GH_TOKEN may not see or change it")]
    [InlineData("ghs_stale0123456789", "'HOST' does not accept the token of GH_TOKEN: Bad credentials")]
    public async Task Says_why_a_repository_is_not_shown(string? token, string message)
    {
        var failure = await Assert.ThrowsAsync<GraftException>(() => world.Open(token, "acme/other").Publisher.ListAsync(Cancellation));

        Assert.Equal((FailureKind.Outside, message.Replace("HOST", world.GitHub.Host, StringComparison.Ordinal)), (failure.Kind, failure.Message));
    }

    [Fact]
    public async Task Follows_a_repository_to_its_new_name()
    {
        world.GitHub.Rules.FormerName = "acme/old";
        var publisher = world.Open(repository: "acme/old").Publisher;

        await publisher.CreateDraftAsync(new ReleaseDraft("v1", world.Repository.Head, "title", "notes", [new ReleaseAsset("a.yaml", "content"u8.ToArray())]), Cancellation);

        Assert.Equal(["a.yaml"], Assert.Single((await publisher.ListAsync(Cancellation)).Releases).Assets.Select(asset => asset.Name));
    }

    private static WireReply PageOf(WireRequest request, int page, int last, int? actually = null)
    {
        string Link(int number, string relation) => $"<http://{request.Headers["host"]}{request.Path}?per_page=100&page={number}>; rel=\"{relation}\"";
        return GitHubReply($$"""[{"id":{{page}},"tag_name":"v{{page}}"}]""", page < (actually ?? last) ? [("Link", $"{Link(page + 1, "next")}, {Link(last, "last")}")] : []);
    }

    private void Fill(int count)
    {
        for (var number = 0; number < count; number++)
        {
            world.GitHub.Rules.Add($"v{number}", "main", draft: number % 7 == 0, ($"{number}.yaml", $"{number}"));
        }
    }

    private static string Summary(PublishedRelease release) =>
        $"{release.Id} {release.Tag} {release.IsDraft} {string.Join(',', release.Assets.Select(asset => asset.Name))} {string.Join(',', release.Assets.Select(asset => asset.Digest))} {release.Notes} {release.Url}";

    private static WireReply GitHubReply(string text, params (string Name, string Value)[] headers) => WireReply.Of(200, text, [("Content-Type", "application/json"), .. headers]);
}

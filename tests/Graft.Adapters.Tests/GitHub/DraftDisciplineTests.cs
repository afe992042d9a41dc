using Graft.Core.Failures;
using Graft.Core.Releases;
using Graft.Testing.GitHub;

namespace Graft.Adapters.Tests.GitHub;

/// <summary>One draft for a tag, whatever goes wrong on the way to it.</summary>
public sealed class DraftDisciplineTests : IDisposable
{
    private readonly GitHubWorld world = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static TheoryData<string> Calls => ["GET releases", "POST releases", "POST releases/1001/assets", "GET releases/1001"];

    private static GitHubFault NotFound => new(Testing.Registries.WireReply.Of(404, """{"message":"Not Found"}"""), TakesEffect: false);

    public void Dispose() => world.Dispose();

    [Fact]
    public async Task Sends_the_full_commit_and_that_it_is_a_draft()
    {
        await CreateAsync();

        var sent = world.GitHub.Requests.First(request => request.Method == "POST");
        Assert.Equal($$"""{"tag_name":"v1","target_commitish":"{{world.Repository.Head}}","name":"title","body":"notes","draft":true,"prerelease":false}""", sent.Text);
        Assert.Equal(
            ("Bearer " + LocalGitHub.WriteToken, "application/vnd.github+json", "2022-11-28", "graft"),
            (sent.Authorization, sent.Headers["accept"], sent.Headers["x-github-api-version"], sent.Headers["user-agent"]));
    }

    [Fact]
    public async Task Marks_what_is_named_as_one_before_a_release()
    {
        await CreateAsync(tag: "vpre-TICKET-1");

        Assert.True(Assert.Single(world.GitHub.Rules.Releases).Prerelease);
    }

    [Theory]
    [MemberData(nameof(Calls))]
    public async Task Makes_one_draft_when_a_call_fails_before_it_took_effect(string call) => await MakesOneAsync(call, GitHubFault.Before(), GitHubFault.LostBefore, GitHubFault.Before(504));

    [Theory]
    [MemberData(nameof(Calls))]
    public async Task Makes_one_draft_when_a_call_fails_after_it_took_effect(string call) => await MakesOneAsync(call, GitHubFault.After());

    [Theory]
    [MemberData(nameof(Calls))]
    public async Task Makes_one_draft_when_an_answer_is_lost(string call) => await MakesOneAsync(call, GitHubFault.LostAfter);

    [Theory]
    [InlineData("GET releases?")]
    [InlineData("GET releases/1001")]
    public async Task Makes_nothing_after_a_look_that_failed(string look)
    {
        world.Break(look, [.. Enumerable.Repeat(GitHubFault.Before(), 5)]);

        var failure = await Assert.ThrowsAsync<GraftException>(() => CreateAsync());

        Assert.Equal((FailureKind.Outside, "'" + world.GitHub.Host + "' did not do it: it answers 502"), (failure.Kind, failure.Message));
        Assert.True(world.GitHub.Rules.Releases.Count <= 1);
        Assert.DoesNotContain(world.Asked, asked => asked.StartsWith(look.StartsWith("GET releases?", StringComparison.Ordinal) ? "POST" : "POST releases/", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Waits_for_a_draft_that_is_not_shown_yet()
    {
        world.Break("GET releases/1001", NotFound, NotFound);

        await CreateAsync();

        Assert.Equal(["a.yaml", "a.lock.json"], Assert.Single(world.GitHub.Rules.Releases).Assets.Select(asset => asset.Name));
    }

    [Fact]
    public async Task Says_that_a_draft_went_away_meanwhile()
    {
        world.GitHub.Faults = request => request.Path.EndsWith("/releases/1001", StringComparison.Ordinal) ? NotFound : null;

        var failure = await Assert.ThrowsAsync<GraftException>(() => CreateAsync());

        Assert.Equal((FailureKind.Outside, $"'{world.GitHub.Host}' did not do it: it does not show 'v1' of 'acme/product', which was there"), (failure.Kind, failure.Message));
    }

    [Fact]
    public async Task Finds_this_runs_draft_on_any_page()
    {
        var first = await CreateAsync();
        for (var number = 0; number < 250; number++)
        {
            world.GitHub.Rules.Add($"other{number}", "main", draft: false);
        }

        Assert.Equal(first.Id, (await CreateAsync()).Id);
        Assert.Single(world.GitHub.Rules.Releases, release => release.Tag == "v1");
    }

    [Fact]
    public async Task Adopts_what_a_killed_run_left_and_does_the_rest()
    {
        world.GitHub.Faults = request => request.Path.EndsWith("/assets", StringComparison.Ordinal) && request.Query.Contains("lock", StringComparison.Ordinal) ? GitHubFault.Before(501) : null;
        await Assert.ThrowsAsync<GraftException>(() => CreateAsync());
        Assert.Equal(["a.yaml"], Assert.Single(world.GitHub.Rules.Releases).Assets.Select(asset => asset.Name));
        world.GitHub.Faults = _ => null;

        Assert.Equal(["a.lock.json", "a.yaml"], (await CreateAsync()).Assets.Select(asset => asset.Name));
        Assert.Single(world.GitHub.Rules.Releases);
        Assert.Equal(1, world.Asked.Count(asked => asked == "POST releases/1001/assets?name=a.yaml"));
    }

    [Fact]
    public async Task Replaces_what_a_cut_off_upload_left()
    {
        world.Break("POST releases/1001/assets", GitHubFault.HalfUploaded);

        await CreateAsync();

        Assert.All(Assert.Single(world.GitHub.Rules.Releases).Assets, asset => Assert.Equal("uploaded", asset.State));
        Assert.Contains("DELETE releases/assets/1002", world.Asked);
    }

    [Fact]
    public async Task Keeps_a_draft_of_its_own_of_which_somebody_edited_the_notes()
    {
        var draft = await CreateAsync();
        world.GitHub.Rules.Releases[0].Body = "better notes\r\n";

        Assert.Equal((draft.Id, "better notes\r\n"), (await CreateAsync() is var again ? (again.Id, again.Notes) : default));
    }

    [Theory]
    [InlineData("title", "mine")]
    [InlineData("mine", "notes")]
    public async Task Refuses_somebodys_draft_without_files_that_says_something_else(string title, string notes)
    {
        var there = world.GitHub.Rules.Add("v1", world.Repository.Head.ToString());
        (there.Name, there.Body) = (title, notes);

        await RefusesAsync();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Refuses_a_draft_on_another_commit_or_a_branch(bool isBranch)
    {
        var first = world.Repository.Head.ToString();
        world.Repository.Commit("fix");
        world.Repository.Push();
        var there = world.GitHub.Rules.Add("v1", isBranch ? "main" : first, draft: true, ("a.yaml", "content"), ("a.lock.json", "{}"));

        await RefusesAsync();
        Assert.Equal(2, there.Assets.Count);
    }

    [Fact]
    public async Task Refuses_a_draft_with_a_file_of_somebody_else()
    {
        world.GitHub.Rules.Add("v1", world.Repository.Head.ToString(), draft: true, ("a.yaml", "content"), ("a.lock.json", "{}"), ("b.zip", "b"));

        await RefusesAsync();
    }

    [Fact]
    public async Task Refuses_a_tag_that_a_release_got_in_the_meantime()
    {
        world.GitHub.Rules.ShowsUpTo = 0;
        world.GitHub.Rules.Add("v1", "main", draft: false);

        await RefusesAsync();
    }

    [Fact]
    public async Task Removes_the_second_of_two_drafts_that_a_list_behind_the_times_led_to()
    {
        // The first attempt is answered by a lost connection, and the look after it does not show yet what it made.
        var posts = 0;
        world.GitHub.Rules.ShowsUpTo = 0;
        world.GitHub.Faults = request => request is not { Method: "POST", Path: "/repos/acme/product/releases" } ? null : ++posts == 1 ? GitHubFault.LostAfter : CatchUp();

        await CreateAsync();

        Assert.Equal(2, posts);
        Assert.Equal(["a.yaml", "a.lock.json"], Assert.Single(world.GitHub.Rules.Releases).Assets.Select(asset => asset.Name));
    }

    [Fact]
    public async Task Attaches_nothing_to_what_was_published_in_the_meantime()
    {
        world.GitHub.Faults = request =>
        {
            if (request is { Method: "POST", Path: "/repos/acme/product/releases/1001/assets" })
            {
                world.GitHub.Rules.Publish(world.GitHub.Rules.Releases[0], "false");
                return GitHubFault.Before();
            }

            return null;
        };

        var failure = await Assert.ThrowsAsync<GraftException>(() => CreateAsync());

        Assert.Equal("'v1' of 'acme/product' was published while its files were on their way", failure.Message);
        Assert.Empty(world.GitHub.Rules.Releases[0].Assets);
    }

    [Fact]
    public async Task Refuses_a_file_name_that_GitHub_would_not_keep()
    {
        var draft = Draft() with { Assets = [new ReleaseAsset("a b.yaml", "x"u8.ToArray())] };

        var failure = await Assert.ThrowsAsync<GraftException>(() => world.Open().Publisher.CreateDraftAsync(draft, Cancellation));

        Assert.Equal("GitHub does not keep the name 'a b.yaml': it makes 'a.b.yaml' of it", failure.Message);
        Assert.Empty(world.GitHub.Rules.Releases[0].Assets);
    }

    [Fact]
    public async Task Says_that_a_commit_is_not_on_GitHub()
    {
        var draft = Draft() with { Commit = CommitId.Parse(new string('1', 40)) };

        var failure = await Assert.ThrowsAsync<GraftException>(() => world.Open().Publisher.CreateDraftAsync(draft, Cancellation));

        Assert.Equal($"'acme/product' on '{world.GitHub.Host}' has no commit 11111111", failure.Message);
    }

    [Fact]
    public async Task Sends_files_to_nobody_but_GitHub()
    {
        world.GitHub.Root = "http://127.0.0.2:1";

        var forge = world.Open(api: $"http://{world.GitHub.Host}");
        var failure = await Assert.ThrowsAsync<GraftException>(() => forge.Publisher.CreateDraftAsync(Draft(), Cancellation));

        Assert.Equal($"'{world.GitHub.Host}' wants the files of 'acme/product' sent to '127.0.0.2:1', which is not its own", failure.Message);
    }

    private async Task MakesOneAsync(string call, params IReadOnlyList<GitHubFault> faults)
    {
        world.Break(call, faults);

        var draft = await CreateAsync();

        var release = Assert.Single(world.GitHub.Rules.Releases);
        Assert.Equal(["a.lock.json", "a.yaml"], draft.Assets.Select(asset => asset.Name));
        Assert.Equal([("a.yaml", "content"), ("a.lock.json", "{}")], release.Assets.Select(asset => (asset.Name, System.Text.Encoding.UTF8.GetString(asset.Bytes))));
        Assert.True(release.Draft);
        Assert.True(world.Asked.Count(asked => asked.StartsWith(call, StringComparison.Ordinal)) > faults.Count);
    }

    private async Task RefusesAsync()
    {
        var failure = await Assert.ThrowsAsync<GraftException>(() => CreateAsync());

        Assert.Equal((FailureKind.Input, "there is already a release 'v1' in 'acme/product', and it is another one"), (failure.Kind, failure.Message));
        Assert.Single(world.GitHub.Rules.Releases);
    }

    private GitHubFault? CatchUp()
    {
        world.GitHub.Rules.ShowsUpTo = null;
        return null;
    }

    private Task<PublishedRelease> CreateAsync(string tag = "v1") => world.Open().Publisher.CreateDraftAsync(Draft(tag), Cancellation);

    private ReleaseDraft Draft(string tag = "v1") =>
        new(tag, world.Repository.Head, "title", "notes", [new ReleaseAsset("a.yaml", "content"u8.ToArray()), new ReleaseAsset("a.lock.json", "{}"u8.ToArray())]);
}

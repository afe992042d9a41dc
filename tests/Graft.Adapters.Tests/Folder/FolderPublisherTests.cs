using System.Text;
using Graft.Adapters.Folder;
using Graft.Core.Failures;
using Graft.Core.Releases;
using Graft.Testing;

namespace Graft.Adapters.Tests.Folder;

public sealed class FolderPublisherTests : IDisposable
{
    private static readonly CommitId Commit = CommitId.Parse("5c1f0a7700000000000000000000000000000000");
    private readonly TemporaryFolder temporary = new();

    private CancellationToken Cancellation { get; } = TestContext.Current.CancellationToken;

    private FolderPublisher Publisher => new(Path.Combine(temporary.Path, "published"), TimeProvider.System, path => Path.GetRelativePath(temporary.Path, path));

    public void Dispose() => temporary.Dispose();

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
    }

    [Fact]
    public async Task Removes_a_draft_once()
    {
        var draft = await Publisher.CreateDraftAsync(Draft("v1"), Cancellation);
        await Publisher.CreateDraftAsync(Draft("v2"), Cancellation);

        await Publisher.DeleteDraftAsync(draft, Cancellation);
        await Publisher.DeleteDraftAsync(draft, Cancellation);

        Assert.Equal("v2", Assert.Single((await Publisher.ListAsync(Cancellation)).Releases).Tag);
        Assert.Equal([".lock", "v2"], Directory.EnumerateFileSystemEntries(Path.Combine(temporary.Path, "published")).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Removes_no_release()
    {
        var draft = await Publisher.CreateDraftAsync(Draft("v1"), Cancellation);
        await Publisher.PublishAsync(draft, isNewest: true, Cancellation);

        var failure = await Assert.ThrowsAsync<GraftException>(() => Publisher.DeleteDraftAsync(draft, Cancellation));

        Assert.Equal("'v1' is published: a release is not taken back", failure.Message);
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
    }

    [Fact]
    public async Task Publishes_once()
    {
        var draft = await Publisher.CreateDraftAsync(Draft("v1"), Cancellation);

        Assert.False((await Publisher.PublishAsync(draft, isNewest: true, Cancellation)).IsDraft);
        Assert.False((await Publisher.PublishAsync(draft, isNewest: true, Cancellation)).IsDraft);
    }

    [Theory]
    [InlineData("release/v1")]
    [InlineData("../v1")]
    [InlineData("a b")]
    public async Task Keeps_odd_tags_in_its_folder(string tag)
    {
        await Publisher.CreateDraftAsync(Draft(tag), Cancellation);

        Assert.Equal(tag, (await Publisher.FindAsync(tag, Cancellation))!.Tag);
        Assert.Equal(["published"], Directory.EnumerateFileSystemEntries(temporary.Path).Select(Path.GetFileName));
    }

    [Theory]
    [InlineData("../evil")]
    [InlineData("/evil")]
    [InlineData("a/b")]
    public async Task Refuses_assets_that_would_leave_their_folder(string asset)
    {
        var draft = Draft("v1") with { Assets = [new ReleaseAsset(asset, "x"u8.ToArray())] };

        await Assert.ThrowsAsync<GraftException>(() => Publisher.CreateDraftAsync(draft, Cancellation));
        Assert.Empty((await Publisher.ListAsync(Cancellation)).Releases);
    }

    [Fact]
    public async Task Sweeps_up_what_a_killed_run_left_half_made()
    {
        var unfinished = Directory.CreateDirectory(Path.Combine(temporary.Path, "published", ".unfinished-v0", "assets"));
        await File.WriteAllTextAsync(Path.Combine(unfinished.FullName, "half"), "", Cancellation);

        Assert.Empty((await Publisher.ListAsync(Cancellation)).Releases);
        await Publisher.CreateDraftAsync(Draft("v1"), Cancellation);
        Assert.Equal([".lock", "v1"], Directory.EnumerateFileSystemEntries(Path.Combine(temporary.Path, "published")).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Refuses_an_asset_that_is_larger_than_the_limit()
    {
        var release = await Publisher.CreateDraftAsync(Draft("v1"), Cancellation);

        await Assert.ThrowsAsync<GraftException>(() => Publisher.FetchAssetAsync(release, "a.yaml", 3, Cancellation));
    }

    [Fact]
    public async Task Says_which_file_does_not_describe_a_release()
    {
        await BreakAsync("v1");

        var failure = await Assert.ThrowsAsync<GraftException>(() => Publisher.FindAsync("v1", Cancellation));

        Assert.Equal(FailureKind.Input, failure.Kind);
        Assert.Equal("published/v1/release.json:1:3: the release's description is not JSON that can be read", failure.Message);
    }

    [Fact]
    public async Task Lists_what_can_be_read_beside_what_cannot()
    {
        await Publisher.CreateDraftAsync(Draft("v2"), Cancellation);
        await BreakAsync("v1");

        var (releases, unreadable) = await Publisher.ListAsync(Cancellation);

        Assert.Equal(["v2"], releases.Select(release => release.Tag));
        Assert.Equal(["v1"], unreadable.Select(release => release.Tag));
        Assert.StartsWith("published/v1/release.json:1:3: ", unreadable[0].Reason, StringComparison.Ordinal);
    }

    private Task BreakAsync(string tag)
    {
        var folder = Directory.CreateDirectory(Path.Combine(temporary.Path, "published", tag)).FullName;
        return File.WriteAllTextAsync(Path.Combine(folder, "release.json"), "{ nonsense", Cancellation);
    }

    private static ReleaseDraft Draft(string tag, string content = "content") =>
        new(tag, Commit, "title", "notes", [new ReleaseAsset("a.yaml", Encoding.UTF8.GetBytes(content)), new ReleaseAsset("a.lock.json", "{}"u8.ToArray())]);
}

using Graft.Core.Failures;
using Graft.Core.Releases;
using Graft.Testing;

namespace Graft.Adapters.Tests.Git;

public sealed class GitRevisionTests : IDisposable
{
    private static readonly CommitId Unknown = CommitId.Parse(new string('1', 40));
    private readonly TemporaryRepository repository = new();
    private readonly CancellationToken cancellation = TestContext.Current.CancellationToken;

    public void Dispose() => repository.Dispose();

    [Theory]
    [InlineData("HEAD")]
    [InlineData("main")]
    [InlineData("v1")]
    [InlineData("refs/tags/v1")]
    [InlineData("HEAD~0")]
    public async Task Finds_a_commit_by_any_expression(string revision)
    {
        repository.Tag("v1");
        var opened = await repository.OpenAsync(cancellation);

        Assert.Equal(repository.Head, await opened.FindCommitAsync(revision, cancellation));
    }

    [Theory]
    [InlineData("")]
    [InlineData("nothing")]
    [InlineData("--all")]
    [InlineData("--upload-pack=touch /tmp/owned")]
    [InlineData("HEAD..main")]
    [InlineData("HEAD:README.md")]
    [InlineData("HEAD\nmain")]
    [InlineData("a\0b")]
    [InlineData("1111111111111111111111111111111111111111")]
    public async Task What_is_no_commit_is_null(string revision)
    {
        var opened = await repository.OpenAsync(cancellation);

        Assert.Null(await opened.FindCommitAsync(revision, cancellation));
        Assert.Null(await opened.FindTagAsync(revision, cancellation));
    }

    [Theory]
    [InlineData("1763870700", 1763870700)]
    [InlineData("99999999999999999999999", 253402300799)]
    public async Task A_commit_has_its_committers_time(string written, long seconds)
    {
        repository.Write("odd", $"tree {repository.Git("rev-parse", "HEAD^{tree}").TrimEnd()}\nauthor Ada <a@example.org> 1 +0000\ncommitter Ada <a@example.org> {written} +0100\n\nOdd\n");
        var commit = CommitId.Parse(repository.Git("hash-object", "-t", "commit", "-w", "--literally", "odd").TrimEnd());
        repository.Git("config", "diff.orderFile", "/nowhere");
        var opened = await repository.OpenAsync(cancellation);

        Assert.Equal(seconds, (await opened.ReadCommitTimeAsync(commit, cancellation)).ToUnixTimeSeconds());
    }

    [Fact]
    public async Task A_tag_is_a_tag_and_no_branch_of_that_name()
    {
        var first = repository.Head;
        repository.Git("tag", "both");
        repository.Commit("Second");
        repository.Git("branch", "both");
        repository.Git("branch", "only");
        var opened = await repository.OpenAsync(cancellation);

        Assert.Equal(first, await opened.FindTagAsync("both", cancellation));
        Assert.Null(await opened.FindTagAsync("only", cancellation));
        Assert.Null(await opened.FindTagAsync("both~0", cancellation));
    }

    [Fact]
    public async Task A_tag_that_looks_like_an_option_is_found()
    {
        const string name = "--upload-pack=x";
        repository.Git("update-ref", "refs/tags/" + name, "HEAD");
        repository.Git("push", "--quiet", "origin", "refs/tags/" + name);
        var opened = await repository.OpenAsync(cancellation);

        Assert.Equal(repository.Head, await opened.FindTagAsync(name, cancellation));
        Assert.Equal(repository.Head, (await opened.ReadTagsAsync(cancellation))[name]);
        Assert.Equal(repository.Head, (await opened.ListRemoteAsync("origin", cancellation)).Tags[name]);
    }

    [Fact]
    public async Task Reads_tags_with_their_commits()
    {
        repository.Git("tag", "light");
        repository.Tag("annotated");
        repository.Git("tag", "--annotate", "--message", "x", "of-a-tag", "annotated");
        repository.Git("tag", "--annotate", "--message", "x", "of-a-tag-of-a-tag", "of-a-tag");
        repository.Git("tag", "of-a-file", "HEAD:README.md");
        var opened = await repository.OpenAsync(cancellation);

        var tags = await opened.ReadTagsAsync(cancellation);

        Assert.Equal(["annotated", "light", "of-a-tag", "of-a-tag-of-a-tag"], tags.Keys.Order(StringComparer.Ordinal));
        Assert.All(tags.Values, commit => Assert.Equal(repository.Head, commit));
    }

    [Fact]
    public async Task Reads_what_was_last_seen_of_a_remote()
    {
        repository.Git("push", "--quiet", "origin", "HEAD:refs/heads/release/3.2");
        repository.Git("remote", "set-head", "origin", "main");
        var opened = await repository.OpenAsync(cancellation);

        var branches = await opened.ReadTrackingBranchesAsync("origin", cancellation);

        Assert.Equal(["main", "release/3.2"], branches.Keys.Order(StringComparer.Ordinal));
        Assert.Empty(await opened.ReadTrackingBranchesAsync("*", cancellation));
        Assert.Empty(await opened.ReadTrackingBranchesAsync("upstream", cancellation));
    }

    [Fact]
    public async Task Knows_ancestors()
    {
        var first = repository.Head;
        var second = repository.Commit("Second");
        var opened = await repository.OpenAsync(cancellation);

        Assert.True(await opened.IsAncestorAsync(first, second, cancellation));
        Assert.True(await opened.IsAncestorAsync(first, first, cancellation));
        Assert.False(await opened.IsAncestorAsync(second, first, cancellation));
    }

    [Fact]
    public async Task History_with_a_hole_is_no_answer()
    {
        var first = repository.Head;
        var lost = repository.Commit("Second").ToString();
        var third = repository.Commit("Third");
        File.Delete(repository.At($".git/objects/{lost[..2]}/{lost[2..]}"));
        var opened = await repository.OpenAsync(cancellation);

        var failure = await Assert.ThrowsAsync<GraftException>(() => opened.IsAncestorAsync(first, third, cancellation));

        Assert.Equal((FailureKind.Outside, $"cannot compare '{first.Short}' with '{third.Short}': Could not read {lost}"), (failure.Kind, failure.Message));
    }

    [Fact]
    public async Task A_tag_of_a_file_is_a_tag_of_no_commit()
    {
        repository.Git("tag", "of-a-file", "HEAD:README.md");
        var opened = await repository.OpenAsync(cancellation);

        Assert.Null(await opened.FindTagAsync("of-a-file", cancellation));
        Assert.True(await opened.HasTagAsync("of-a-file", cancellation));
        Assert.False(await opened.HasTagAsync("nothing", cancellation));
        Assert.False(await opened.HasTagAsync("--all", cancellation));
    }

    [Fact]
    public async Task Passes_over_tips_that_are_not_here()
    {
        var first = repository.Head;
        var second = repository.Commit("Second");
        var third = repository.Commit("Third");
        var opened = await repository.OpenAsync(cancellation);

        Assert.True(await opened.IsReachableFromAsync(second, [Unknown, third], cancellation));
        Assert.True(await opened.IsReachableFromAsync(second, [second], cancellation));
        Assert.True(await opened.IsReachableFromAsync(first, [Unknown, second, third], cancellation));
        Assert.False(await opened.IsReachableFromAsync(second, [first, Unknown], cancellation));
        Assert.False(await opened.IsReachableFromAsync(second, [Unknown], cancellation));
        Assert.False(await opened.IsReachableFromAsync(second, [], cancellation));
    }

    [Fact]
    public async Task Commits_missing_are_those_without_an_equivalent()
    {
        var start = repository.Head;
        var shared = repository.Commit("Shared fix", ("a", "fixed\n"));
        var missing = repository.Commit("Missing", ("b", "new\n"));
        repository.Git("checkout", "--quiet", "-b", "main-again", start.ToString());
        repository.Commit("Something else", ("c", "c\n"));
        repository.Git("cherry-pick", shared.ToString());
        var opened = await repository.OpenAsync(cancellation);

        Assert.Equal([missing], await opened.ReadCommitsMissingAsync(opened.Head, missing, cancellation));
    }
}

using Graft.Core.Failures;
using Graft.Testing;

namespace Graft.Adapters.Tests.Git;

public sealed class GitRemoteTests : IDisposable
{
    private readonly TemporaryRepository repository = new();
    private readonly CancellationToken cancellation = TestContext.Current.CancellationToken;

    public void Dispose() => repository.Dispose();

    [Fact]
    public async Task Lists_branches_and_peeled_tags()
    {
        repository.Tag("v1");
        repository.Git("push", "--quiet", "origin", "v1");
        var opened = await repository.OpenAsync(cancellation);

        var refs = await opened.ListRemoteAsync("origin", cancellation);

        Assert.Null(refs.Unreachable);
        Assert.Equal(repository.Head, Assert.Single(refs.Branches, branch => branch.Key == "main").Value);
        Assert.Equal(repository.Head, Assert.Single(refs.Tags, tag => tag.Key == "v1").Value);
    }

    [Fact]
    public async Task A_remote_branch_that_was_not_fetched_is_a_tip_that_is_not_here()
    {
        // A colleague pushed on top of what we have: ours is reachable from a commit that we have never seen.
        var clone = repository.Beside("colleague");
        repository.Git("clone", "--quiet", repository.Remote, clone);
        repository.GitIn(clone, "commit", "--quiet", "--allow-empty", "--message", "Theirs");
        repository.GitIn(clone, "push", "--quiet", "origin", "HEAD:refs/heads/other");
        var opened = await repository.OpenAsync(cancellation);

        var refs = await opened.ListRemoteAsync("origin", cancellation);

        Assert.NotEqual(repository.Head, refs.Branches["other"]);
        Assert.False(await opened.IsReachableFromAsync(opened.Head, [refs.Branches["other"]], cancellation));
        Assert.True(await opened.IsReachableFromAsync(opened.Head, refs.Branches.Values, cancellation));
    }

    [Fact]
    public async Task An_unreachable_remote_is_an_answer()
    {
        Directory.Delete(repository.Remote, recursive: true);
        var opened = await repository.OpenAsync(cancellation);

        var refs = await opened.ListRemoteAsync("origin", cancellation);

        Assert.Empty(refs.Branches);
        Assert.Equal($"'{repository.Remote}' does not appear to be a git repository", refs.Unreachable);
    }

    [Theory]
    [InlineData("--upload-pack=touch owned")]
    [InlineData("-oProxyCommand=x")]
    [InlineData("")]
    public async Task A_remote_that_looks_like_an_option_is_refused(string remote)
    {
        var opened = await repository.OpenAsync(cancellation);

        var failure = await Assert.ThrowsAsync<GraftException>(() => opened.ListRemoteAsync(remote, cancellation));

        Assert.Equal((FailureKind.Input, $"'{remote}' is not a remote"), (failure.Kind, failure.Message));
    }

    [Fact]
    public async Task Reads_a_file_on_a_remote_branch()
    {
        repository.Commit("Configure", ("graft.yaml", "schema: 1 # ü\n"));
        repository.Push();
        var opened = await repository.OpenAsync(cancellation);

        Assert.Equal("schema: 1 # ü\n", await opened.ReadRemoteFileAsync("origin", "main", "graft.yaml", cancellation));
        Assert.Null(await opened.ReadRemoteFileAsync("origin", "main", "nothing", cancellation));
        Assert.Null(await opened.ReadRemoteFileAsync("origin", "nothing", "graft.yaml", cancellation));
        Assert.Null(await opened.ReadRemoteFileAsync("origin", "main~1", "graft.yaml", cancellation));
    }

    [Fact]
    public async Task Makes_a_tag_once()
    {
        var first = repository.Head;
        var second = repository.Commit("Second");
        var opened = await repository.OpenAsync(cancellation);

        await opened.CreateTagAsync("v1", first, "release 1\n\n# not a comment\n", cancellation);
        await opened.CreateTagAsync("v1", first, "again", cancellation);
        var failure = await Assert.ThrowsAsync<GraftException>(() => opened.CreateTagAsync("v1", second, "", cancellation));

        Assert.Equal("tag", repository.Git("cat-file", "-t", "v1"));
        Assert.EndsWith("\n\nrelease 1\n\n# not a comment", repository.Git("cat-file", "tag", "v1"), StringComparison.Ordinal);
        Assert.Equal(
            (FailureKind.Guard, $"cannot tag '{second.Short}' as 'v1': it exists on '{first.Short}'"), (failure.Kind, failure.Message));
    }

    [Theory]
    [InlineData("--force")]
    [InlineData("a b")]
    [InlineData("a..b")]
    [InlineData("")]
    public async Task Makes_no_tag_of_such_a_name(string tag)
    {
        var opened = await repository.OpenAsync(cancellation);

        await Assert.ThrowsAsync<GraftException>(() => opened.CreateTagAsync(tag, opened.Head, "", cancellation));

        Assert.Empty(repository.Git("tag", "--list"));
    }

    [Fact]
    public async Task Pushes_a_tag_once_and_never_over_another()
    {
        var opened = await repository.OpenAsync(cancellation);
        await opened.CreateTagAsync("v1", opened.Head, "release", cancellation);

        await opened.PushTagAsync("origin", "v1", cancellation);
        await opened.PushTagAsync("origin", "v1", cancellation);
        Assert.Equal(repository.Git("rev-parse", "v1"), repository.GitIn(repository.Remote, "rev-parse", "v1"));

        // Another tag object on the same commit is the same release; another commit is not.
        repository.Git("tag", "--delete", "v1");
        await opened.CreateTagAsync("v1", opened.Head, "made elsewhere", cancellation);
        await opened.PushTagAsync("origin", "v1", cancellation);
        repository.Git("tag", "--delete", "v1");
        var second = repository.Commit("Second");
        await opened.CreateTagAsync("v1", second, "moved", cancellation);
        var failure = await Assert.ThrowsAsync<GraftException>(() => opened.PushTagAsync("origin", "v1", cancellation));

        Assert.Equal(FailureKind.Guard, failure.Kind);
        Assert.Equal(opened.Head.ToString(), repository.GitIn(repository.Remote, "rev-parse", "v1^{commit}"));
    }

    [Fact]
    public async Task A_push_that_fails_is_an_outside_failure_with_gits_words()
    {
        var opened = await repository.OpenAsync(cancellation);
        await opened.CreateTagAsync("v1", opened.Head, "release", cancellation);
        Directory.Delete(repository.Remote, recursive: true);

        var failure = await Assert.ThrowsAsync<GraftException>(() => opened.PushTagAsync("origin", "v1", cancellation));

        Assert.Equal(FailureKind.Outside, failure.Kind);
        Assert.StartsWith("cannot push the tag 'v1' to 'origin': ", failure.Message, StringComparison.Ordinal);
    }
}

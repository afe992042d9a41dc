using Graft.Adapters.Git;
using Graft.Core.Failures;
using Graft.Testing;

namespace Graft.Adapters.Tests.Git;

public sealed class CleanCheckoutTests : IDisposable
{
    private readonly TemporaryRepository repository = new();
    private readonly CancellationToken cancellation = TestContext.Current.CancellationToken;

    public void Dispose() => repository.Dispose();

    [Fact]
    public async Task Is_the_commit_and_nothing_of_the_worktree()
    {
        repository.Commit("Files", ("a/b", "committed\n"), (".gitignore", "ignored\n"));
        repository.Tag("v1");
        repository.Write("a/b", "changed\n");
        repository.Write("ignored", "stray\n");
        repository.Write("untracked", "stray\n");
        var before = Snapshot();

        await using var checkout = await CheckOutAsync();

        Assert.Equal("committed\n", await ReadAsync(checkout, "a/b"));
        Assert.Equal([".gitignore", "README.md", "a"], Names(checkout));
        Assert.Equal(repository.Head.ToString(), repository.GitIn(checkout.Folder, "rev-parse", "HEAD"));
        Assert.Equal("", repository.GitIn(checkout.Folder, "status", "--porcelain", "--ignored"));
        Assert.Equal("v1", repository.GitIn(checkout.Folder, "describe"));
        Assert.Equal(repository.Git("rev-parse", "origin/main"), repository.GitIn(checkout.Folder, "rev-parse", "origin/main"));
        Assert.Equal(repository.Remote, repository.GitIn(checkout.Folder, "config", "remote.origin.url"));
        Assert.Equal(before, Snapshot());
    }

    [Fact]
    public async Task Disposing_removes_it()
    {
        var checkout = await CheckOutAsync();
        Directory.CreateDirectory(Path.Combine(checkout.Folder, "cache", "sub"));
        File.SetUnixFileMode(Path.Combine(checkout.Folder, "cache"), UnixFileMode.UserRead | UnixFileMode.UserExecute);

        await checkout.DisposeAsync();

        Assert.False(Directory.Exists(checkout.Folder));
    }

    [Fact]
    public async Task Converts_no_line_ends()
    {
        repository.Commit(
            "Line ends",
            ("crlf.txt", "a\r\nb\r\n"),
            ("lf.txt", "a\nb\n"));
        repository.Commit("Ask for conversion", (".gitattributes", "* text=auto eol=crlf\n*.sh text eol=crlf\n"), ("x.sh", "a\n"), ("sub/.gitattributes", "* eol=crlf\n"), ("sub/y", "a\n"));
        repository.Git("config", "core.autocrlf", "true");
        repository.Git("config", "core.eol", "crlf");

        await using var checkout = await CheckOutAsync();

        Assert.Equal("a\nb\n", await ReadAsync(checkout, "lf.txt"));
        Assert.Equal("a\n", await ReadAsync(checkout, "x.sh"));
        Assert.Equal("a\n", await ReadAsync(checkout, "sub/y"));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Runs_no_hook(bool areElsewhere)
    {
        var hooks = areElsewhere ? repository.Beside("hooks") : repository.At(".git/hooks");
        Directory.CreateDirectory(hooks);
        foreach (var name in new[] { "post-checkout", "post-index-change", "reference-transaction", "post-commit", "fsmonitor" })
        {
            await File.WriteAllTextAsync(Path.Combine(hooks, name), "#!/bin/sh\ntouch hooked\nexit 1\n", cancellation);
            File.SetUnixFileMode(Path.Combine(hooks, name), (UnixFileMode)0b111_101_101);
        }

        repository.Git("config", "core.fsmonitor", Path.Combine(hooks, "fsmonitor"));
        if (areElsewhere)
        {
            repository.Git("config", "core.hooksPath", hooks);
        }

        await using var checkout = await CheckOutAsync();

        Assert.Equal(["README.md"], Names(checkout));
    }

    [Fact]
    public async Task Is_whole_even_when_the_users_view_is_sparse()
    {
        repository.Commit("Files", ("in/a", ""), ("out/b", ""));
        repository.Git("sparse-checkout", "set", "--cone", "in");
        Assert.False(Directory.Exists(repository.At("out")));

        await using var checkout = await CheckOutAsync();

        Assert.Equal(["README.md", "in", "out"], Names(checkout));
    }

    [Fact]
    public async Task Works_from_a_shallow_clone()
    {
        repository.Commit("Second", ("a", "a\n"));
        repository.Push();
        var shallow = repository.Beside("shallow");
        repository.Git("clone", "--quiet", "--depth", "1", "file://" + repository.Remote, shallow);

        await using var checkout = await CheckOutAsync(shallow);

        Assert.Equal(["README.md", "a"], Names(checkout));
        Assert.Equal("1", repository.GitIn(checkout.Folder, "rev-list", "--count", "HEAD"));
    }

    [Fact]
    public async Task Fetches_what_a_partial_clone_lacks()
    {
        var old = repository.Commit("Old", ("a", "old\n"));
        repository.Commit("New", ("a", "new\n"));
        repository.Push();
        repository.GitIn(repository.Remote, "config", "uploadpack.allowFilter", "true");
        repository.GitIn(repository.Remote, "config", "uploadpack.allowAnySHA1InWant", "true");
        var partial = repository.Beside("partial");
        repository.Git("clone", "--quiet", "--filter=blob:none", "file://" + repository.Remote, partial);
        var opened = await GitRepository.OpenAsync(partial, TemporaryRepository.Runner, cancellation);

        await using var checkout = await CleanCheckout.CreateAsync(opened, old, repository.Beside("checkout"), cancellation);

        Assert.Equal("old\n", await ReadAsync(checkout, "a"));
    }

    [Fact]
    public async Task A_partial_clone_whose_remote_is_gone_says_what_it_needs()
    {
        var old = repository.Commit("Old", ("a", "old\n"));
        repository.Commit("New", ("a", "new\n"));
        repository.Push();
        repository.GitIn(repository.Remote, "config", "uploadpack.allowFilter", "true");
        var partial = repository.Beside("partial");
        repository.Git("clone", "--quiet", "--filter=blob:none", "file://" + repository.Remote, partial);
        Directory.Delete(repository.Remote, recursive: true);
        var opened = await GitRepository.OpenAsync(partial, TemporaryRepository.Runner, cancellation);

        var failure = await Assert.ThrowsAsync<GraftException>(() => CleanCheckout.CreateAsync(opened, old, repository.Beside("checkout"), cancellation));

        Assert.Equal(
            (FailureKind.Outside, $"cannot check out '{old.Short}': the clone is partial, and its remote was not reached: '{repository.Remote}' does not appear to be a git repository", "see that `git fetch` works"),
            (failure.Kind, failure.Message, failure.Hint));
        Assert.False(Directory.Exists(repository.Beside("checkout")));
    }

    [Fact]
    public async Task Works_from_a_linked_worktree()
    {
        var linked = repository.Beside("linked");
        repository.Git("worktree", "add", "--quiet", "-b", "fix", linked);

        await using var checkout = await CheckOutAsync(linked);

        Assert.Equal(["README.md"], Names(checkout));
        Assert.Equal(2, repository.Git("worktree", "list").Split('\n').Length);
    }

    [Fact]
    public async Task A_remote_given_by_a_relative_path_stays_the_same_remote()
    {
        repository.Git("remote", "set-url", "origin", "../origin.git");

        await using var checkout = await CheckOutAsync();

        Assert.Equal(repository.Remote, repository.GitIn(checkout.Folder, "config", "remote.origin.url"));
    }

    [Fact]
    public async Task A_folder_that_is_not_empty_is_refused_and_kept()
    {
        Directory.CreateDirectory(repository.Beside("checkout"));
        await File.WriteAllTextAsync(Path.Combine(repository.Beside("checkout"), "mine"), "", cancellation);

        var failure = await Assert.ThrowsAsync<GraftException>(() => CheckOutAsync());

        Assert.Equal(FailureKind.Outside, failure.Kind);
        Assert.True(File.Exists(Path.Combine(repository.Beside("checkout"), "mine")));
    }

    [Fact]
    public async Task Cancelled_it_leaves_nothing()
    {
        var opened = await repository.OpenAsync(cancellation);
        // The filter is reached in the middle of the checkout and never ends by itself.
        using var source = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        repository.Git("config", "filter.slow.smudge", $"touch '{repository.Beside("reached")}'; sleep 1000");
        var head = repository.Commit("Slow", (".gitattributes", "slow filter=slow\n"), ("slow", "x\n"));
        using var watcher = new FileSystemWatcher(Path.GetDirectoryName(repository.Root)!, "reached");
        watcher.Created += (_, _) => source.Cancel();
        watcher.EnableRaisingEvents = true;

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => CleanCheckout.CreateAsync(opened, head, repository.Beside("checkout"), source.Token));

        Assert.False(Directory.Exists(repository.Beside("checkout")));
    }

    private async Task<CleanCheckout> CheckOutAsync(string? from = null)
    {
        var opened = await GitRepository.OpenAsync(from ?? repository.Root, TemporaryRepository.Runner, cancellation);
        return await CleanCheckout.CreateAsync(opened, opened.Head, repository.Beside("checkout"), cancellation);
    }

    private Task<string> ReadAsync(CleanCheckout checkout, string path) => File.ReadAllTextAsync(Path.Combine(checkout.Folder, path), cancellation);

    private static IEnumerable<string> Names(CleanCheckout checkout) =>
        Directory.GetFileSystemEntries(checkout.Folder).Select(path => Path.GetFileName(path)!).Where(name => name != ".git").Order(StringComparer.Ordinal);

    /// <summary>Everything in the user's repository, by name and length.</summary>
    private List<string> Snapshot() =>
        [.. Directory.EnumerateFiles(repository.Root, "*", SearchOption.AllDirectories).Select(path => $"{path} {new FileInfo(path).Length}").Order(StringComparer.Ordinal)];
}

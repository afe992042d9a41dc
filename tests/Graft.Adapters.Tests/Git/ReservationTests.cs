using Graft.Core.Failures;
using Graft.Core.Hotfixes;
using Graft.Core.Releases;
using Graft.Testing;

namespace Graft.Adapters.Tests.Git;

public sealed class ReservationTests : IDisposable
{
    private static readonly ReleaseName Name = ReleaseName.Parse("3.2.202511251200");
    private static readonly Reservation Ours = new("origin", "ours");
    private static readonly Reservation Theirs = new("origin", "theirs");
    private readonly TemporaryRepository repository = new();
    private readonly CancellationToken cancellation = TestContext.Current.CancellationToken;

    private string Reserved => repository.GitIn(repository.Remote, "for-each-ref", "--format=%(refname)", "refs/graft");

    public void Dispose() => repository.Dispose();

    [Fact]
    public async Task Only_one_has_a_name()
    {
        var git = await repository.OpenAsync(cancellation);

        Assert.True(await git.TryReserveAsync(Name, Ours, cancellation));
        Assert.False(await git.TryReserveAsync(Name, Theirs, cancellation));
        Assert.Equal("refs/graft/3.2.202511251200", Reserved);
    }

    [Fact]
    public async Task Knows_its_own_again()
    {
        var git = await repository.OpenAsync(cancellation);

        Assert.True(await git.TryReserveAsync(Name, Ours, cancellation));
        Assert.True(await git.TryReserveAsync(Name, Ours, cancellation));
        Assert.True(await git.FreeAsync(Name, Ours, cancellation));
        Assert.True(await git.FreeAsync(Name, Ours, cancellation));
        Assert.Equal("", Reserved);
    }

    [Fact]
    public async Task Whether_names_can_be_held_is_found_out_without_holding_one()
    {
        var git = await repository.OpenAsync(cancellation);

        Assert.Null(await git.FindReservationProblemAsync("origin", cancellation));
        Assert.Equal("", Reserved);

        repository.Git("config", "remote.origin.pushurl", repository.Beside("nowhere.git"));
        Assert.Equal($"'{repository.Beside("nowhere.git")}' does not appear to be a git repository", await git.FindReservationProblemAsync("origin", cancellation));
    }

    [Fact]
    public async Task Leaves_what_is_somebody_else_s()
    {
        var git = await repository.OpenAsync(cancellation);
        await git.TryReserveAsync(Name, Theirs, cancellation);

        Assert.False(await git.FreeAsync(Name, Ours, cancellation));
        Assert.Equal("refs/graft/3.2.202511251200", Reserved);
    }

    [Fact]
    public async Task Of_many_at_once_one_gets_it()
    {
        var git = await repository.OpenAsync(cancellation);

        var got = await Task.WhenAll(Enumerable.Range(0, 8).Select(number => git.TryReserveAsync(Name, new Reservation("origin", $"run {number}"), cancellation)));

        Assert.Single(got, isOurs => isOurs);
    }

    [Fact]
    public async Task Runs_no_hook_and_pushes_no_commit()
    {
        var hook = repository.At(".git/hooks/pre-push");
        Directory.CreateDirectory(Path.GetDirectoryName(hook)!);
        await File.WriteAllTextAsync(hook, "#!/bin/sh\nexit 1\n", cancellation);
        File.SetUnixFileMode(hook, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        var unpushed = repository.Commit("Not for others yet");
        var git = await repository.OpenAsync(cancellation);

        Assert.True(await git.TryReserveAsync(Name, Ours, cancellation));
        Assert.Equal("blob", repository.GitIn(repository.Remote, "cat-file", "-t", "refs/graft/3.2.202511251200"));
        Assert.DoesNotContain(unpushed.ToString(), repository.GitIn(repository.Remote, "cat-file", "--batch-all-objects", "--batch-check"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_remote_that_refuses_is_an_outside_failure_in_its_words()
    {
        var hook = Path.Combine(repository.Remote, "hooks", "update");
        Directory.CreateDirectory(Path.GetDirectoryName(hook)!);
        await File.WriteAllTextAsync(hook, "#!/bin/sh\necho 'no such references here' >&2\nexit 1\n", cancellation);
        File.SetUnixFileMode(hook, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        var git = await repository.OpenAsync(cancellation);

        var failure = await Assert.ThrowsAsync<GraftException>(() => git.TryReserveAsync(Name, Ours, cancellation));

        Assert.Equal(FailureKind.Outside, failure.Kind);
        Assert.StartsWith("cannot reserve '3.2.202511251200' on 'origin': ", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_remote_that_is_gone_is_an_outside_failure()
    {
        var git = await repository.OpenAsync(cancellation);
        Directory.Delete(repository.Remote, recursive: true);

        var failure = await Assert.ThrowsAsync<GraftException>(() => git.TryReserveAsync(Name, Ours, cancellation));

        Assert.Equal(FailureKind.Outside, failure.Kind);
    }
}

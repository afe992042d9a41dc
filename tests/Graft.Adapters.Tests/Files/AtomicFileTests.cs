using System.Text;
using Graft.Adapters.Files;
using Graft.Core.Failures;
using Graft.Testing;

namespace Graft.Adapters.Tests.Files;

public sealed class AtomicFileTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly CancellationToken cancellation = TestContext.Current.CancellationToken;

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Writes_a_new_file()
    {
        await AtomicFile.WriteAsync(folder.At("a"), "text"u8.ToArray(), cancellation);

        Assert.Equal("text", await File.ReadAllTextAsync(folder.At("a"), cancellation));
        Assert.Single(Directory.GetFileSystemEntries(folder.Path));
    }

    [Fact]
    public async Task Replaces_a_file_and_keeps_its_mode()
    {
        var path = folder.Write("a", "old");
        const UnixFileMode mode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
        File.SetUnixFileMode(path, mode);

        await AtomicFile.WriteAsync(path, "new"u8.ToArray(), cancellation);

        Assert.Equal(("new", mode), (await File.ReadAllTextAsync(path, cancellation), File.GetUnixFileMode(path)));
    }

    [Fact]
    public async Task Creates_only_what_is_not_there()
    {
        var path = folder.Write("a", "old");

        var failure = await Assert.ThrowsAsync<GraftException>(() => AtomicFile.CreateAsync(path, "new"u8.ToArray(), cancellation));

        Assert.Equal((FailureKind.Input, $"'{path}' exists already"), (failure.Kind, failure.Message));
        Assert.Equal("old", await File.ReadAllTextAsync(path, cancellation));
        Assert.Single(Directory.GetFileSystemEntries(folder.Path));
    }

    [Fact]
    public async Task Does_not_create_over_a_link_that_leads_nowhere()
    {
        File.CreateSymbolicLink(folder.At("a"), folder.At("nowhere"));

        await Assert.ThrowsAsync<GraftException>(() => AtomicFile.CreateAsync(folder.At("a"), "new"u8.ToArray(), cancellation));

        Assert.False(File.Exists(folder.At("nowhere")));
    }

    [Fact]
    public async Task Of_many_that_create_one_wins()
    {
        var path = folder.At("a");
        var attempts = await Task.WhenAll(Enumerable.Range(0, 20).Select(async i =>
        {
            try
            {
                await AtomicFile.CreateAsync(path, Encoding.ASCII.GetBytes($"{i}"), cancellation);
                return i;
            }
            catch (GraftException)
            {
                return -1;
            }
        }));

        var winner = Assert.Single(attempts, attempt => attempt >= 0);
        Assert.Equal($"{winner}", await File.ReadAllTextAsync(path, cancellation));
        Assert.Single(Directory.GetFileSystemEntries(folder.Path));
    }

    [Fact]
    public async Task A_missing_folder_is_an_outside_failure_with_the_path()
    {
        var path = folder.At("no", "a");

        var failure = await Assert.ThrowsAsync<GraftException>(() => AtomicFile.WriteAsync(path, default, cancellation));

        Assert.Equal((FailureKind.Outside, $"cannot write '{path}': its folder does not exist"), (failure.Kind, failure.Message));
    }

    [Fact]
    public async Task A_folder_in_its_place_is_an_outside_failure_and_nothing_is_left()
    {
        Directory.CreateDirectory(folder.At("a"));

        var failure = await Assert.ThrowsAsync<GraftException>(() => AtomicFile.WriteAsync(folder.At("a"), default, cancellation));

        Assert.Equal(FailureKind.Outside, failure.Kind);
        Assert.Equal([folder.At("a")], Directory.GetFileSystemEntries(folder.Path));
    }

    [Fact]
    public async Task A_cancelled_write_leaves_the_old_file()
    {
        var path = folder.Write("a", "old");

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => AtomicFile.WriteAsync(path, new byte[100_000], new CancellationToken(canceled: true)));

        Assert.Equal("old", await File.ReadAllTextAsync(path, cancellation));
        Assert.Single(Directory.GetFileSystemEntries(folder.Path));
    }

    [Fact]
    public async Task What_a_killed_process_left_is_removed()
    {
        folder.Write(".graft-00000000000000000000000000000000.tmp.guard", "");
        folder.Write(".graft-00000000000000000000000000000000.tmp", "half");
        folder.Write(".graft-is-not-ours", "text");

        await AtomicFile.WriteAsync(folder.At("a"), "new"u8.ToArray(), cancellation);

        Assert.Equal([folder.At(".graft-is-not-ours"), folder.At("a")], Directory.GetFileSystemEntries(folder.Path).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Under_a_lock_what_a_killed_process_left_is_in_nobodys_way()
    {
        folder.Write("a", "old");
        folder.Write(".a.new", "half");

        await AtomicFile.WriteLockedAsync(folder.At("a"), "new"u8.ToArray(), cancellation);

        Assert.Equal("new", await File.ReadAllTextAsync(folder.At("a"), cancellation));
        Assert.Single(Directory.GetFileSystemEntries(folder.Path));
    }

    [Fact]
    public void What_another_is_writing_is_left_alone()
    {
        var temporary = TemporaryFile.NameIn(folder.Path);
        using var guard = TemporaryFile.Guard(temporary);
        File.WriteAllText(temporary, "half");

        AtomicFile.RemoveLeft(folder.Path);

        Assert.Equal("half", File.ReadAllText(temporary));
    }

    [Fact]
    public async Task Removing_what_is_left_disturbs_nobody()
    {
        using var stop = new CancellationTokenSource();
        var removing = Task.Run(() =>
        {
            while (!stop.IsCancellationRequested)
            {
                AtomicFile.RemoveLeft(folder.Path);
            }
        }, cancellation);

        for (var i = 0; i < 300; i++)
        {
            await AtomicFile.WriteAsync(folder.At("a"), Encoding.ASCII.GetBytes($"{i}"), cancellation);
            Assert.Equal($"{i}", await File.ReadAllTextAsync(folder.At("a"), cancellation));
        }

        await stop.CancelAsync();
        await removing;
        Assert.Single(Directory.GetFileSystemEntries(folder.Path));
    }
}

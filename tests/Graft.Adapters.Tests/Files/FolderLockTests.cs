using Graft.Adapters.Files;
using Graft.Core.Failures;
using Graft.Testing;

namespace Graft.Adapters.Tests.Files;

public sealed class FolderLockTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void One_holds_it_until_it_lets_go()
    {
        var first = FolderLock.TryAcquire(folder.At("lock"));
        Assert.NotNull(first);
        Assert.Null(FolderLock.TryAcquire(folder.At("lock")));

        first.Dispose();

        using var second = FolderLock.TryAcquire(folder.At("lock"));
        Assert.NotNull(second);
    }

    [Fact]
    public void Whether_it_is_held_is_seen_without_writing()
    {
        var path = folder.At("lock");
        Assert.False(FolderLock.IsHeld(path));
        Assert.False(File.Exists(path));

        using (FolderLock.TryAcquire(path))
        {
            Assert.True(FolderLock.IsHeld(path));
        }

        var before = File.ReadAllText(path);
        Assert.False(FolderLock.IsHeld(path));
        Assert.Equal(before, File.ReadAllText(path));
    }

    [Fact]
    public void A_link_is_not_followed_to_what_it_would_overwrite()
    {
        var precious = folder.Write("precious", "text");
        File.CreateSymbolicLink(folder.At("lock"), precious);

        Assert.Contains("is a symbolic link", Assert.Throws<GraftException>(() => FolderLock.TryAcquire(folder.At("lock"))).Message, StringComparison.Ordinal);
        Assert.Contains("is a symbolic link", Assert.Throws<GraftException>(() => FolderLock.IsHeld(folder.At("lock"))).Message, StringComparison.Ordinal);
        Assert.Equal("text", File.ReadAllText(precious));
    }

    [Fact]
    public async Task Waiting_ends_when_the_holder_lets_go()
    {
        var first = FolderLock.TryAcquire(folder.At("lock"))!;
        var waits = 0;

        using var second = await FolderLock.AcquireAsync(
            folder.At("lock"),
            () =>
            {
                waits++;
                first.Dispose();
            },
            TestContext.Current.CancellationToken);

        Assert.Equal(1, waits);
    }

    [Fact]
    public async Task Several_share_it_and_keep_away_who_wants_it_alone()
    {
        FolderLock.TryAcquire(folder.At("lock"))!.Dispose();
        var first = await FolderLock.ShareAsync(folder.At("lock"), TestContext.Current.CancellationToken);
        var second = await FolderLock.ShareAsync(folder.At("lock"), TestContext.Current.CancellationToken);
        first.Dispose();
        Assert.Null(FolderLock.TryAcquire(folder.At("lock")));

        second.Dispose();

        using var alone = FolderLock.TryAcquire(folder.At("lock"));
        Assert.NotNull(alone);
    }

    [Fact]
    public async Task Sharing_waits_for_who_has_it_alone()
    {
        var alone = FolderLock.TryAcquire(folder.At("lock"))!;
        var sharing = FolderLock.ShareAsync(folder.At("lock"), TestContext.Current.CancellationToken);
        Assert.False(sharing.IsCompleted);

        alone.Dispose();

        (await sharing).Dispose();
    }

    [Fact]
    public void A_missing_folder_is_an_outside_failure()
    {
        var failure = Assert.Throws<GraftException>(() => FolderLock.TryAcquire(folder.At("no", "lock")));

        Assert.Equal(FailureKind.Outside, failure.Kind);
        Assert.StartsWith($"cannot lock '{folder.At("no", "lock")}'", failure.Message, StringComparison.Ordinal);
    }
}

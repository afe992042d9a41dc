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
    public void A_missing_folder_is_an_outside_failure()
    {
        var failure = Assert.Throws<GraftException>(() => FolderLock.TryAcquire(folder.At("no", "lock")));

        Assert.Equal(FailureKind.Outside, failure.Kind);
        Assert.StartsWith($"cannot lock '{folder.At("no", "lock")}'", failure.Message, StringComparison.Ordinal);
    }
}

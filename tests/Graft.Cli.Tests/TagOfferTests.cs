using Graft.Cli.Commands.Hotfix.Generate;
using Graft.Testing.Registries;

namespace Graft.Cli.Tests;

/// <summary>A list of tags that does not come is not waited for longer than a while.</summary>
public sealed class TagOfferTests
{
    private static readonly TagListing Listing = new(["1"], null);

    [Fact]
    public async Task What_does_not_come_is_taken_up_when_it_has()
    {
        var loading = new TaskCompletionSource<TagListing>();
        var clock = new JumpingClock();
        var offer = new TagOffer(loading.Task, clock);

        Assert.Null(await offer.WaitAsync(TestContext.Current.CancellationToken));
        Assert.Equal([TimeSpan.FromSeconds(5)], clock.Pauses);

        loading.SetResult(Listing);
        Assert.Same(Listing, offer.Loaded);
    }

    [Fact]
    public async Task What_is_there_is_not_waited_for() =>
        Assert.Same(Listing, await new TagOffer(Task.FromResult(Listing), new JumpingClock()).WaitAsync(TestContext.Current.CancellationToken));

    [Fact]
    public async Task Can_be_stopped()
    {
        using var stop = new CancellationTokenSource();
        var waiting = new TagOffer(new TaskCompletionSource<TagListing>().Task, TimeProvider.System).WaitAsync(stop.Token);
        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
    }
}

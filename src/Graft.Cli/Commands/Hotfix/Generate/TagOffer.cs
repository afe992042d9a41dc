namespace Graft.Cli.Commands.Hotfix.Generate;

/// <summary>The tags of an image on their way, which are waited for only so long: a person can type what they know.</summary>
internal sealed class TagOffer(Task<TagListing> loading, TimeProvider clock)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>The tags when they have come, else null.</summary>
    public TagListing? Loaded => loading.IsCompletedSuccessfully ? loading.Result : null;

    /// <summary>The tags; null when they have not come after a while.</summary>
    public async Task<TagListing?> WaitAsync(CancellationToken cancellationToken)
    {
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        await Task.WhenAny(loading, Task.Delay(Patience, clock, enough.Token));
        cancellationToken.ThrowIfCancellationRequested();
        await enough.CancelAsync();
        return Loaded;
    }
}

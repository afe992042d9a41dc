namespace Graft.Cli;

/// <summary>Waiting for what may never come: after a while the person is told what for, and can stop it.</summary>
internal static class LongWait
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    /// <summary>The outcome of some work; <paramref name="say"/> is called once when it takes long.</summary>
    public static async Task<T> SayingAsync<T>(Task<T> work, TimeProvider clock, Action say)
    {
        await SayingAsync((Task)work, clock, say);
        return await work;
    }

    /// <inheritdoc cref="SayingAsync{T}(Task{T}, TimeProvider, Action)"/>
    public static async Task SayingAsync(Task work, TimeProvider clock, Action say)
    {
        using var enough = new CancellationTokenSource();
        var patience = Task.Delay(Patience, clock, enough.Token);
        if (await Task.WhenAny(work, patience) == patience)
        {
            say();
        }

        await enough.CancelAsync();
        await work;
    }
}

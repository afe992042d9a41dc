namespace Graft.Adapters.Http;

/// <summary>
/// Cancels when nothing has moved for a while. There is no limit on the whole: a large layer over a slow line may take hours, as long
/// as it moves.
/// </summary>
internal sealed class StallGuard : IDisposable
{
    private readonly TimeSpan limit;
    private readonly CancellationToken outer;
    private readonly CancellationTokenSource source;
    private readonly ITimer timer;

    public StallGuard(TimeSpan limit, TimeProvider clock, CancellationToken cancellationToken)
    {
        this.limit = limit;
        outer = cancellationToken;
        source = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        timer = clock.CreateTimer(static state => ((CancellationTokenSource)state!).Cancel(), source, limit, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Cancelled by the caller, or by a stall.</summary>
    public CancellationToken Token => source.Token;

    /// <summary>Something moved: the wait begins anew.</summary>
    public void Moved() => timer.Change(limit, Timeout.InfiniteTimeSpan);

    /// <summary>Whether it was the stall that cancelled, not the caller.</summary>
    public bool HasStalled => source.IsCancellationRequested && !outer.IsCancellationRequested;

    /// <summary>The stall as a failure.</summary>
    public HttpFaultException Fault(Exception inner) => new(HttpFault.Broken, $"nothing came for {limit.TotalSeconds:0} seconds", inner);

    public void Dispose()
    {
        timer.Dispose();
        source.Dispose();
    }
}

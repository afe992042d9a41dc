using Graft.Core.Images;

namespace Graft.Adapters.Http;

/// <summary>A reply's body: a stall or a lost connection is an <see cref="HttpFaultException"/>. Owns the inner stream and the reply.</summary>
internal sealed class ReplyStream(Stream inner, IDisposable reply, TimeSpan stall, TimeProvider clock) : ForwardStream
{
    /// <inheritdoc/>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        using var guard = new StallGuard(stall, clock, cancellationToken);
        try
        {
            return await inner.ReadAsync(buffer, guard.Token);
        }
        catch (Exception exception) when (guard.HasStalled)
        {
            throw guard.Fault(exception);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested && ConnectionWords.IsKnown(exception))
        {
            throw ConnectionWords.Of(exception);
        }
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            inner.Dispose();
            reply.Dispose();
        }

        base.Dispose(disposing);
    }
}

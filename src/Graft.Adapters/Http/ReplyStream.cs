namespace Graft.Adapters.Http;

/// <summary>A reply's body: a stall or a lost connection is an <see cref="HttpFaultException"/>. Owns the inner stream and the reply.</summary>
internal sealed class ReplyStream(Stream inner, IDisposable reply, TimeSpan stall, TimeProvider clock) : Stream
{
    /// <inheritdoc/>
    public override bool CanRead => true;

    /// <inheritdoc/>
    public override bool CanSeek => false;

    /// <inheritdoc/>
    public override bool CanWrite => false;

    /// <inheritdoc/>
    public override long Length => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

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
    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) => ReadAsync(buffer.AsMemory(offset, count), CancellationToken.None).AsTask().GetAwaiter().GetResult();

    /// <inheritdoc/>
    public override void Flush()
    {
    }

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void SetLength(long value) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

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

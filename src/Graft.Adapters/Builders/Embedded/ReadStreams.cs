using Graft.Core.Images;

namespace Graft.Adapters.Builders.Embedded;

/// <summary>A stream that is only read, and whose owner closes with it what it reads from.</summary>
internal abstract class ReadStream(Stream inner) : ForwardStream
{
    /// <summary>What is read from.</summary>
    protected Stream Inner { get; } = inner;

    /// <inheritdoc/>
    public abstract override int Read(Span<byte> buffer);

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            Inner.Dispose();
        }

        base.Dispose(disposing);
    }
}

/// <summary>
/// An archive's bytes, counted, with the two empty blocks that end an archive behind them: not every tool writes these, and the reader
/// of the platform insists.
/// </summary>
internal sealed class ArchiveStream(Stream inner) : ReadStream(inner)
{
    private int tail = 1024;

    /// <summary>The number of bytes read so far.</summary>
    public long Count { get; private set; }

    /// <inheritdoc/>
    public override int Read(Span<byte> buffer) => Counted(Inner.Read(buffer), buffer);

    /// <inheritdoc/>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        Counted(await Inner.ReadAsync(buffer, cancellationToken), buffer.Span);

    private int Counted(int read, Span<byte> buffer)
    {
        if (read == 0)
        {
            read = Math.Min(tail, buffer.Length);
            buffer[..read].Clear();
            tail -= read;
        }

        Count += read;
        return read;
    }
}

/// <summary>Ends after a number of bytes.</summary>
internal sealed class PartStream(Stream inner, long length) : ReadStream(inner)
{
    private long left = length;

    /// <inheritdoc/>
    public override int Read(Span<byte> buffer)
    {
        var count = Inner.Read(buffer[..(int)Math.Min(buffer.Length, left)]);
        left -= count;
        return count;
    }

    /// <inheritdoc/>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var count = await Inner.ReadAsync(buffer[..(int)Math.Min(buffer.Length, left)], cancellationToken);
        left -= count;
        return count;
    }
}

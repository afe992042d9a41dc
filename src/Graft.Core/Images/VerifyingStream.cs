using System.Security.Cryptography;

namespace Graft.Core.Images;

/// <summary>
/// Reads content of a known digest and fails (a <see cref="ContentException"/>) as soon as it is too long, too short or another content: the
/// last bytes are not handed out before the digest is checked. Owns the inner stream.
/// </summary>
public sealed class VerifyingStream : ForwardStream
{
    private readonly Stream inner;
    private readonly Descriptor descriptor;
    private readonly string where;
    private readonly IncrementalHash hash;
    private long read;
    private bool verified;

    /// <summary>Wraps a stream whose content should be the descriptor's; <paramref name="where"/> names its place in messages.</summary>
    public VerifyingStream(Stream inner, Descriptor descriptor, string where)
    {
        this.inner = inner;
        this.descriptor = descriptor;
        this.where = where;
        hash = IncrementalHash.CreateHash(descriptor.Digest.Algorithm == "sha512" ? HashAlgorithmName.SHA512 : HashAlgorithmName.SHA256);
    }

    /// <inheritdoc/>
    public override long Length => descriptor.Size;

    /// <inheritdoc/>
    public override long Position
    {
        get => read;
        set => throw new NotSupportedException();
    }

    /// <inheritdoc/>
    public override int Read(Span<byte> buffer)
    {
        if (buffer.IsEmpty)
        {
            return 0;
        }

        var count = inner.Read(buffer);
        Check(buffer[..count]);
        return count;
    }

    /// <inheritdoc/>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (buffer.IsEmpty)
        {
            return 0;
        }

        var count = await inner.ReadAsync(buffer, cancellationToken);
        Check(buffer.Span[..count]);
        return count;
    }

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            hash.Dispose();
            inner.Dispose();
        }

        base.Dispose(disposing);
    }

    private void Check(ReadOnlySpan<byte> bytes)
    {
        read += bytes.Length;
        if (read > descriptor.Size)
        {
            throw new ContentException(ContentFault.Different, $"'{descriptor.Digest}' in {where} is longer than its {descriptor.Size} bytes");
        }

        if (bytes.Length == 0 && read < descriptor.Size)
        {
            throw new ContentException(ContentFault.Different, $"'{descriptor.Digest}' in {where} ends after {read} of {descriptor.Size} bytes");
        }

        if (verified)
        {
            return;
        }

        hash.AppendData(bytes);
        if (read == descriptor.Size)
        {
            var actual = Convert.ToHexStringLower(hash.GetHashAndReset());
            verified = actual == descriptor.Digest.Hex
                ? true
                : throw new ContentException(ContentFault.Different, $"'{descriptor.Digest}' in {where} holds other content, '{descriptor.Digest.Algorithm}:{actual}'");
        }
    }
}

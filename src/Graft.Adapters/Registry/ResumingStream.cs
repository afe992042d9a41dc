using System.Net;
using Graft.Adapters.Http;
using Graft.Core.Failures;
using Graft.Core.Images;

namespace Graft.Adapters.Registry;

/// <summary>
/// Reads a blob and goes on where it was when the connection breaks: with a range where the registry has them, else from the start, skipping
/// what was read. It gives up when nothing comes any more, or after many breaks.
/// </summary>
internal sealed class ResumingStream(RegistryRepository repository, Descriptor descriptor) : ForwardStream
{
    private const int MostBreaks = 50;
    private const int MostBreaksInARow = 4;

    private Stream? body;
    private long read;
    private int breaks;
    private int inARow;

    /// <inheritdoc/>
    public override long Length => descriptor.Size;

    /// <inheritdoc/>
    public override long Position
    {
        get => read;
        set => throw new NotSupportedException();
    }

    /// <summary>Opens the blob where reading is to go on.</summary>
    public async Task OpenAsync(CancellationToken cancellationToken)
    {
        var reply = await repository.OpenBlobAsync(descriptor, read, cancellationToken);
        if (reply.Status == HttpStatusCode.OK || (reply.Status == HttpStatusCode.PartialContent && reply.Range?.From == read))
        {
            body = await reply.OpenAsync(cancellationToken);
            await SkipAsync(reply.Status == HttpStatusCode.OK ? read : 0, cancellationToken);
            return;
        }

        using (reply)
        {
            throw reply.Status == HttpStatusCode.NotFound
                ? RegistryContent.Missing(repository, descriptor.Digest)
                : await RegistryErrors.UnexpectedAsync(reply, $"'{repository.Name}'", cancellationToken);
        }
    }

    /// <inheritdoc/>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (true)
        {
            try
            {
                if (body is null)
                {
                    await OpenAsync(cancellationToken);
                }

                var count = await body!.ReadAsync(buffer, cancellationToken);
                if (count == 0 && read < descriptor.Size && buffer.Length > 0)
                {
                    throw new HttpFaultException(HttpFault.Broken, $"the connection ended after {read} of {descriptor.Size} bytes");
                }

                read += count;
                inARow = 0;
                return count;
            }
            catch (HttpFaultException fault)
            {
                await RecoverAsync(fault, cancellationToken);
            }
        }
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            body?.Dispose();
        }

        base.Dispose(disposing);
    }

    private async Task RecoverAsync(HttpFaultException fault, CancellationToken cancellationToken)
    {
        if (body is not null)
        {
            await body.DisposeAsync();
            body = null;
        }

        if (++breaks > MostBreaks || ++inARow > MostBreaksInARow)
        {
            throw GraftException.Outside($"'{descriptor.Digest}' could not be read from '{repository.Name}': {fault.Message}", inner: fault);
        }

        if (inARow > 1)
        {
            await Task.Delay(TimeSpan.FromSeconds(inARow), repository.Host.Clock, cancellationToken);
        }
    }

    private async Task SkipAsync(long count, CancellationToken cancellationToken)
    {
        var buffer = new byte[64 * 1024];
        while (count > 0)
        {
            var skipped = await body!.ReadAsync(buffer.AsMemory(0, (int)Math.Min(buffer.Length, count)), cancellationToken);
            count -= skipped > 0 ? skipped : throw new HttpFaultException(HttpFault.Broken, "the connection ended before what was read already");
        }
    }
}

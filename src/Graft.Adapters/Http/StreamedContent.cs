using System.Net;
using System.Net.Http.Headers;

namespace Graft.Adapters.Http;

/// <summary>A request's body of a known length that is read while it is sent, and opened anew should it be sent again.</summary>
internal sealed class StreamedContent : HttpContent
{
    private readonly Func<CancellationToken, Task<Stream>> open;
    private readonly long length;

    public StreamedContent(Func<CancellationToken, Task<Stream>> open, long length)
    {
        this.open = open;
        this.length = length;
        Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
    }

    /// <summary>Called whenever a part is sent.</summary>
    public Action? Moved { get; set; }

    protected override bool TryComputeLength(out long value)
    {
        value = length;
        return true;
    }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        await using var source = await open(cancellationToken);
        var buffer = new byte[64 * 1024];
        for (int read; (read = await source.ReadAsync(buffer, cancellationToken)) > 0;)
        {
            await stream.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
            Moved?.Invoke();
        }
    }
}

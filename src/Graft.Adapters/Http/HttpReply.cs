using System.Net;
using System.Net.Http.Headers;

namespace Graft.Adapters.Http;

/// <summary>A server's answer whose body has not been read yet.</summary>
internal sealed class HttpReply(HttpResponseMessage response, TimeSpan stall, TimeProvider clock) : IDisposable
{
    public HttpStatusCode Status => response.StatusCode;

    public HttpResponseHeaders Headers => response.Headers;

    /// <summary>Where it came from.</summary>
    public Uri Address => response.RequestMessage!.RequestUri!;

    /// <summary>What it answers.</summary>
    public HttpMethod Method => response.RequestMessage!.Method;

    /// <summary>The body's media type without parameters, or null.</summary>
    public string? MediaType => response.Content.Headers.ContentType?.MediaType;

    /// <summary>The body's length, or null when the server does not say it.</summary>
    public long? Length => response.Content.Headers.ContentLength;

    /// <summary>Which part of the whole the body is, or null.</summary>
    public ContentRangeHeaderValue? Range => response.Content.Headers.ContentRange;

    /// <summary>A header's first value, or null.</summary>
    public string? Find(string header) => response.Headers.TryGetValues(header, out var values) ? values.FirstOrDefault() : null;

    /// <summary>How long the server asks to be left alone, or null when it says nothing.</summary>
    public TimeSpan? RetryAfter => response.Headers.RetryAfter switch
    {
        { Delta: { } delta } => delta,
        { Date: { } date } => date - clock.GetUtcNow() is var wait && wait > TimeSpan.Zero ? wait : TimeSpan.Zero,
        _ => null,
    };

    /// <summary>Opens the body; closing the stream closes the reply.</summary>
    public async Task<Stream> OpenAsync(CancellationToken cancellationToken) =>
        new ReplyStream(await response.Content.ReadAsStreamAsync(cancellationToken), this, stall, clock);

    /// <summary>Reads the body; null when it is longer than the limit.</summary>
    public async Task<byte[]?> ReadAsync(long limit, CancellationToken cancellationToken)
    {
        if (Length > limit)
        {
            return null;
        }

        await using var body = await OpenAsync(cancellationToken);
        using var memory = new MemoryStream();
        var buffer = new byte[16 * 1024];
        for (int read; (read = await body.ReadAsync(buffer, cancellationToken)) > 0;)
        {
            memory.Write(buffer, 0, read);
            if (memory.Length > limit)
            {
                return null;
            }
        }

        return memory.ToArray();
    }

    public void Dispose() => response.Dispose();
}

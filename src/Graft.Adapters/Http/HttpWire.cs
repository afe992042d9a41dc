using System.Collections.Concurrent;
using Graft.Core.Failures;

// The one place that opens a connection.
#pragma warning disable RS0030

namespace Graft.Adapters.Http;

/// <summary>
/// Sends requests: the only place that opens a connection. One request is one exchange: redirects are not followed, cookies not kept,
/// credentials not added, bodies not unpacked; whoever asks decides. Nothing is set up before the first request.
/// </summary>
public sealed class HttpWire(HttpSettings settings, TimeProvider clock) : IDisposable
{
    private readonly ConcurrentDictionary<string, Lazy<HttpMessageInvoker>> invokers = new(StringComparer.Ordinal);

    /// <summary>The clock of everything that waits.</summary>
    internal TimeProvider Clock => clock;

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var invoker in invokers.Values.Where(invoker => invoker.IsValueCreated))
        {
            invoker.Value.Dispose();
        }
    }

    /// <summary>Sends a request and waits for the answer's head. No answer is an <see cref="HttpFaultException"/>; any answer is one.</summary>
    internal async Task<HttpReply> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var invoker = invokers.GetOrAdd(request.RequestUri!.GetLeftPart(UriPartial.Authority), _ => new(() => Create(request.RequestUri))).Value;
        using var guard = new StallGuard(settings.Stall, clock, cancellationToken);
        if (request.Content is StreamedContent content)
        {
            content.Moved = guard.Moved;
        }

        try
        {
            return new HttpReply(await invoker.SendAsync(request, guard.Token), settings.Stall, clock);
        }
        catch (Exception exception) when (guard.HasStalled)
        {
            throw guard.Fault(exception);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested && !IsOfTheBody(exception) && ConnectionWords.IsKnown(exception))
        {
            throw ConnectionWords.Of(exception);
        }
    }

    // What goes wrong with the body that is being sent is not the connection's fault.
    private static bool IsOfTheBody(Exception? exception) => exception is not null && (exception is GraftException || IsOfTheBody(exception.InnerException));

    private HttpMessageInvoker Create(Uri address)
    {
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            // A load balancer's cookie makes some registries answer from a stale node.
            UseCookies = false,
            Proxy = settings.Proxy,
            ConnectTimeout = TimeSpan.FromSeconds(10),
            Expect100ContinueTimeout = TimeSpan.FromSeconds(2),
            MaxResponseHeadersLength = 64,
            MaxConnectionsPerServer = 16,
            PooledConnectionIdleTimeout = TimeSpan.FromSeconds(30),
        };
        if (address.Scheme == Uri.UriSchemeHttps && HostAuthorities.Find(settings.AuthorityFolders, address) is { } authorities)
        {
            handler.SslOptions.RemoteCertificateValidationCallback = (_, certificate, chain, errors) => authorities.Trusts(certificate, chain, errors);
        }

        return new HttpMessageInvoker(handler);
    }
}

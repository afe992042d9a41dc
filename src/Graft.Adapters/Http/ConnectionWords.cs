using System.Net.Sockets;
using System.Security.Authentication;

namespace Graft.Adapters.Http;

/// <summary>Turns what the runtime says of a failed exchange into a kind and a few words.</summary>
internal static class ConnectionWords
{
    /// <summary>Whether an exception is one by which the HTTP handler reports a failure. It reports its limit on connecting as a cancellation.</summary>
    public static bool IsKnown(Exception exception) =>
        exception is HttpRequestException or IOException or SocketException or OperationCanceledException { InnerException: TimeoutException };

    /// <summary>The failure behind such an exception.</summary>
    public static HttpFaultException Of(Exception exception) => exception switch
    {
        HttpFaultException fault => fault,
        HttpRequestException request => OfRequest(request),
        OperationCanceledException => new HttpFaultException(HttpFault.Unreachable, "nobody answers", exception),
        _ => new HttpFaultException(HttpFault.Broken, "the connection was lost", exception),
    };

    private static HttpFaultException OfRequest(HttpRequestException exception) => exception.HttpRequestError switch
    {
        HttpRequestError.NameResolutionError => new HttpFaultException(HttpFault.Unreachable, "its name has no address", exception),
        HttpRequestError.ConnectionError => new HttpFaultException(HttpFault.Unreachable, WordsOf(exception.InnerException as SocketException), exception),
        HttpRequestError.ProxyTunnelError => new HttpFaultException(HttpFault.Unreachable, "the proxy does not let through", exception),
        HttpRequestError.SecureConnectionError when Trust(exception) is { } words => new HttpFaultException(HttpFault.Untrusted, words, exception),
        HttpRequestError.SecureConnectionError => new HttpFaultException(HttpFault.Broken, "the connection was lost", exception),
        HttpRequestError.VersionNegotiationError or HttpRequestError.InvalidResponse => new HttpFaultException(HttpFault.Untrusted, "it does not answer as an HTTP server does", exception),
        _ => new HttpFaultException(HttpFault.Broken, "the connection was lost", exception),
    };

    private static string WordsOf(SocketException? exception) => exception?.SocketErrorCode switch
    {
        SocketError.ConnectionRefused => "connection refused",
        SocketError.HostUnreachable or SocketError.NetworkUnreachable => "there is no way to it",
        SocketError.TimedOut => "nobody answers",
        _ => "no connection came about",
    };

    private static string? Trust(HttpRequestException exception) => exception.InnerException switch
    {
        AuthenticationException { Message: var message } when message.Contains("certificate", StringComparison.OrdinalIgnoreCase) => "its certificate is not trusted",
        AuthenticationException => "it does not speak TLS",
        // A plain server answers the first message of TLS with text.
        IOException { Message: var message } when message.Contains("frame", StringComparison.OrdinalIgnoreCase) => "it does not speak TLS",
        _ => null,
    };
}

namespace Graft.Adapters.Http;

/// <summary>Why there is no usable answer.</summary>
public enum HttpFault
{
    /// <summary>No connection came about: no such host, nobody listens, no route.</summary>
    Unreachable,

    /// <summary>The other side is not who it should be, or speaks no TLS. Trying again does not help.</summary>
    Untrusted,

    /// <summary>The connection was lost, or nothing came over it for too long.</summary>
    Broken,

    /// <summary>The server says that it cannot answer now (429, 5xx).</summary>
    Busy,
}

/// <summary>An exchange that failed below the meaning of its answer. The message is a part of a sentence, such as <c>connection refused</c>.</summary>
public sealed class HttpFaultException(HttpFault fault, string message, Exception? inner = null) : IOException(message, inner)
{
    /// <summary>What kind of failure it is.</summary>
    public HttpFault Fault => fault;

    /// <summary>How long the server asks to be left alone, or null when it says nothing.</summary>
    public TimeSpan? RetryAfter { get; init; }
}

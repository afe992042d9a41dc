using System.Net;
using Graft.Core.Failures;

namespace Graft.Adapters.Http;

/// <summary>
/// HTTP_PROXY, HTTPS_PROXY, ALL_PROXY and NO_PROXY as docker, podman and curl read them: loopback never goes through a proxy, a name in
/// NO_PROXY stands for its subdomains too, and networks are written <c>10.0.0.0/8</c>.
/// </summary>
public sealed class ProxyRules : IWebProxy, ICredentials
{
    private readonly Uri? http;
    private readonly Uri? https;
    private readonly IReadOnlyList<ProxyException> exceptions;

    private ProxyRules(Uri? http, Uri? https, IReadOnlyList<ProxyException> exceptions)
    {
        this.http = http;
        this.https = https;
        this.exceptions = exceptions;
    }

    /// <summary>No proxy at all.</summary>
    public static ProxyRules None { get; } = new(null, null, []);

    /// <summary>The credentials that stand in the proxies' addresses.</summary>
    public ICredentials? Credentials
    {
        get => this;
        set => throw new NotSupportedException();
    }

    /// <summary>Reads the variables, in lower case or capitals. An address that is none is an input failure that does not repeat it: it may hold a password.</summary>
    public static ProxyRules From(Func<string, string?> variable)
    {
        (string Name, string Text)? Find(string name) =>
            variable(name) is { Length: > 0 } capitals ? (name, capitals)
            : variable(name.ToLowerInvariant()) is { Length: > 0 } text ? (name.ToLowerInvariant(), text)
            : null;

        // Where a web server starts the program, HTTP_PROXY is a header that anybody could have sent.
        var plain = string.IsNullOrEmpty(variable("REQUEST_METHOD")) ? Find("HTTP_PROXY") : null;
        var all = Find("ALL_PROXY");
        var outside = Find("NO_PROXY")?.Text.Split([',', ' '], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [];
        return new ProxyRules(Parse(plain ?? all), Parse(Find("HTTPS_PROXY") ?? all), [.. outside.Select(ProxyException.Parse)]);
    }

    /// <inheritdoc/>
    public Uri? GetProxy(Uri destination) => IsBypassed(destination) ? null : ProxyOf(destination);

    /// <inheritdoc/>
    public bool IsBypassed(Uri host) => ProxyOf(host) is null || host.IsLoopback || exceptions.Any(exception => exception.Holds(host));

    /// <inheritdoc/>
    public NetworkCredential? GetCredential(Uri uri, string authType)
    {
        var proxy = new[] { http, https }.FirstOrDefault(proxy => proxy is { UserInfo.Length: > 0 } && proxy.Host == uri.Host && proxy.Port == uri.Port);
        return proxy?.UserInfo.Split(':', 2).Select(Uri.UnescapeDataString).ToArray() is [var user, .. var rest] ? new NetworkCredential(user, rest.FirstOrDefault() ?? "") : null;
    }

    private Uri? ProxyOf(Uri destination) => destination.Scheme == Uri.UriSchemeHttps ? https : http;

    private static Uri? Parse((string Name, string Text)? variable)
    {
        if (variable is not { } found)
        {
            return null;
        }

        var text = found.Text.Contains("://", StringComparison.Ordinal) ? found.Text : "http://" + found.Text;
        return Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" or "socks5" or "socks4" or "socks4a" && uri!.Host.Length > 0
            ? uri
            : throw GraftException.Input($"the variable {found.Name} is not the address of a proxy", "it is like `http://proxy.example.com:3128`");
    }
}

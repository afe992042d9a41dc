using System.Globalization;
using System.Net;

namespace Graft.Adapters.Http;

/// <summary>One entry of NO_PROXY: <c>*</c>, a name (with its subdomains), <c>.name</c> (only those), an address, a network; any but a network with a port.</summary>
internal sealed record ProxyException(string Name, bool IncludesItself, IPNetwork? Network, int? Port)
{
    public static ProxyException Parse(string text)
    {
        if (IPNetwork.TryParse(text, out var network))
        {
            return new ProxyException("", false, network, null);
        }

        int? port = null;
        var colon = text.LastIndexOf(':');
        if (colon > 0 && (text.IndexOf(':', StringComparison.Ordinal) == colon || text[colon - 1] == ']')
            && int.TryParse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            port = number;
            text = text[..colon];
        }

        text = text.Trim('[', ']').ToLowerInvariant();
        text = text.StartsWith("*.", StringComparison.Ordinal) ? text[1..] : text;
        return new ProxyException(text.TrimStart('.'), text.Length == 0 || text[0] != '.', null, port);
    }

    public bool Holds(Uri destination)
    {
        if (Port is { } port && port != destination.Port)
        {
            return false;
        }

        var host = destination.IdnHost.Trim('[', ']').ToLowerInvariant();
        if (Network is { } network)
        {
            return IPAddress.TryParse(host, out var address) && address.AddressFamily == network.BaseAddress.AddressFamily && network.Contains(address);
        }

        return Name == "*" || (IncludesItself && host == Name) || (Name.Length > 0 && host.EndsWith("." + Name, StringComparison.Ordinal));
    }
}

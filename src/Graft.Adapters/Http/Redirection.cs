using System.Net;
using Graft.Core.Failures;

namespace Graft.Adapters.Http;

/// <summary>Answers that send elsewhere. What belongs to one server alone, such as a token, goes to its own scheme, host and port only.</summary>
internal static class Redirection
{
    /// <summary>Whether an answer sends elsewhere.</summary>
    public static bool Is(HttpReply reply) =>
        reply.Status is HttpStatusCode.MovedPermanently or HttpStatusCode.Found or HttpStatusCode.SeeOther or HttpStatusCode.TemporaryRedirect or HttpStatusCode.PermanentRedirect;

    /// <summary>Where a header leads; an outside failure when that is nowhere, or a step down from TLS.</summary>
    public static Uri Locate(HttpReply reply, string name)
    {
        var from = reply.Address;
        if (reply.Headers.Location is not { } location || !Uri.TryCreate(from, location, out var to) || to.Scheme is not ("http" or "https"))
        {
            throw GraftException.Outside($"'{name}' says to go on elsewhere, but not where");
        }

        // Behind a proxy that ends TLS, servers often believe that they are spoken to without.
        return from.Scheme == Uri.UriSchemeHttp || to.Scheme == Uri.UriSchemeHttps ? to
            : to.IdnHost == from.IdnHost ? new Uri(from, to.PathAndQuery)
            : throw GraftException.Outside($"'{name}' sends on to '{to.Authority}' without TLS");
    }

    /// <summary>Whether two addresses have scheme, host and port in common.</summary>
    public static bool IsSameOrigin(Uri a, Uri b) => Uri.Compare(a, b, UriComponents.SchemeAndServer, UriFormat.SafeUnescaped, StringComparison.OrdinalIgnoreCase) == 0;
}

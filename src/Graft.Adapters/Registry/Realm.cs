using System.Net;
using Graft.Core.Failures;

namespace Graft.Adapters.Registry;

/// <summary>
/// Whether the token service that a registry names may be asked, and whether it may be given the user's credentials for that registry. See
/// docs/decisions: a registry must not be able to send them to somebody else.
/// </summary>
internal static class Realm
{
    // Below these, every name belongs to another customer.
    private static readonly string[] Shared =
    [
        "amazonaws.com", "azurecr.io", "azurewebsites.net", "cloudapp.azure.com", "cloudfront.net", "appspot.com", "run.app", "pkg.dev", "github.io", "gitlab.io",
        "herokuapp.com", "ngrok.io", "ngrok.app", "trycloudflare.com", "workers.dev", "pages.dev", "vercel.app", "netlify.app", "fly.dev", "onrender.com",
    ];

    private static readonly string[] SecondLevel = ["co", "com", "net", "org", "gov", "edu", "ac", "or", "ne", "go", "gob", "gouv"];

    /// <summary>
    /// The realm's address. Only TLS will do, but for a registry that is itself spoken to without and names itself or, on loopback, a
    /// neighbour; a registry out in the world may not point into the user's own network.
    /// </summary>
    public static Uri Parse(string text, Uri registry, string name)
    {
        if (!Uri.TryCreate(registry, text, out var realm) || realm.Scheme is not ("https" or "http") || realm.UserInfo.Length > 0)
        {
            throw Refuse(name, "its token service has no address that can be used");
        }

        var isSame = IsSameHost(realm, registry);
        if (realm.Scheme == Uri.UriSchemeHttp && !(registry.Scheme == Uri.UriSchemeHttp && (isSame || (registry.IsLoopback && realm.IsLoopback))))
        {
            throw Refuse(name, $"it sends to a token service without TLS, '{realm.Authority}'");
        }

        return isSame || registry.IsLoopback || !IsInside(realm)
            ? realm
            : throw Refuse(name, $"it sends to a token service on an inner network, '{realm.Authority}'");
    }

    /// <summary>
    /// Whether credentials for the registry may go to this realm: it is the same host, or both belong to one site
    /// (<c>registry-1.docker.io</c> and <c>auth.docker.io</c>, <c>registry.example.com</c> and <c>gitlab.example.com</c>).
    /// </summary>
    public static bool MayHaveCredentials(Uri realm, Uri registry) =>
        IsSameHost(realm, registry)
        || (registry.IsLoopback && realm.IsLoopback)
        || (SiteOf(realm.IdnHost) is { } site && site == SiteOf(registry.IdnHost));

    private static bool IsSameHost(Uri a, Uri b) => a.IdnHost.Equals(b.IdnHost, StringComparison.OrdinalIgnoreCase);

    private static bool IsInside(Uri realm) => realm.IsLoopback || IPAddress.TryParse(realm.IdnHost.Trim('[', ']'), out _) || !realm.IdnHost.Contains('.', StringComparison.Ordinal);

    // The domain that somebody registered, as far as it can be told without the public suffix list; null when it cannot.
    private static string? SiteOf(string host)
    {
        var name = host.TrimEnd('.').ToLowerInvariant();
        var labels = name.Split('.');
        if (labels.Length < 2 || IPAddress.TryParse(name, out _) || Shared.Any(shared => name == shared || name.EndsWith("." + shared, StringComparison.Ordinal)))
        {
            return null;
        }

        var isNational = labels[^1].Length == 2 && SecondLevel.Contains(labels[^2], StringComparer.Ordinal);
        return isNational ? labels.Length < 3 ? null : string.Join('.', labels[^3..]) : string.Join('.', labels[^2..]);
    }

    private static GraftException Refuse(string name, string why) => GraftException.Outside($"'{name}' is not to be trusted with a log-in: {why}");
}

using System.Net.Http.Headers;
using System.Text;

namespace Graft.Adapters.Registry.Credentials;

/// <summary>What a user has for a registry: a name and a secret, an identity token, or a ready bearer token. Never printed: it has no text form.</summary>
internal sealed class Credential
{
    /// <summary>The user name that marks a secret as an identity token (docker's credential helpers).</summary>
    public const string TokenUser = "<token>";

    private Credential(string? user, string? secret, string? identityToken, string? registryToken)
    {
        User = user;
        Secret = secret;
        IdentityToken = identityToken;
        RegistryToken = registryToken;
    }

    public string? User { get; }

    public string? Secret { get; }

    /// <summary>A refresh token for the registry's token service.</summary>
    public string? IdentityToken { get; }

    /// <summary>A token that is sent to the registry as it is.</summary>
    public string? RegistryToken { get; }

    /// <summary>The header for HTTP's basic scheme, or null without name and secret.</summary>
    public AuthenticationHeaderValue? Basic =>
        User is null || Secret is null ? null : new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{User}:{Secret}")));

    public static Credential OfPair(string user, string secret) =>
        user == TokenUser ? new Credential(null, null, secret, null) : new Credential(user, secret, null, null);

    /// <summary>Of what an entry of a file says; null when it says nothing.</summary>
    public static Credential? Of(string? user, string? secret, string? identityToken, string? registryToken)
    {
        static string? Filled(string? text) => string.IsNullOrEmpty(text) ? null : text;
        var credential = new Credential(Filled(user), Filled(secret), Filled(identityToken), Filled(registryToken));
        return credential.Basic is null && credential.IdentityToken is null && credential.RegistryToken is null ? null : credential;
    }
}

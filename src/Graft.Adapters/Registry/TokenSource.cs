using System.Net;
using System.Text.Json;
using Graft.Adapters.Http;
using Graft.Adapters.Registry.Credentials;
using Graft.Core.Failures;

namespace Graft.Adapters.Registry;

/// <summary>A bearer token and the time from which on a new one is fetched.</summary>
internal sealed record Token(string Text, DateTimeOffset Until);

/// <summary>Fetches tokens from the service that a registry names (distribution project, "Token Authentication" and "OAuth2").</summary>
internal sealed class TokenSource(string registry, HttpWire wire, HttpRetry retry)
{
    private const long Limit = 1024 * 1024;

    // Tokens are good for a minute where the service says nothing.
    private static readonly TimeSpan StandardLife = TimeSpan.FromSeconds(60);

    /// <summary>A token for the scopes. A refused log-in is an outside failure; redirects are not followed, for they would take the credentials along.</summary>
    public async Task<Token> FetchAsync(Uri realm, string? service, IReadOnlyList<string> scopes, Credential? credential, string? withheldFrom, CancellationToken cancellationToken)
    {
        var asked = wire.Clock.GetUtcNow();
        using var reply = await AskAsync(
            () => credential?.IdentityToken is { } identity ? Refresh(realm, service, scopes, identity) : Get(realm, service, scopes, credential),
            realm,
            cancellationToken);
        if (reply.Status is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden or HttpStatusCode.BadRequest)
        {
            throw withheldFrom is not null ? RegistryErrors.Withheld(registry, withheldFrom)
                : credential is null ? RegistryErrors.WantsCredentials(registry)
                : RegistryErrors.RefusesCredentials(registry, await RegistryErrors.ReadAsync(reply, cancellationToken));
        }

        if (reply.Status != HttpStatusCode.OK)
        {
            throw GraftException.Outside($"the token service of '{registry}', '{realm.Authority}', answers {(int)reply.Status}");
        }

        var body = await reply.ReadAsync(Limit, cancellationToken)
            ?? throw GraftException.Outside($"the token service of '{registry}', '{realm.Authority}', answers with more than {Limit} bytes");
        return Read(body, asked) ?? throw GraftException.Outside($"the token service of '{registry}', '{realm.Authority}', gives no token");
    }

    private async Task<HttpReply> AskAsync(Func<HttpRequestMessage> make, Uri realm, CancellationToken cancellationToken)
    {
        try
        {
            return await retry.RunAsync(
                async token =>
                {
                    using var request = make();
                    return await RegistryErrors.ThrowIfBusyAsync(await wire.SendAsync(request, token), token);
                },
                cancellationToken);
        }
        catch (HttpFaultException fault)
        {
            throw GraftException.Outside($"the token service of '{registry}', '{realm.Authority}', was not reached: {fault.Message}", inner: fault);
        }
    }

    private static HttpRequestMessage Get(Uri realm, string? service, IReadOnlyList<string> scopes, Credential? credential)
    {
        var parts = new List<string>();
        if (service is not null)
        {
            parts.Add("service=" + Uri.EscapeDataString(service));
        }

        parts.AddRange(scopes.Select(scope => "scope=" + Uri.EscapeDataString(scope)));
        var query = realm.Query.TrimStart('?');
        var address = new UriBuilder(realm) { Query = string.Join('&', query.Length > 0 ? [query, .. parts] : parts), Fragment = "" };
        return new HttpRequestMessage(HttpMethod.Get, address.Uri) { Headers = { Authorization = credential?.Basic } };
    }

    private static HttpRequestMessage Refresh(Uri realm, string? service, IReadOnlyList<string> scopes, string identity)
    {
        var form = new List<KeyValuePair<string, string>>
        {
            new("grant_type", "refresh_token"),
            new("refresh_token", identity),
            new("client_id", "graft"),
            new("scope", string.Join(' ', scopes)),
        };
        if (service is not null)
        {
            form.Add(new("service", service));
        }

        return new HttpRequestMessage(HttpMethod.Post, realm) { Content = new FormUrlEncodedContent(form) };
    }

    private Token? Read(byte[] body, DateTimeOffset asked)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            var root = document.RootElement;
            string? Text(string name) => root.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String && value.GetString() is { Length: > 0 } text ? text : null;
            var life = root.TryGetProperty("expires_in", out var seconds) && seconds.TryGetDouble(out var number) && number is > 0 and < 1e9 ? TimeSpan.FromSeconds(number) : StandardLife;
            // Renewed a little early: a token that runs out on the way costs a request. Whole header lines only.
            return (Text("token") ?? Text("access_token")) is { } text && !text.AsSpan().ContainsAnyInRange('\0', ' ')
                ? new Token(text, asked + (life * 0.9))
                : null;
        }
        catch (Exception malformed) when (malformed is JsonException or InvalidOperationException)
        {
            // The answer is a secret, so the parser's message is not passed on.
            throw GraftException.Outside($"the token service of '{registry}' gives no JSON");
        }
    }
}

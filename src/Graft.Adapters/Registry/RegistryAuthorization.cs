using System.Collections.Concurrent;
using System.Net.Http.Headers;
using Graft.Adapters.Http;
using Graft.Adapters.Registry.Credentials;

namespace Graft.Adapters.Registry;

/// <summary>
/// What is said to one registry about who asks. It learns from the registry's first refusal how it wants to hear it; from then on tokens are
/// fetched before they are asked for, and renewed before they run out.
/// </summary>
internal sealed class RegistryAuthorization(string registry, HttpWire wire, HttpRetry retry, CredentialStore credentials)
{
    private readonly TokenSource tokens = new(registry, wire, retry);
    private readonly ConcurrentDictionary<string, Known> known = new(StringComparer.Ordinal);
    private volatile Challenge? challenge;

    /// <summary>The token service of another site that did not get the user's credentials, or null.</summary>
    public string? WithheldFrom { get; private set; }

    /// <summary>Whether the registry has refused somebody of whom it did not know who it is.</summary>
    public bool IsAsked => challenge is not null;

    /// <summary>The header for a request, or null as long as the registry has not asked for one.</summary>
    public async Task<AuthenticationHeaderValue?> FindAsync(Scope scope, Uri address, CancellationToken cancellationToken) =>
        challenge is { } asked ? await HeaderAsync(asked, scope, address, null, cancellationToken) : null;

    /// <summary>
    /// The header after a refusal: a new token, or the user's credentials. Null when nothing is left to say that was not refused already.
    /// Only for a refusal by the registry itself, never by whoever it redirects to.
    /// </summary>
    public async Task<AuthenticationHeaderValue?> AnswerAsync(HttpReply refusal, Scope scope, Uri address, AuthenticationHeaderValue? refused, CancellationToken cancellationToken)
    {
        var offered = refusal.Headers.WwwAuthenticate.Select(header => Challenge.Parse(header.Scheme, header.Parameter)).ToList();
        if ((offered.FirstOrDefault(one => one.IsBearer) ?? offered.FirstOrDefault(one => one.IsBasic)) is not { } asked)
        {
            return null;
        }

        challenge = asked;
        if (asked.Parameters.GetValueOrDefault("scope") is { Length: > 0 } wanted)
        {
            EntryOf(scope).Wanted = wanted;
        }

        return await HeaderAsync(asked, scope, address, refused, cancellationToken) is { } header && !header.Equals(refused) ? header : null;
    }

    /// <summary>What the token for a scope says that it grants; null when there is none, or it does not say.</summary>
    public IReadOnlyList<string>? FindGranted(Scope scope) =>
        known.TryGetValue(KeyOf(scope), out var entry) && entry.Token is { } token ? TokenGrant.FindActions(token.Text, scope.Repository) : null;

    private async Task<AuthenticationHeaderValue?> HeaderAsync(Challenge asked, Scope scope, Uri address, AuthenticationHeaderValue? refused, CancellationToken cancellationToken)
    {
        var credential = await credentials.FindAsync(registry, scope.Repository, cancellationToken);
        if (credential?.RegistryToken is { } ready)
        {
            return new AuthenticationHeaderValue("Bearer", ready);
        }

        if (!asked.IsBearer)
        {
            return credential is null ? throw RegistryErrors.WantsCredentials(registry) : credential.Basic;
        }

        // One fetch per scope at a time; those who wait take what it brought.
        var entry = EntryOf(scope);
        await entry.Gate.WaitAsync(cancellationToken);
        try
        {
            if (entry.Token is null || wire.Clock.GetUtcNow() >= entry.Token.Until || entry.Token.Text == refused?.Parameter)
            {
                entry.Token = await FetchAsync(asked, scope, entry.Wanted, address, credential, cancellationToken);
            }

            return new AuthenticationHeaderValue("Bearer", entry.Token.Text);
        }
        finally
        {
            entry.Gate.Release();
        }
    }

    private Known EntryOf(Scope scope) => known.GetOrAdd(KeyOf(scope), _ => new Known());

    private static string KeyOf(Scope scope) => string.Join(' ', scope.Texts);

    private async Task<Token> FetchAsync(Challenge asked, Scope scope, string? wanted, Uri address, Credential? credential, CancellationToken cancellationToken)
    {
        var realm = Realm.Parse(asked.Parameters["realm"], address, registry);
        if (credential is not null && !Realm.MayHaveCredentials(realm, address))
        {
            // Who trusts another site with a log-in has stored one under its own name.
            credential = await credentials.FindAsync(realm.Authority, scope.Repository, cancellationToken);
            WithheldFrom = credential is null ? realm.Authority : null;
        }

        // A registry may have a grammar of its own for what it guards.
        var own = wanted?.Split(' ', StringSplitOptions.RemoveEmptyEntries).Where(text => !scope.Texts.Any(ours => NameOf(ours) == NameOf(text))) ?? [];
        return await tokens.FetchAsync(realm, asked.Parameters.GetValueOrDefault("service"), [.. scope.Texts, .. own], credential, WithheldFrom, cancellationToken);
    }

    private static string NameOf(string scope) => scope[..Math.Max(0, scope.LastIndexOf(':'))];

    private sealed class Known
    {
        public SemaphoreSlim Gate { get; } = new(1);

        public Token? Token { get; set; }

        /// <summary>What the registry itself said that it wants, if anything.</summary>
        public string? Wanted { get; set; }
    }
}

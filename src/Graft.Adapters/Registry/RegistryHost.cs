using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Headers;
using Graft.Adapters.Http;
using Graft.Adapters.Registry.Credentials;
using Graft.Core.Failures;
using Graft.Core.Images;

namespace Graft.Adapters.Registry;

/// <summary>
/// One registry: requests are authorised, redirects followed without what is the registry's own, and no more than a few are under way at
/// once. A registry that is not there is not looked for again for a while.
/// </summary>
internal sealed class RegistryHost : IDisposable
{
    private const int MostQuestions = 16;
    private const int MostTransfers = 6;
    private const int MostRedirects = 5;

    private static readonly TimeSpan StaysAway = TimeSpan.FromSeconds(30);

    private readonly HttpWire wire;
    private readonly HttpRetry retry;
    private readonly RegistryAddress address;
    private readonly RegistryAuthorization authorization;
    private readonly SemaphoreSlim questions = new(MostQuestions);
    private readonly SemaphoreSlim transfers = new(MostTransfers);
    private Absence? away;

    public RegistryHost(string name, bool isPlain, HttpWire wire, HttpRetry retry, CredentialStore credentials)
    {
        Name = name;
        this.wire = wire;
        this.retry = retry;
        address = new RegistryAddress(name, isPlain, wire);
        authorization = new RegistryAuthorization(name, wire, retry, credentials);
    }

    /// <summary>The host as images name it.</summary>
    public string Name { get; }

    /// <summary>The clock of everything that waits.</summary>
    public TimeProvider Clock => wire.Clock;

    /// <summary>In which repository of this registry a blob was seen, so that another can take it from there.</summary>
    public ConcurrentDictionary<Digest, string> SeenIn { get; } = new();

    /// <summary>Asks until there is an answer (GET and HEAD). A registry that cannot be asked is an outside failure.</summary>
    public Task<HttpReply> AskAsync(RegistryRequest request, CancellationToken cancellationToken) =>
        RunAsync(token => SendAsync(request, token), cancellationToken);

    /// <summary>Repeats a piece of work as long as what went wrong passes. A registry that cannot be asked is an outside failure.</summary>
    public async Task<T> RunAsync<T>(Func<CancellationToken, Task<T>> work, CancellationToken cancellationToken)
    {
        try
        {
            return await retry.RunAsync(work, cancellationToken);
        }
        catch (HttpFaultException fault)
        {
            if (fault.Fault == HttpFault.Unreachable && fault.RetryAfter is null)
            {
                away = new Absence(fault.Message, Clock.GetUtcNow() + StaysAway);
            }

            throw Outside(fault);
        }
    }

    /// <summary>Sends once; an <see cref="HttpFaultException"/> when that fails. Has to be within <see cref="RunAsync{T}"/>.</summary>
    public async Task<HttpReply> SendAsync(RegistryRequest request, CancellationToken cancellationToken)
    {
        ThrowIfAway();
        var root = await address.FindAsync(cancellationToken);
        var target = new Uri(root, request.Path);
        var header = await HeaderAsync(request, root, target, cancellationToken);
        var reply = await SendAsync(request, target, header, cancellationToken);
        if (reply.Status == HttpStatusCode.Unauthorized && Redirection.IsSameOrigin(target, root))
        {
            using var refusal = reply;
            header = await authorization.AnswerAsync(refusal, request.Scope, root, header, cancellationToken)
                ?? throw await RefusedAsync(refusal, request, header, cancellationToken);
            reply = await SendAsync(request, target, header, cancellationToken);
            if (reply.Status == HttpStatusCode.Unauthorized)
            {
                using var again = reply;
                throw await RefusedAsync(again, request, header, cancellationToken);
            }
        }

        return request.Follows ? await FollowAsync(request, root, reply, cancellationToken) : reply;
    }

    /// <inheritdoc cref="Redirection.Locate"/>
    public Uri Locate(HttpReply reply) => Redirection.Locate(reply, Name);

    /// <summary>Whether it has asked who asks.</summary>
    public bool WantsLogIn => authorization.IsAsked;

    /// <summary>What the token service granted for a scope that was asked for, where it says that; null otherwise.</summary>
    public IReadOnlyList<string>? FindGranted(Scope scope) => authorization.FindGranted(scope);

    public void Dispose()
    {
        questions.Dispose();
        transfers.Dispose();
        address.Dispose();
    }

    private async Task<HttpReply> FollowAsync(RegistryRequest request, Uri root, HttpReply reply, CancellationToken cancellationToken)
    {
        for (var hops = 0; Redirection.Is(reply); hops++)
        {
            using var redirect = reply;
            if (hops == MostRedirects)
            {
                throw GraftException.Outside($"'{Name}' sends on more than {MostRedirects} times");
            }

            var target = Locate(redirect);
            var header = await HeaderAsync(request, root, target, cancellationToken);
            reply = await SendAsync(request, target, header, cancellationToken);
        }

        return reply;
    }

    // What the user has for a registry goes to its own scheme, host and port only.
    private async Task<AuthenticationHeaderValue?> HeaderAsync(RegistryRequest request, Uri root, Uri target, CancellationToken cancellationToken) =>
        Redirection.IsSameOrigin(target, root) ? await authorization.FindAsync(request.Scope, root, cancellationToken) : null;

    private async Task<HttpReply> SendAsync(RegistryRequest request, Uri target, AuthenticationHeaderValue? header, CancellationToken cancellationToken)
    {
        var places = request.IsQuestion ? questions : transfers;
        await places.WaitAsync(cancellationToken);
        try
        {
            ThrowIfAway();
            using var message = request.Make(target, header);
            return await RegistryErrors.ThrowIfBusyAsync(await wire.SendAsync(message, cancellationToken), cancellationToken);
        }
        finally
        {
            places.Release();
        }
    }

    // Those who waited for a place do not each find out for themselves.
    private void ThrowIfAway()
    {
        if (away is { } absence && Clock.GetUtcNow() < absence.Until)
        {
            throw new HttpFaultException(HttpFault.Unreachable, absence.Why) { RetryAfter = absence.Until - Clock.GetUtcNow() };
        }
    }

    private async Task<GraftException> RefusedAsync(HttpReply refusal, RegistryRequest request, AuthenticationHeaderValue? header, CancellationToken cancellationToken) =>
        authorization.WithheldFrom is { } site ? RegistryErrors.Withheld(Name, site)
        : header?.Scheme == "Basic" ? RegistryErrors.RefusesCredentials(Name, await RegistryErrors.ReadAsync(refusal, cancellationToken))
        : await RegistryErrors.DeniedAsync(refusal, Name, request.Scope, cancellationToken);

    private GraftException Outside(HttpFaultException fault) => fault.Fault == HttpFault.Untrusted && fault.Message.Contains("TLS", StringComparison.Ordinal)
        ? GraftException.Outside($"'{Name}' was not reached: {fault.Message}", $"if it has none, list it in graft.yaml: `plain-http: [{Name}]`", fault)
        : GraftException.Outside($"'{Name}' was not reached: {fault.Message}", inner: fault);

    private sealed record Absence(string Why, DateTimeOffset Until);
}

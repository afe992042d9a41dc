using System.Net;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Graft.Adapters.Http;
using Graft.Core.Failures;

namespace Graft.Adapters.GitHub;

/// <summary>
/// One GitHub: requests carry the token to its own addresses only, redirects are followed without it, limits are waited for as long as that is bearable,
/// and what takes long is said.
/// </summary>
internal sealed class GitHubHost : IDisposable
{
    /// <summary>How many requests are under way at once; GitHub counts those that come together.</summary>
    public const int MostAtOnce = 6;

    private const int MostRedirects = 5;
    private const long MostBytes = 64 * 1024 * 1024;

    // Whoever has to wait longer is told until when, and can carry on then.
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Noticeable = TimeSpan.FromSeconds(5);

    private readonly HttpWire wire;
    private readonly HttpRetry retry;
    private readonly GitHubTokens tokens;
    private readonly SemaphoreSlim places = new(MostAtOnce);
    private readonly SemaphoreSlim gate = new(1);
    private (GitHubToken? Token, bool IsKnown) found;

    public GitHubHost(GitHubAddress address, GitHubTokens tokens, HttpWire wire, Action<string> say)
    {
        Address = address;
        this.tokens = tokens;
        this.wire = wire;
        retry = new HttpRetry(wire.Clock, LongestWait, (fault, pause) =>
        {
            if (pause >= Noticeable)
            {
                say($"waiting {GitHubLimits.Seconds(pause)} for '{address}': {fault.Message}");
            }
        });
    }

    public GitHubAddress Address { get; }

    /// <summary>Repeats a piece of work as long as what went wrong passes. A GitHub that cannot be asked is an outside failure.</summary>
    public async Task<T> RunAsync<T>(Func<CancellationToken, Task<T>> work, CancellationToken cancellationToken)
    {
        try
        {
            return await retry.RunAsync(work, cancellationToken);
        }
        catch (HttpFaultException fault) when (fault.Fault == HttpFault.Busy)
        {
            var hint = found.Token is null && fault.RetryAfter is not null ? $"with a token the limit is higher: {GitHubError.HowToLogIn(Address)}" : null;
            throw GraftException.Outside($"'{Address}' did not do it: {fault.Message}", hint, fault);
        }
        catch (HttpFaultException fault)
        {
            throw GraftException.Outside($"'{Address}' was not reached: {fault.Message}", inner: fault);
        }
    }

    /// <summary>Asks until there is an answer; for what may be asked twice. Null when that is 404, and <paramref name="isAbsenceKnown"/>.</summary>
    public Task<T?> AskAsync<T>(GitHubRequest request, JsonTypeInfo<T> type, bool isAbsenceKnown, CancellationToken cancellationToken)
        where T : class =>
        RunAsync(
            async token =>
            {
                using var reply = await SendAsync(request, token);
                return isAbsenceKnown && reply.Status == HttpStatusCode.NotFound ? null
                    : reply.Status == HttpStatusCode.OK ? await ReadAsync(reply, request.Subject, type, token)
                    : throw await UnexpectedAsync(reply, request.Subject, token);
            },
            cancellationToken);

    /// <summary>Sends once; an <see cref="HttpFaultException"/> when that fails. Has to be within <see cref="RunAsync{T}"/>.</summary>
    public async Task<HttpReply> SendAsync(GitHubRequest request, CancellationToken cancellationToken)
    {
        var token = await FindTokenAsync(cancellationToken);
        var target = new Uri(Address.Root, request.Path);
        for (var hops = 0; ; hops++)
        {
            var reply = await SendAsync(request, target, Address.Owns(target) ? token : null, cancellationToken);
            if (!Redirection.Is(reply))
            {
                return reply;
            }

            using var redirect = reply;
            target = hops < MostRedirects ? Redirection.Locate(redirect, Address.Host) : throw GraftException.Outside($"'{Address}' sends on more than {MostRedirects} times");
            // A repository that was renamed: what was to be written is for GitHub's eyes only, and by 301 and 302 it would become a question.
            if (request.Method != HttpMethod.Get && !(Address.Owns(target) && redirect.Status is HttpStatusCode.TemporaryRedirect or HttpStatusCode.PermanentRedirect))
            {
                throw GraftException.Outside($"'{Address}' sends on to '{target.Authority}' instead of doing it");
            }
        }
    }

    /// <summary>The answer's document; one that is none, or too long, is an outside failure.</summary>
    public async Task<T> ReadAsync<T>(HttpReply reply, string subject, JsonTypeInfo<T> type, CancellationToken cancellationToken)
        where T : class
    {
        try
        {
            var body = await reply.ReadAsync(MostBytes, cancellationToken) ?? throw GraftException.Outside($"{subject}: '{Address}' answers with more than {MostBytes} bytes");
            return JsonSerializer.Deserialize(body, type) ?? throw new JsonException();
        }
        catch (Exception malformed) when (malformed is JsonException or InvalidOperationException)
        {
            throw GraftException.Outside($"{subject}: what '{Address}' answers is not what GitHub answers", "see that `github-api` in graft.yaml is the root of its API", malformed);
        }
    }

    /// <summary>An answer that nobody expects here.</summary>
    public async Task<GraftException> UnexpectedAsync(HttpReply reply, string subject, CancellationToken cancellationToken) =>
        ToFailure(await ReadErrorAsync(reply, cancellationToken), reply, subject);

    /// <inheritdoc cref="GitHubError.ToFailure"/>
    public GraftException ToFailure(GitHubError error, HttpReply reply, string subject) => error.ToFailure(reply, subject, Address, found.Token);

    public Task<GitHubError> ReadErrorAsync(HttpReply reply, CancellationToken cancellationToken) => GitHubError.ReadAsync(reply, found.Token, cancellationToken);

    /// <summary>The token for it, or null; looked for once.</summary>
    public async Task<GitHubToken?> FindTokenAsync(CancellationToken cancellationToken)
    {
        if (found.IsKnown)
        {
            return found.Token;
        }

        await gate.WaitAsync(cancellationToken);
        try
        {
            return (found = found.IsKnown ? found : (await tokens.FindAsync(Address, cancellationToken), true)).Token;
        }
        finally
        {
            gate.Release();
        }
    }

    public void Dispose()
    {
        places.Dispose();
        gate.Dispose();
    }

    private async Task<HttpReply> SendAsync(GitHubRequest request, Uri target, GitHubToken? token, CancellationToken cancellationToken)
    {
        await places.WaitAsync(cancellationToken);
        try
        {
            using var message = request.Make(target, token);
            var reply = await wire.SendAsync(message, cancellationToken);
            if ((int)reply.Status is not (403 or 408 or 429 or >= 500))
            {
                return reply;
            }

            var error = await ReadErrorAsync(reply, cancellationToken);
            using (reply)
            {
                throw GitHubLimits.FaultOf(reply, error.Words, wire.Clock.GetUtcNow()) ?? (Exception)ToFailure(error, reply, request.Subject);
            }
        }
        finally
        {
            places.Release();
        }
    }
}

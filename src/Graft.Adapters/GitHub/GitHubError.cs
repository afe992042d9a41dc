using System.Net;
using System.Text.Json;
using Graft.Adapters.Http;
using Graft.Core.Failures;

namespace Graft.Adapters.GitHub;

/// <summary>What GitHub says instead of what was asked, in words.</summary>
internal sealed record GitHubError(string? Words, IReadOnlyList<string> Codes, IReadOnlyList<string> Fields)
{
    private const long Limit = 256 * 1024;
    private const int MostWords = 300;

    private static readonly GitHubError None = new(null, [], []);

    /// <summary>Whether it says that there is such a thing already.</summary>
    public bool IsTaken => Codes.Contains("already_exists", StringComparer.Ordinal);

    /// <summary>Whether it is this value that will not do.</summary>
    public bool IsAbout(string field) => Fields.Contains(field, StringComparer.Ordinal);

    /// <summary>Reads the message and the errors of an answer. No control character and no token in it gets any further.</summary>
    public static async Task<GitHubError> ReadAsync(HttpReply reply, GitHubToken? token, CancellationToken cancellationToken)
    {
        try
        {
            if (await reply.ReadAsync(Limit, cancellationToken) is not { Length: > 0 } body
                || JsonSerializer.Deserialize(body, GitHubJson.Default.ErrorResource) is not { } error)
            {
                return None;
            }

            var errors = (error.Errors ?? []).Where(entry => entry.ValueKind == JsonValueKind.Object).ToList();
            List<string> Texts(string name) => [.. errors.Select(entry => Text(entry, name)).OfType<string>()];
            var details = errors.Select(entry => Text(entry, "message") ?? string.Join(' ', new[] { Text(entry, "field"), Text(entry, "code") }.OfType<string>()));
            var words = string.Join(": ", new[] { error.Message, string.Join(", ", details) }.Where(part => !string.IsNullOrWhiteSpace(part)));
            return new GitHubError(Clean(words, token), Texts("code"), Texts("field"));
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or HttpFaultException)
        {
            return None;
        }
    }

    /// <summary>The failure that an answer is which nobody expects here.</summary>
    public GraftException ToFailure(HttpReply reply, string subject, GitHubAddress address, GitHubToken? token)
    {
        var words = Words is null ? "" : ": " + Words;
        var logIn = HowToLogIn(address);
        return reply.Status switch
        {
            HttpStatusCode.Unauthorized when token is not null => GraftException.Outside($"'{address}' does not accept the token of {token}{words}", logIn),
            HttpStatusCode.Unauthorized => GraftException.Outside($"'{address}' wants a token{words}", logIn),
            HttpStatusCode.Forbidden when Authorize(reply) is { } page => GraftException.Outside($"{subject}: access is denied{words}", $"authorise the token for the organisation at {page}"),
            HttpStatusCode.Forbidden => GraftException.Outside($"{subject}: access is denied{words}", token is null ? logIn : "the token has to be allowed to write to the repository's contents"),
            HttpStatusCode.NotFound when token is null => GraftException.Outside($"{subject} is not on '{address}' for those without a token", logIn),
            HttpStatusCode.NotFound => GraftException.Outside($"{subject} is not on '{address}', or the token of {token} may not see or change it"),
            _ => GraftException.Outside($"{subject}: {reply.Method} is answered with {(int)reply.Status}{words}"),
        };
    }

    /// <summary>What to do without a token, or with one that will not do.</summary>
    public static string HowToLogIn(GitHubAddress address) => $"set {GitHubTokens.VariablesOf(address)[0]}, or `gh auth login --hostname {address.Host}`";

    // An organisation with single sign-on: `required; url=https://…`.
    private static string? Authorize(HttpReply reply) =>
        reply.Find("X-GitHub-SSO") is { } header && header.Split("url=", 2) is [_, var url] && Uri.TryCreate(url, UriKind.Absolute, out var page) && page.Scheme == Uri.UriSchemeHttps ? page.AbsoluteUri : null;

    private static string? Text(JsonElement entry, string name) => entry.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static string? Clean(string words, GitHubToken? token)
    {
        var clean = new string([.. words.Select(c => char.IsControl(c) ? ' ' : c)]).Trim();
        clean = token?.TakeOutOf(clean) ?? clean;
        return clean.Length == 0 ? null : clean.Length > MostWords ? clean[..MostWords] + "…" : clean;
    }
}

using System.Net.Http.Headers;

namespace Graft.Adapters.GitHub;

/// <summary>One request to GitHub, which can be made as often as it has to be sent.</summary>
/// <param name="Method">What to do.</param>
/// <param name="Path">Path and query, from the API's root; with a slash before it, from the server's; or a whole address.</param>
/// <param name="Subject">What it is about, in quotes, for people.</param>
internal sealed record GitHubRequest(HttpMethod Method, string Path, string Subject)
{
    public const string Json = "application/vnd.github+json";
    public const string Bytes = "application/octet-stream";

    // The version that GitHub describes; servers that know newer ones go on answering by it.
    private const string Version = "2022-11-28";

    /// <summary>The media type that will do.</summary>
    public string Accept { get; init; } = Json;

    /// <summary>Makes the body, anew for each time it is sent.</summary>
    public Func<HttpContent>? Body { get; init; }

    /// <summary>The version of the answer that is here already.</summary>
    public string? Known { get; init; }

    public HttpRequestMessage Make(Uri address, GitHubToken? token)
    {
        var message = new HttpRequestMessage(Method, address) { Content = Body?.Invoke() };
        message.Headers.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token.Value);
        // GitHub refuses who does not say who he is.
        message.Headers.TryAddWithoutValidation("User-Agent", "graft");
        message.Headers.TryAddWithoutValidation("Accept", Accept);
        message.Headers.TryAddWithoutValidation("X-GitHub-Api-Version", Version);
        if (Known is not null)
        {
            message.Headers.TryAddWithoutValidation("If-None-Match", Known);
        }

        return message;
    }
}

using System.Net.Http.Headers;

namespace Graft.Adapters.Registry;

/// <summary>One request to a registry, which can be made as often as it has to be sent.</summary>
/// <param name="Method">What to do.</param>
/// <param name="Path">Path and query below the registry's root, or the whole address of an upload.</param>
/// <param name="Scope">What it needs to be allowed to.</param>
internal sealed record RegistryRequest(HttpMethod Method, string Path, Scope Scope)
{
    /// <summary>The media types that will do.</summary>
    public IReadOnlyList<string> Accept { get; init; } = [];

    /// <summary>Whether it goes on where the answer sends it.</summary>
    public bool Follows { get; init; } = Method == HttpMethod.Get || Method == HttpMethod.Head;

    /// <summary>From which byte on the body is wanted.</summary>
    public long From { get; init; }

    /// <summary>Whether a few bytes answer it.</summary>
    public bool IsQuestion { get => field || Method == HttpMethod.Head || Accept.Count > 0; init; }

    /// <summary>Makes the body, anew for each time it is sent.</summary>
    public Func<HttpContent>? Body { get; init; }

    /// <summary>Whether the head alone is sent first, so that a refusal comes before a large body.</summary>
    public bool AsksFirst { get; init; }

    public HttpRequestMessage Make(Uri address, AuthenticationHeaderValue? authorization)
    {
        var message = new HttpRequestMessage(Method, address) { Content = Body?.Invoke() };
        message.Headers.Authorization = authorization;
        message.Headers.TryAddWithoutValidation("User-Agent", "graft");
        foreach (var type in Accept)
        {
            message.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue(type));
        }

        if (From > 0)
        {
            message.Headers.Range = new RangeHeaderValue(From, null);
        }

        message.Headers.ExpectContinue = AsksFirst;
        return message;
    }
}

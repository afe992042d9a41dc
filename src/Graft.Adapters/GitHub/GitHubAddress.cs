namespace Graft.Adapters.GitHub;

/// <summary>Where one GitHub is: github.com, a company's place on ghe.com, or a server of its own.</summary>
public sealed class GitHubAddress
{
    private const string Public = "api.github.com";

    private readonly string uploads;

    /// <summary>The GitHub whose REST API has this root, such as <c>https://api.github.com</c> or <c>https://github.example.com/api/v3</c>.</summary>
    public GitHubAddress(string api)
    {
        Root = new Uri(api.TrimEnd('/') + "/");
        var isOurs = Root.IdnHost == Public || Root.IdnHost.EndsWith(".ghe.com", StringComparison.OrdinalIgnoreCase);
        var site = isOurs && Root.IdnHost.StartsWith("api.", StringComparison.OrdinalIgnoreCase) ? Root.IdnHost["api.".Length..] : Root.IdnHost;
        Host = Root.IsDefaultPort ? site : $"{site}:{Root.Port}";
        uploads = isOurs ? "uploads." + site : Root.IdnHost;
        TakesCommonToken = isOurs || Root.IsLoopback;
    }

    /// <summary>The root of its API, with a slash at the end.</summary>
    public Uri Root { get; }

    /// <summary>Its name for people and for <c>gh</c>: <c>github.com</c>.</summary>
    public string Host { get; }

    /// <summary>Whether GH_TOKEN and GITHUB_TOKEN are meant for it: github.com, ghe.com and loopback. All others have variables of their own.</summary>
    public bool TakesCommonToken { get; }

    /// <summary>Whether an address is this GitHub's, and may have its token: that of the API, or where its files are uploaded to.</summary>
    public bool Owns(Uri address) =>
        address.Scheme == Root.Scheme && address.Port == Root.Port
        && (address.IdnHost.Equals(Root.IdnHost, StringComparison.OrdinalIgnoreCase) || address.IdnHost.Equals(uploads, StringComparison.OrdinalIgnoreCase));

    /// <inheritdoc/>
    public override string ToString() => Host;
}

using Graft.Core.Products;

namespace Graft.Core.Releases;

/// <summary>Where two releases are shown side by side.</summary>
public static class CompareLink
{
    private const string GitHub = "github:";

    /// <summary>The page that compares two tags on GitHub, found from the address of its API (github.com, *.ghe.com, Enterprise Server); null for another publisher.</summary>
    public static string? Of(Product product, string from, string to)
    {
        if (!product.Publisher.StartsWith(GitHub, StringComparison.Ordinal) || !Uri.TryCreate(product.GitHubApi, UriKind.Absolute, out var api))
        {
            return null;
        }

        var host = api.Authority.StartsWith("api.", StringComparison.Ordinal) ? api.Authority["api.".Length..] : api.Authority;
        var repository = string.Join('/', product.Publisher[GitHub.Length..].Split('/').Select(Uri.EscapeDataString));
        return $"{api.Scheme}://{host}/{repository}/compare/{Uri.EscapeDataString(from)}...{Uri.EscapeDataString(to)}";
    }
}

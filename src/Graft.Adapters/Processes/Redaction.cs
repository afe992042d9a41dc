using System.Text.RegularExpressions;

namespace Graft.Adapters.Processes;

/// <summary>Takes secrets out of what other programs say, before it is shown or kept.</summary>
public static partial class Redaction
{
    private const string Mask = "***";

    // Shorter ones are no tokens, and would tear holes into every text.
    private const int LeastLength = 8;

    private static readonly string[] Variables = ["GH_TOKEN", "GITHUB_TOKEN", "GH_ENTERPRISE_TOKEN", "GITHUB_ENTERPRISE_TOKEN", "DOCKER_AUTH_CONFIG"];

    private static readonly Lazy<IReadOnlyList<string>> Tokens = new(() =>
        [.. Variables.Select(Environment.GetEnvironmentVariable).OfType<string>().Where(token => token.Length >= LeastLength).Distinct(StringComparer.Ordinal).OrderByDescending(token => token.Length)]);

    /// <summary>A text without the <c>USER:PASSWORD@</c> of an address, and with <c>***</c> for the tokens that the environment holds.</summary>
    public static string Of(string text) => Tokens.Value.Aggregate(WithoutCredentials(text), (redacted, token) => redacted.Replace(token, Mask, StringComparison.Ordinal));

    /// <summary>A text without the <c>USER:PASSWORD@</c> of an address. A password may hold what no address may: up to the last <c>@</c> of the word it goes.</summary>
    public static string WithoutCredentials(string text) => Credentials().Replace(text, "://");

    [GeneratedRegex(@"://\S*@")]
    private static partial Regex Credentials();
}

using Graft.Testing.Registries;

namespace Graft.Testing.GitHub;

/// <summary>What becomes of a request instead of an answer, and whether what it asked for was done all the same.</summary>
public sealed record GitHubFault(WireReply Reply, bool TakesEffect)
{
    /// <summary>Whether an upload leaves an empty file behind.</summary>
    public bool LeavesStarter { get; init; }

    /// <summary>A gateway gives up before anything is done.</summary>
    public static GitHubFault Before(int status = 502) => new(Gateway(status), TakesEffect: false);

    /// <summary>A gateway gives up after it was done.</summary>
    public static GitHubFault After(int status = 502) => new(Gateway(status), TakesEffect: true);

    /// <summary>The connection ends before anything is done.</summary>
    public static GitHubFault LostBefore { get; } = new(WireReply.Nothing, TakesEffect: false);

    /// <summary>The connection ends after it was done, without an answer.</summary>
    public static GitHubFault LostAfter { get; } = new(WireReply.Nothing, TakesEffect: true);

    /// <summary>An upload is cut off half way.</summary>
    public static GitHubFault HalfUploaded { get; } = new(Gateway(502), TakesEffect: false) { LeavesStarter = true };

    /// <summary>The primary limit is used up until a moment.</summary>
    public static GitHubFault Primary(DateTimeOffset reset) => new(
        GitHubDocuments.Error(403, "API rate limit exceeded for user ID 1.", ("X-RateLimit-Limit", "5000"), ("X-RateLimit-Remaining", "0"), ("X-RateLimit-Reset", reset.ToUnixTimeSeconds().ToString(System.Globalization.CultureInfo.InvariantCulture))),
        TakesEffect: false);

    /// <summary>A secondary limit, with the seconds to wait where it says them.</summary>
    public static GitHubFault Secondary(int? retryAfter, int status = 403) => new(
        GitHubDocuments.Error(status, "You have exceeded a secondary rate limit. Please wait a few minutes before you try again.", retryAfter is null ? [] : [("Retry-After", $"{retryAfter}")]),
        TakesEffect: false);

    private static WireReply Gateway(int status) => WireReply.Of(status, "<html><body>Unicorn!</body></html>", ("Content-Type", "text/html"));
}

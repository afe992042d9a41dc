using System.Globalization;
using System.Net;
using Graft.Adapters.Http;

namespace Graft.Adapters.GitHub;

/// <summary>
/// Tells from an answer that GitHub wants to be left alone, and for how long ("Rate limits for the REST API"): the primary limit is used up until
/// <c>x-ratelimit-reset</c>, a secondary one says <c>retry-after</c> or, without it, means a minute. 5xx passes too.
/// </summary>
internal static class GitHubLimits
{
    private static readonly TimeSpan Secondary = TimeSpan.FromMinutes(1);

    /// <summary>The fault behind an answer, or null when it is one to what was asked.</summary>
    public static HttpFaultException? FaultOf(HttpReply reply, string? words, DateTimeOffset now)
    {
        var status = (int)reply.Status;
        if (reply.Status is HttpStatusCode.Forbidden or HttpStatusCode.TooManyRequests)
        {
            return Number(reply, "x-ratelimit-remaining") == 0 && Number(reply, "x-ratelimit-reset") is { } reset ? Primary(reply, reset, now)
                : reply.RetryAfter is { } wait ? new HttpFaultException(HttpFault.Busy, $"it asks to wait {Seconds(wait)}{Words(words)}") { RetryAfter = wait }
                : status == 429 || words?.Contains("secondary rate limit", StringComparison.OrdinalIgnoreCase) == true
                    ? new HttpFaultException(HttpFault.Busy, $"too many requests at a time{Words(words)}") { RetryAfter = Secondary }
                : null;
        }

        return status is >= 500 and not 501 or 408 ? new HttpFaultException(HttpFault.Busy, $"it answers {status}{Words(words)}") { RetryAfter = reply.RetryAfter } : null;
    }

    private static HttpFaultException Primary(HttpReply reply, long reset, DateTimeOffset now)
    {
        // By the server's own clock, where it says what that shows.
        var until = DateTimeOffset.FromUnixTimeSeconds(Math.Clamp(reset, 0, int.MaxValue));
        var wait = until - (reply.Headers.Date ?? now) is var rest && rest > TimeSpan.Zero ? rest + TimeSpan.FromSeconds(1) : TimeSpan.FromSeconds(1);
        var limit = Number(reply, "x-ratelimit-limit") is { } most ? $" of {most} requests an hour" : "";
        return new HttpFaultException(HttpFault.Busy, $"its limit{limit} is used up until {until.ToString("HH:mm", CultureInfo.InvariantCulture)} UTC") { RetryAfter = wait };
    }

    public static string Seconds(TimeSpan wait) => Math.Ceiling(wait.TotalSeconds) is 1 ? "1 second" : $"{Math.Ceiling(wait.TotalSeconds)} seconds";

    private static long? Number(HttpReply reply, string header) =>
        long.TryParse(reply.Find(header), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static string Words(string? words) => words is null ? "" : ": " + words;
}

using System.Globalization;
using Graft.Core.Failures;
using Graft.Core.Releases;

namespace Graft.Adapters.GitHub;

/// <summary>What a look at GitHub finds, before anything is wanted of it: who asks, what that one may, and how much more.</summary>
internal sealed class GitHubExamination(GitHubRepository repository)
{
    /// <summary>What is left of the primary limit, or null where there is none.</summary>
    public static async Task<RateLimit?> FetchLimitsAsync(GitHubHost host, CancellationToken cancellationToken)
    {
        var limits = await host.AskAsync(new GitHubRequest(HttpMethod.Get, "rate_limit", "the limits"), GitHubJson.Default.LimitsResource, isAbsenceKnown: true, cancellationToken);
        return limits?.Resources?.Core is { } core ? new RateLimit(core.Limit, core.Remaining, DateTimeOffset.FromUnixTimeSeconds(Math.Clamp(core.Reset, 0, int.MaxValue))) : null;
    }

    /// <summary>Lines for people. Without a token, no draft can be put up: an outside failure.</summary>
    public async Task<IReadOnlyList<string>> RunAsync(PublishedReleases releases, CancellationToken cancellationToken)
    {
        if (await repository.Host.FindTokenAsync(cancellationToken) is not { } token)
        {
            throw GraftException.Outside($"no draft can be put up in {repository.Subject}: there is no token for '{repository.Host.Address}'", GitHubError.HowToLogIn(repository.Host.Address));
        }

        var lines = new List<string>([.. releases.Describe(), $"asked with the token of {token}"]);
        if (!await repository.MayWriteAsync(cancellationToken))
        {
            lines.Add("GitHub does not say that it may write; if it may not, drafts are hidden, and none can be put up");
        }

        if (await FetchLimitsAsync(repository.Host, cancellationToken) is { } limit)
        {
            lines.Add(string.Create(CultureInfo.InvariantCulture, $"{limit.Remaining} of {limit.Limit} requests are left until {limit.Reset:HH:mm} UTC"));
        }

        return lines;
    }
}

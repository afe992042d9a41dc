using Graft.Adapters.Http;
using Graft.Core.Releases;

namespace Graft.Adapters.GitHub;

/// <summary>One repository on one GitHub: its releases, its pull requests, and how much more it may be asked.</summary>
public sealed class GitHubForge : IDisposable
{
    private readonly GitHubHost host;

    /// <summary>Nothing is asked before the first question; the wire stays the caller's.</summary>
    public GitHubForge(GitHubSettings settings, GitHubTokens tokens, HttpWire wire)
    {
        Address = new GitHubAddress(settings.Api);
        host = new GitHubHost(Address, tokens, wire, settings.Say);
        var repository = new GitHubRepository(host, settings.Repository);
        var pages = new ReleasePages(repository, new PageStore(settings.Pages, settings.PreparePages, Address));
        Publisher = new GitHubPublisher(repository, pages, settings.NameOf);
        PullRequests = new GitHubPullRequests(repository);
    }

    /// <summary>Which GitHub it is.</summary>
    public GitHubAddress Address { get; }

    /// <summary>Its releases.</summary>
    public IPublisher Publisher { get; }

    /// <summary>Its pull requests.</summary>
    public IPullRequests PullRequests { get; }

    /// <summary>What is left of the primary limit; asking counts for nothing. Null where there is none, as on most servers of one's own.</summary>
    public Task<RateLimit?> FetchLimitsAsync(CancellationToken cancellationToken) => GitHubExamination.FetchLimitsAsync(host, cancellationToken);

    /// <inheritdoc/>
    public void Dispose() => host.Dispose();
}

namespace Graft.Core.Releases;

/// <summary>What a publisher that also keeps pull requests can tell of them.</summary>
public interface IPullRequests
{
    /// <summary>The merged pull requests that a commit came with, in no order; none where the commit is not known there.</summary>
    Task<IReadOnlyList<PullRequest>> FindPullRequestsAsync(CommitId commit, CancellationToken cancellationToken);
}

/// <summary>A pull request: its number, its title, and the names of its labels.</summary>
public sealed record PullRequest(int Number, string Title, IReadOnlyList<string> Labels);

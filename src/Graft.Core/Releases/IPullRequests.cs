namespace Graft.Core.Releases;

/// <summary>Where pull requests are: a forge. A product whose releases live in a folder has none.</summary>
public interface IPullRequests
{
    /// <summary>The pull request with this number, or null.</summary>
    Task<PullRequest?> FindAsync(int number, CancellationToken cancellationToken);

    /// <summary>The pull requests by which a commit came in, or in which it is; none for a commit that is not known there.</summary>
    Task<IReadOnlyList<PullRequest>> ListAsync(CommitId commit, CancellationToken cancellationToken);
}

/// <summary>A pull request: its number, title, text (empty without one), author, labels, and a place to look at it.</summary>
public sealed record PullRequest(int Number, string Title, string Body, string Author, IReadOnlyList<string> Labels, string Url)
{
    /// <summary>Whether it was merged.</summary>
    public bool IsMerged { get; init; }

    /// <summary>The commit that it became on its base branch, or null while it is not merged.</summary>
    public CommitId? MergeCommit { get; init; }

    /// <summary>The last commit of its own branch, or null when that cannot be told.</summary>
    public CommitId? Head { get; init; }

    /// <summary>The branch that it is merged into.</summary>
    public string BaseBranch { get; init; } = "";
}

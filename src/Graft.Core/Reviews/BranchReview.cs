namespace Graft.Core.Reviews;

/// <summary>
/// What the branch has over its base: commits (newest first) and files. <c>Main</c> is the branch that they are compared with, as it is shown; <c>Problem</c> why some could not be.
/// </summary>
public sealed record BranchReview(string Main, IReadOnlyList<ReviewedCommit> Commits, IReadOnlyList<ReviewedFile> Files, string? Problem = null)
{
    /// <summary>Lines that came and lines that went, of all files that have lines.</summary>
    public int Lines => Added + Removed;

    /// <summary>Lines that came.</summary>
    public int Added => Files.Sum(file => file.Added ?? 0);

    /// <summary>Lines that went.</summary>
    public int Removed => Files.Sum(file => file.Removed ?? 0);

    /// <summary>The commits that join another history into the branch.</summary>
    public IEnumerable<ReviewedCommit> Merges => Commits.Where(commit => commit.Commit.IsMerge);

    /// <summary>The commits that are of main's own history: a merge brought them, or the branch was made from the wrong commit.</summary>
    public IEnumerable<ReviewedCommit> OfMain => Commits.Where(commit => commit.Equivalent == commit.Commit.Id);
}

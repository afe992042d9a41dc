namespace Graft.Adapters.Git;

/// <summary>
/// A path that differs from HEAD, from the repository's root with <c>/</c>. <c>Staged</c> (index against HEAD) and <c>Unstaged</c>
/// (worktree against index) are git-status(1)'s letters, <c>.</c> for no change, <c>?</c> twice for an untracked file, and, while a
/// merge has conflicts, its pairs such as <c>UU</c>.
/// </summary>
public sealed record ChangedPath(string Path, char Staged, char Unstaged, bool IsSubmodule)
{
    /// <summary>Whether git does not know the path.</summary>
    public bool IsUntracked => Staged == '?';
}

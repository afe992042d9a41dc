namespace Graft.Adapters.Git;

/// <content>Files that are kept in Git LFS.</content>
public sealed partial class GitRepository
{
    /// <summary>An outside failure when files of the worktree are kept in Git LFS and nothing is here that could fetch them for a checkout.</summary>
    public async Task CheckLargeFilesAsync(CancellationToken cancellationToken) =>
        await (await LargeFiles.FindAsync(git, cancellationToken)).RequireProgramAsync(git, cancellationToken);
}

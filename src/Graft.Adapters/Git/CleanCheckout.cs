using Graft.Adapters.Files;
using Graft.Core.Failures;
using Graft.Core.Releases;

namespace Graft.Adapters.Git;

/// <summary>
/// A commit's files as any machine would check them out: submodules and LFS files there, no line-end conversion, nothing of the user's
/// worktree, hooks, umask or sparse view. It is a git repository of its own, which borrows the original's objects; disposing removes it.
/// </summary>
public sealed class CleanCheckout : IAsyncDisposable
{
    private CleanCheckout(string folder, CommitId commit)
    {
        Folder = folder;
        Commit = commit;
    }

    /// <summary>
    /// Variables for a program that is run in a checkout, null to unset one: set from outside (by a hook), some would lead the program's own git to
    /// another repository.
    /// </summary>
    public static IReadOnlyDictionary<string, string?> Variables { get; } = GitCommand.LeadingVariables.ToDictionary(name => name, _ => (string?)null);

    /// <summary>Absolute path of the checkout's top.</summary>
    public string Folder { get; }

    /// <summary>The commit that is checked out, detached.</summary>
    public CommitId Commit { get; }

    /// <summary>
    /// Checks a commit out at a folder that is missing or empty, outside the repository. When it fails or is cancelled, the folder is
    /// removed; killed, it leaves that folder and no trace in the repository.
    /// </summary>
    public static async Task<CleanCheckout> CreateAsync(
        GitRepository repository, CommitId commit, string folder, CancellationToken cancellationToken)
    {
        folder = Path.GetFullPath(folder);
        if (File.Exists(folder) || (Directory.Exists(folder) && Directory.EnumerateFileSystemEntries(folder).Any()))
        {
            throw GraftException.Outside($"cannot check out '{commit.Short}' at '{folder}': something is there");
        }

        var source = new CheckoutSource(repository.GitDirectory, repository.CommonDirectory, repository.Root, Url: null);
        try
        {
            await new CheckoutWriter(repository.Runner).WriteAsync(source, commit, folder, cancellationToken);
        }
        catch
        {
            RemoveQuietly(folder);
            throw;
        }

        return new CleanCheckout(folder, commit);
    }

    /// <summary>Removes the folder.</summary>
    public ValueTask DisposeAsync()
    {
        RemoveQuietly(Folder);
        return ValueTask.CompletedTask;
    }

    // It is in the cache: what cannot be removed now costs room, and is no reason to fail what was built from it.
    private static void RemoveQuietly(string folder)
    {
        try
        {
            FolderRemoval.Remove(folder);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
        }
    }
}

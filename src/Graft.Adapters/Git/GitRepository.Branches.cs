using Graft.Adapters.Processes;
using Graft.Core.Failures;
using Graft.Core.Releases;

namespace Graft.Adapters.Git;

/// <content>Branches of this clone, and how one is begun.</content>
public sealed partial class GitRepository
{
    // A file has 255, and git makes one with `.lock` behind the name.
    private const int LongestPart = 250;

    /// <summary>The name of a branch that is to be made; an input failure when git could not have one of that name.</summary>
    public async Task<string> CheckBranchNameAsync(string name, CancellationToken cancellationToken)
    {
        GitName.CheckRef("branch", name);
        if (name.Split('/').Any(part => System.Text.Encoding.UTF8.GetByteCount(part) > LongestPart))
        {
            throw GraftException.Input($"the branch's name has a part of more than {LongestPart} bytes, which git cannot keep in a file");
        }

        // Some names are git's own, such as HEAD.
        return (await git.RunAsync(["check-ref-format", "--branch", name], cancellationToken)).Succeeded
            ? name
            : throw GraftException.Input($"'{name}' cannot be the name of a branch");
    }

    /// <summary>The branches of this clone, without <c>refs/heads/</c>.</summary>
    public async Task<IReadOnlyList<string>> ReadBranchesAsync(CancellationToken cancellationToken)
    {
        var result = await git.DoAsync("cannot read the branches", ["for-each-ref", "--format=%(refname)", BranchPrefix], cancellationToken);
        return [.. result.Text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(name => name[BranchPrefix.Length..])];
    }

    /// <summary>
    /// Fetches branches and tags of every remote. A tag that is here stays where it is. What kept it from being complete, in git's words, or null; a
    /// tag that a remote has elsewhere does not.
    /// </summary>
    public async Task<string?> FetchAllAsync(CancellationToken cancellationToken)
    {
        // Aloud: the lines about single refs, from which it is known that a failure is only about tags, are not written by a quiet one.
        var result = await git.RunAsync(["fetch", "--all", "--tags", "--no-recurse-submodules", "--no-auto-maintenance"], cancellationToken);
        cancellationToken.ThrowIfCancellationRequested();
        var hasMovedTags = result.Error.Contains("(would clobber existing tag)", StringComparison.Ordinal);
        return result.Succeeded || (hasMovedTags && !result.Error.Contains("fatal: ", StringComparison.Ordinal)) ? null : GitWords.LastOf(result);
    }

    /// <summary>
    /// Makes a branch at a commit, without an upstream, and checks it out. Stopped half-way, it puts back what it had changed: the tree has to be clean
    /// before. What a hook complained of afterwards, or null.
    /// </summary>
    public async Task<string?> StartBranchAsync(string branch, CommitId commit, CancellationToken cancellationToken)
    {
        var added = (await ReadChangesAsync(Head, commit, cancellationToken)).Where(change => change.Before is null).Select(change => Path.Combine(Root, change.Path));
        var absent = added.Where(path => !IsThere(path)).ToList();
        cancellationToken.ThrowIfCancellationRequested();
        ProgramResult result;
        try
        {
            result = await git.RunAsync(["switch", "--quiet", "--no-guess", "--no-track", "--create", branch, commit.ToString()], cancellationToken);
        }
        catch (OperationCanceledException)
        {
            await PutBackAsync(branch, commit, absent);
            throw;
        }

        return result.Succeeded ? null
            : await IsOnAsync(git, branch) ? GitWords.LastOf(result)
            : throw GitCommand.Failure($"cannot start branch '{branch}'", result);
    }

    /// <summary>As <see cref="StartBranchAsync"/>, in a linked worktree of its own in a folder that is empty or not there. Stopped half-way, it leaves neither.</summary>
    public async Task<string?> StartWorktreeAsync(string folder, string branch, CommitId commit, CancellationToken cancellationToken)
    {
        ProgramResult result;
        try
        {
            result = await git.RunAsync(["worktree", "add", "--quiet", "--no-track", "-b", branch, "--", folder, commit.ToString()], cancellationToken);
        }
        catch (OperationCanceledException)
        {
            await git.RunAsync(["worktree", "remove", "--force", "--force", "--", folder], CancellationToken.None);
            await git.RunAsync(["worktree", "prune"], CancellationToken.None);
            await DeleteBranchAsync(branch, commit);
            throw;
        }

        if (result.Succeeded)
        {
            return null;
        }

        if (Directory.Exists(folder) && await IsOnAsync(git with { Folder = folder }, branch))
        {
            return GitWords.LastOf(result);
        }

        await DeleteBranchAsync(branch, commit);
        throw GitCommand.Failure($"cannot make the worktree '{folder}'", result);
    }

    private static bool IsThere(string path) => new FileInfo(path) is { Exists: true } or { LinkTarget: not null } || Directory.Exists(path);

    private static async Task<bool> IsOnAsync(GitCommand git, string branch) =>
        (await git.RunAsync(["symbolic-ref", "--quiet", "HEAD"], CancellationToken.None)).Text.TrimEnd('\n') == BranchPrefix + branch;

    // Only when it is where it was made: nobody has committed to it.
    private Task<ProgramResult> DeleteBranchAsync(string branch, CommitId commit) =>
        git.RunAsync(["update-ref", "-d", BranchPrefix + branch, commit.ToString()], CancellationToken.None);

    private async Task PutBackAsync(string branch, CommitId commit, List<string> absent)
    {
        if (await IsOnAsync(git, branch))
        {
            // It had done all there is to do.
            return;
        }

        await ResetAsync(absent);
        await DeleteBranchAsync(branch, commit);
    }

    /// <summary>Makes the tree what HEAD is, and removes those files of a commit that was being written which were not there before.</summary>
    private async Task ResetAsync(IEnumerable<string> absent)
    {
        await git.RunAsync(["reset", "--quiet", "--hard", "HEAD"], CancellationToken.None);
        // Of several commits, those that are picked stay, with their files.
        var tracked = (await git.RunAsync(["ls-files", "-z"], CancellationToken.None)).Text.Split('\0').Select(path => Path.Combine(Root, path)).ToHashSet(StringComparer.Ordinal);
        foreach (var path in absent.Where(path => IsThere(path) && !tracked.Contains(path)))
        {
            File.Delete(path);
            for (var folder = Path.GetDirectoryName(path)!; folder.Length > Root.Length && !Directory.EnumerateFileSystemEntries(folder).Any(); folder = Path.GetDirectoryName(folder)!)
            {
                Directory.Delete(folder);
            }
        }
    }
}

using Graft.Adapters.Processes;
using Graft.Core.Failures;
using Graft.Core.Releases;

namespace Graft.Adapters.Git;

/// <summary>
/// A git repository with a worktree, spoken to through the <c>git</c> program (2.31 or newer). Names from outside are resolved once;
/// only full object names are passed on.
/// </summary>
public sealed partial class GitRepository
{
    private const string BranchPrefix = "refs/heads/";
    private const string TagPrefix = "refs/tags/";
    private const string RemotePrefix = "refs/remotes/";
    private readonly GitCommand git;

    private GitRepository(GitCommand git, string gitDirectory, string commonDirectory, string mainWorktree)
    {
        this.git = git;
        GitDirectory = gitDirectory;
        CommonDirectory = commonDirectory;
        MainWorktree = mainWorktree;
    }

    /// <summary>Absolute path of the top of the worktree that was opened.</summary>
    public string Root => git.Folder;

    /// <summary>Absolute path of what the repository's worktrees share: objects, tags, configuration.</summary>
    public string CommonDirectory { get; }

    /// <summary>Absolute path of the main worktree's top, also from a linked worktree. Of a bare repository with linked worktrees: the repository itself.</summary>
    public string MainWorktree { get; }

    /// <summary>The commit that was checked out when the repository was opened.</summary>
    public required CommitId Head { get; init; }

    /// <summary>The branch that was checked out, without <c>refs/heads/</c>; null when HEAD is detached.</summary>
    public required string? Branch { get; init; }

    /// <summary>Whether history ends early (a clone made with <c>--depth</c>).</summary>
    public required bool IsShallow { get; init; }

    /// <summary>The git command that was begun in the worktree and is to be continued (<c>merge</c>, <c>rebase</c>, <c>cherry-pick</c>, <c>revert</c>, <c>am</c>); null when there is none.</summary>
    public string? FindUnfinished() => UnfinishedWork.Find(GitDirectory);

    /// <summary>Whether some objects are left with a remote until they are needed (a clone made with <c>--filter</c>).</summary>
    internal bool IsPartial => Directory.Exists(Packs) && Directory.EnumerateFiles(Packs, "*.promisor").Any();

    private string Packs => Path.Combine(CommonDirectory, "objects", "pack");

    /// <summary>Absolute path of the opened worktree's own state; the common directory, except in a linked worktree.</summary>
    internal string GitDirectory { get; }

    /// <summary>How to start programs, for those that call git on this repository's behalf.</summary>
    internal ProgramRunner Runner => git.Runner;

    /// <summary>
    /// Opens the repository around a folder with one git process. An input failure when there is none, when it has no worktree, or when
    /// it has no commit yet.
    /// </summary>
    public static async Task<GitRepository> OpenAsync(string folder, ProgramRunner runner, CancellationToken cancellationToken)
    {
        folder = Path.GetFullPath(folder);
        if (!Directory.Exists(folder))
        {
            throw GraftException.Input($"'{folder}' is not a folder");
        }

        var result = await new GitCommand(runner, folder).RunAsync(
            [
                "rev-parse", "--path-format=absolute", "--show-toplevel", "--git-dir", "--git-common-dir", "--is-shallow-repository",
                "HEAD", "--symbolic-full-name", "HEAD",
            ],
            cancellationToken);
        var lines = result.Text.Split('\n');
        if (!result.Succeeded)
        {
            throw CannotOpen(folder, lines, result);
        }

        if (lines is not [{ Length: > 0 } root, var gitDirectory, var common, var shallow, var head, var reference, ""] || !CommitId.TryParse(head, out var commit))
        {
            throw folder.Contains('\n', StringComparison.Ordinal)
                ? GraftException.Input($"cannot open the repository at '{folder}': its path holds a line break")
                : GraftException.Outside($"cannot open the repository at '{folder}': git answered what it should not", "see what `git rev-parse --show-toplevel` says there");
        }

        var command = new GitCommand(runner, Path.GetFullPath(root));
        gitDirectory = Path.GetFullPath(gitDirectory);
        common = Path.GetFullPath(common);
        return new GitRepository(command, gitDirectory, common, await FindMainWorktreeAsync(command, gitDirectory, common, cancellationToken))
        {
            Head = commit,
            Branch = reference.StartsWith(BranchPrefix, StringComparison.Ordinal) ? reference[BranchPrefix.Length..] : null,
            IsShallow = shallow == "true",
        };
    }

    private static GraftException CannotOpen(string folder, string[] lines, ProgramResult result)
    {
        if (result.Error.Contains("not a git repository", StringComparison.Ordinal))
        {
            return GraftException.Input($"'{folder}' is not in a git repository", "go to the product's repository, or name it with `-C DIR`");
        }

        if (result.Error.Contains("must be run in a work tree", StringComparison.Ordinal))
        {
            return GraftException.Input($"'{folder}' is in a git repository without a worktree", "go to a checkout, or make one with `git worktree add`");
        }

        if (result.Error.Contains("detected dubious ownership", StringComparison.Ordinal))
        {
            return GraftException.Input(
                $"cannot open the repository at '{folder}': it belongs to another user",
                $"if you trust it: `git config --global --add safe.directory {ShellWord.Quote(folder)}`");
        }

        // The paths were printed, so only HEAD can have failed.
        const int paths = 4;
        return lines.Length > paths && result.Error.Contains("ambiguous argument 'HEAD'", StringComparison.Ordinal)
            ? GraftException.Input($"the repository at '{lines[0]}' has no commit yet", "make the first one")
            : GraftException.Input($"cannot open the repository at '{folder}': {GitWords.LastOf(result)}");
    }

    private static async Task<string> FindMainWorktreeAsync(GitCommand command, string gitDirectory, string common, CancellationToken cancellationToken)
    {
        if (gitDirectory == common)
        {
            return command.Folder;
        }

        if (Path.GetFileName(common) == ".git")
        {
            return Path.GetDirectoryName(common)!;
        }

        // A submodule, or a repository made with --separate-git-dir, says where its worktree is; a bare one has none.
        var configured = await command.RunAsync(["config", "--file", Path.Combine(common, "config"), "core.worktree"], cancellationToken);
        return configured.Succeeded ? Path.GetFullPath(configured.Text.TrimEnd('\n'), common) : common;
    }
}

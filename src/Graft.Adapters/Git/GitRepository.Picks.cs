using System.Globalization;
using Graft.Adapters.Processes;
using Graft.Core.Failures;
using Graft.Core.Releases;

namespace Graft.Adapters.Git;

/// <content>Cherry-picks. Progress is git's own (<c>.git/sequencer</c>), so that git's commands and Graft's carry each other on.</content>
public sealed partial class GitRepository
{
    private const string NoEditor = "GIT_EDITOR";

    /// <summary>The cherry-pick that is on its way, or null.</summary>
    public async Task<PickState?> FindPickAsync(CancellationToken cancellationToken)
    {
        if (FindUnfinished() != "cherry-pick")
        {
            return null;
        }

        var todo = new List<CommitId>();
        foreach (var line in ReadState("sequencer/todo")?.Split('\n') ?? [])
        {
            // `pick ABBREVIATION SUBJECT`
            if (line.Split(' ') is ["pick" or "p", var id, ..] && id.All(char.IsAsciiHexDigit))
            {
                todo.Add(await FindCommitAsync(id, cancellationToken) ?? throw GraftException.Outside($"the pick cannot be carried on: commit '{id}' is gone", "leave it with `git cherry-pick --quit`"));
            }
        }

        CommitId? Read(string file) => CommitId.TryParse(ReadState(file)?.Trim(), out var commit) ? commit : null;
        var mainline = await git.RunAsync(["config", "--file", Path.Combine(GitDirectory, "sequencer", "opts"), "options.mainline"], cancellationToken);
        return new PickState(
            Read("CHERRY_PICK_HEAD"), Read("sequencer/head"), Read("sequencer/abort-safety"), todo, int.TryParse(mainline.Text, CultureInfo.InvariantCulture, out var parent) ? parent : null);
    }

    /// <summary>
    /// Picks commits onto the branch that is checked out, each with a line that says where it is from. The tree has to be clean: when it is stopped, what
    /// a half-applied commit changed is put back, and the commits before it stay.
    /// </summary>
    public Task<PickStop> PickAsync(IReadOnlyList<CommitId> commits, int? mainline, CancellationToken cancellationToken) =>
        RunPickAsync(commits, ["-x", .. mainline is null ? Array.Empty<string>() : [$"--mainline={mainline}"], "--end-of-options", .. commits.Select(commit => commit.ToString())], cancellationToken);

    /// <summary>Commits what is resolved and staged, and goes on with the rest.</summary>
    public Task<PickStop> ContinuePickAsync(IReadOnlyList<CommitId> rest, CancellationToken cancellationToken) => RunPickAsync(rest, ["--continue"], cancellationToken);

    /// <summary>Leaves the commit out that the pick stopped at, and goes on with the rest.</summary>
    public Task<PickStop> SkipPickAsync(IReadOnlyList<CommitId> rest, CancellationToken cancellationToken) => RunPickAsync(rest, ["--skip"], cancellationToken);

    /// <summary>Takes the branch back to where it was before the pick.</summary>
    public async Task AbortPickAsync(CancellationToken cancellationToken) => await git.DoAsync("cannot abort the pick", ["cherry-pick", "--abort"], cancellationToken);

    /// <summary>The paths that are in conflict.</summary>
    public async Task<IReadOnlyList<string>> ReadConflictsAsync(CancellationToken cancellationToken)
    {
        var result = await git.DoAsync("cannot read the conflicts", ["diff", "--name-only", "--diff-filter=U", "-z", "--no-ext-diff", "--ignore-submodules=none"], cancellationToken);
        return [.. result.Text.Split('\0', StringSplitOptions.RemoveEmptyEntries).Distinct(StringComparer.Ordinal)];
    }

    /// <summary>The commit that is checked out now, which is another than <see cref="Head"/> once something was committed.</summary>
    public async Task<CommitId> ReadHeadAsync(CancellationToken cancellationToken) =>
        CommitId.Parse((await git.DoAsync("cannot read HEAD", ["rev-parse", "--verify", "HEAD^{commit}"], cancellationToken)).Text.TrimEnd('\n'));

    private async Task<PickStop> RunPickAsync(IReadOnlyList<CommitId> commits, IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        var absent = await FindAbsentAsync(commits, cancellationToken);
        var pick = git with { Variables = new Dictionary<string, string?>(git.Variables) { [NoEditor] = ":" } };
        ProgramResult result;
        try
        {
            result = await pick.RunAsync(["cherry-pick", .. arguments], cancellationToken);
            cancellationToken.ThrowIfCancellationRequested();
        }
        catch (OperationCanceledException)
        {
            // Stopped at a conflict, the tree is the user's to resolve; in the midst of a commit, it is no one's.
            if (ReadState("CHERRY_PICK_HEAD") is null)
            {
                await ResetAsync(absent);
            }

            throw;
        }

        if (result.Succeeded)
        {
            return PickStop.Done;
        }

        // What matters is how it stands now: a hook may have complained when all was done.
        if (ReadState("CHERRY_PICK_HEAD") is null)
        {
            return FindUnfinished() is null && commits.Count > 0 && await IsLastPickedAsync(commits[^1]) ? PickStop.Done : throw GitCommand.Failure("cannot pick", result);
        }

        return (await ReadConflictsAsync(cancellationToken)).Count > 0 ? PickStop.Conflict
            : (await ReadStatusAsync(cancellationToken)).Count == 0 ? PickStop.Empty
            : throw GitCommand.Failure("cannot commit the pick", result, "mend that, then `graft hotfix pick --continue`");
    }

    private async Task<bool> IsLastPickedAsync(CommitId commit) =>
        (await ReadCommitsAsync([await ReadHeadAsync(CancellationToken.None)], CancellationToken.None))[0].Sources is [.., var source] && source == commit;

    /// <summary>The files that these commits add and that are not here: what of them is here after a pick that was stopped, it has written.</summary>
    private async Task<IReadOnlyList<string>> FindAbsentAsync(IReadOnlyList<CommitId> commits, CancellationToken cancellationToken)
    {
        if (commits.Count == 0)
        {
            return [];
        }

        var result = await git.DoAsync(
            "cannot read the commits' files",
            ["log", "--no-walk=unsorted", "--format=", "--name-only", "--diff-filter=A", "--no-renames", "--diff-merges=first-parent", "-z", "--no-ext-diff", "--end-of-options", .. commits.Select(commit => commit.ToString())],
            cancellationToken);
        return [.. result.Text.Split('\0').Select(name => name.TrimStart('\n')).Where(name => name.Length > 0).Distinct(StringComparer.Ordinal).Select(name => Path.Combine(Root, name)).Where(path => !IsThere(path))];
    }

    private string? ReadState(string name)
    {
        var path = Path.Combine(GitDirectory, name);
        return File.Exists(path) ? File.ReadAllText(path) : null;
    }
}

namespace Graft.Adapters.Git;

/// <summary>What a user has begun in a worktree and not brought to its end: HEAD is then where it stopped.</summary>
internal static class UnfinishedWork
{
    private const string Todo = "sequencer/todo";

    // By the files that git-status(1) goes by (`wt_status_get_state`), in its order: a rebase picks and merges too.
    private static readonly (string Path, string Command)[] Signs =
    [
        ("rebase-apply/applying", "am"), ("rebase-apply", "rebase"), ("rebase-merge", "rebase"),
        ("MERGE_HEAD", "merge"), ("CHERRY_PICK_HEAD", "cherry-pick"), ("REVERT_HEAD", "revert"),
    ];

    /// <summary>The git command that is to be continued, such as <c>rebase</c>; null when there is none.</summary>
    public static string? Find(string gitDirectory)
    {
        foreach (var (path, command) in Signs)
        {
            if (Path.Exists(Path.Combine(gitDirectory, path)))
            {
                return command;
            }
        }

        // Between two commits of several that are picked, this list of the rest is all there is.
        var todo = Path.Combine(gitDirectory, Todo);
        return !File.Exists(todo) ? null : File.ReadLines(todo).FirstOrDefault()?.StartsWith("revert", StringComparison.Ordinal) == true ? "revert" : "cherry-pick";
    }
}

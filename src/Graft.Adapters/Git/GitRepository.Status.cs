using Graft.Adapters.Processes;

namespace Graft.Adapters.Git;

/// <content>The worktree against HEAD.</content>
public sealed partial class GitRepository
{
    /// <summary>
    /// Tracked paths that are modified or staged, submodules with another commit or modified content included, whatever the user's
    /// configuration hides; with <paramref name="includeUntracked"/> those that git does not know (and does not ignore) too.
    /// </summary>
    public Task<IReadOnlyList<ChangedPath>> ReadStatusAsync(bool includeUntracked, CancellationToken cancellationToken) =>
        ReadStatusAsync(git, includeUntracked, cancellationToken);

    /// <inheritdoc cref="ReadStatusAsync(bool, CancellationToken)"/>
    public Task<IReadOnlyList<ChangedPath>> ReadStatusAsync(CancellationToken cancellationToken) =>
        ReadStatusAsync(includeUntracked: false, cancellationToken);

    /// <summary>
    /// What <see cref="ReadStatusAsync(CancellationToken)"/> says of the repository around a folder, for a caller that has not opened it yet: in a
    /// large worktree this is what takes longest.
    /// </summary>
    public static Task<IReadOnlyList<ChangedPath>> ReadStatusAsync(string folder, ProgramRunner runner, CancellationToken cancellationToken) =>
        ReadStatusAsync(new GitCommand(runner, Path.GetFullPath(folder)), includeUntracked: false, cancellationToken);

    private static async Task<IReadOnlyList<ChangedPath>> ReadStatusAsync(GitCommand git, bool includeUntracked, CancellationToken cancellationToken)
    {
        var result = await git.DoAsync(
            "cannot read the state of the worktree",
            [
                "status", "--porcelain=v2", "-z", "--no-renames", $"--untracked-files={(includeUntracked ? "all" : "no")}",
                $"--ignore-submodules={(includeUntracked ? "none" : "untracked")}",
            ],
            cancellationToken);
        var changes = new List<ChangedPath>();
        ReadOnlySpan<byte> rest = result.Output.Span;
        while (!rest.IsEmpty)
        {
            var end = rest.IndexOf((byte)0);
            var record = rest[..end];
            rest = rest[(end + 1)..];
            // git-status(1), "Porcelain Format Version 2": how many fields stand before the path.
            var fields = record[0] switch
            {
                (byte)'1' => 8,
                (byte)'u' => 10,
                (byte)'?' => 1,
                _ => 0,
            };
            if (fields > 0)
            {
                changes.Add(ReadChange(record, fields));
            }
        }

        return changes;
    }

    private static ChangedPath ReadChange(ReadOnlySpan<byte> record, int fields)
    {
        var path = record;
        for (var i = 0; i < fields; i++)
        {
            path = path[(path.IndexOf((byte)' ') + 1)..];
        }

        const int staged = 2, unstaged = 3, submodule = 5;
        return record[0] == '?'
            ? new ChangedPath(GitPath.Decode(path), '?', '?', IsSubmodule: false)
            : new ChangedPath(GitPath.Decode(path), (char)record[staged], (char)record[unstaged], record[submodule] == 'S');
    }
}

using Graft.Core.Releases;

namespace Graft.Adapters.Git;

/// <content>What commits say.</content>
public sealed partial class GitRepository
{
    /// <summary>
    /// The commits that <paramref name="to"/> has and <paramref name="from"/> has not, with their messages as UTF-8: a child before its parents, and at most
    /// <paramref name="most"/>, the newest.
    /// </summary>
    public async Task<IReadOnlyList<CommitMessage>> ReadMessagesAsync(CommitId from, CommitId to, int most, CancellationToken cancellationToken)
    {
        // Records end with NUL; a message cannot hold one.
        var result = await git.DoAsync(
            $"cannot read the commits from '{from.Short}' to '{to.Short}'",
            [
                "log", "-z", "--no-patch", "--no-color", "--no-show-signature", "--no-decorate", "--topo-order", "--encoding=UTF-8", "--format=tformat:%H%n%P%n%s%n%b",
                $"--max-count={most}", to.ToString(), $"^{from}", "--",
            ],
            cancellationToken);
        return [.. result.Text.Split('\0', StringSplitOptions.RemoveEmptyEntries).Select(ParseCommit)];
    }

    private static CommitMessage ParseCommit(string record)
    {
        var lines = record.Split('\n', 4);
        return new CommitMessage(CommitId.Parse(lines[0]), [.. lines[1].Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(CommitId.Parse)], lines[2], lines[3]);
    }
}

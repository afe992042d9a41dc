using System.Text;
using System.Text.RegularExpressions;
using Graft.Core.Releases;

namespace Graft.Adapters.Git;

/// <summary>A commit as a line of a log: its parents, author and subject, and the commits that it says it was cherry-picked from, the latest last.</summary>
public sealed record CommitLine(CommitId Id, IReadOnlyList<CommitId> Parents, string Author, string Subject, IReadOnlyList<CommitId> Sources);

/// <content>Commits, with what they say of themselves.</content>
public sealed partial class GitRepository
{
    private const string LogFormat = "--format=tformat:%H%x00%P%x00%an%x00%s%x00%b%x00";

    /// <summary>These commits, in this order.</summary>
    public Task<IReadOnlyList<CommitLine>> ReadCommitsAsync(IReadOnlyCollection<CommitId> commits, CancellationToken cancellationToken) =>
        commits.Count == 0 ? Task.FromResult<IReadOnlyList<CommitLine>>([]) : LogAsync(["--no-walk=unsorted"], commits.Select(commit => commit.ToString()), cancellationToken);

    /// <summary>What the second of two commits has in its history and the first has not, oldest first.</summary>
    public Task<IReadOnlyList<CommitLine>> ReadCommitsBetweenAsync(CommitId from, CommitId to, CancellationToken cancellationToken) =>
        LogAsync(["--reverse", "--topo-order"], [$"^{from}", to.ToString()], cancellationToken);

    /// <summary>Commits of a history whose message holds a text as it stands, newest first; at most so many.</summary>
    public Task<IReadOnlyList<CommitLine>> FindCommitsSayingAsync(string text, CommitId? after, CommitId tip, int most, CancellationToken cancellationToken) =>
        LogAsync(["--fixed-strings", $"--grep={text}", $"--max-count={most}"], after is null ? [tip.ToString()] : [$"^{after}", tip.ToString()], cancellationToken);

    private async Task<IReadOnlyList<CommitLine>> LogAsync(IEnumerable<string> options, IEnumerable<string> revisions, CancellationToken cancellationToken)
    {
        var result = await git.DoAsync(
            "cannot read commits",
            ["-c", "log.showSignature=false", "log", "--no-color", "--no-decorate", "--no-notes", "--no-mailmap", "--no-patch", "--encoding=UTF-8", LogFormat, .. options, "--stdin", "--"],
            cancellationToken,
            Encoding.ASCII.GetBytes(string.Concat(revisions.Select(revision => revision + "\n"))));
        const int fields = 5;
        return
        [
            .. result.Text.Split('\0').Chunk(fields).Where(record => record.Length == fields).Select(record => new CommitLine(
                CommitId.Parse(record[0].Trim('\n')),
                [.. record[1].Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(CommitId.Parse)],
                record[2],
                record[3],
                [.. PickedFrom().Matches(record[4]).Select(match => CommitId.Parse(match.Groups["id"].Value))])),
        ];
    }

    [GeneratedRegex("^\\(cherry picked from commit (?<id>[0-9a-f]{64}|[0-9a-f]{40})\\)\\r?$", RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    private static partial Regex PickedFrom();
}

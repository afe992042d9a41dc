using System.Text;
using Graft.Core.Releases;
using Graft.Core.Reviews;

namespace Graft.Adapters.Git;

/// <content>What branches have over one another, commit by commit.</content>
public sealed partial class GitRepository
{
    // Each path is matched against every name of a folder that changed; from here on reading every commit's names costs less.
    private const int MostPaths = 200;

    /// <summary>The commits of one that another lacks, newest first, with the paths that each changes.</summary>
    public Task<IReadOnlyList<BranchCommit>> ReadCommitsAsync(CommitId from, CommitId to, CancellationToken cancellationToken) =>
        ReadLogAsync([$"{from}..{to}"], [], cancellationToken);

    /// <summary>
    /// The commits of <paramref name="other"/> that <paramref name="head"/> lacks, newest first, of which each changes one of these paths, and perhaps others. Where history was merged, git
    /// follows the side that a path came from.
    /// </summary>
    public Task<IReadOnlyList<BranchCommit>> ReadCommitsOnPathsAsync(CommitId head, CommitId other, IReadOnlyCollection<string> paths, CancellationToken cancellationToken) =>
        ReadLogAsync(["--full-diff", $"{head}..{other}"], paths.Count <= MostPaths ? paths : [], cancellationToken);

    /// <summary>Those commits of <paramref name="to"/> that neither of two others has.</summary>
    public async Task<IReadOnlySet<CommitId>> ReadCommitsOutsideAsync(CommitId to, CommitId from, CommitId other, CancellationToken cancellationToken)
    {
        var result = await git.DoAsync($"cannot compare '{to.Short}' with '{other.Short}'", ["rev-list", to.ToString(), $"^{from}", $"^{other}", "--"], cancellationToken);
        return result.Text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(CommitId.Parse).ToHashSet();
    }

    /// <summary>The commits that names out of messages mean, by one git process; null where there is none here, or several.</summary>
    public async Task<IReadOnlyDictionary<string, CommitId?>> FindCommitsAsync(IReadOnlyCollection<string> names, CancellationToken cancellationToken)
    {
        var found = new Dictionary<string, CommitId?>(StringComparer.Ordinal);
        if (names.Count == 0)
        {
            return found;
        }

        // A partial clone would ask its remote for each that is not here.
        var quiet = git with { Variables = new Dictionary<string, string?> { ["GIT_NO_LAZY_FETCH"] = "1" } };
        var asked = names.ToList();
        var result = await quiet.DoAsync(
            "cannot look for the commits that picks are of",
            ["cat-file", "--batch-check=%(objecttype) %(objectname)"],
            cancellationToken,
            Encoding.ASCII.GetBytes(string.Concat(asked.Select(name => $"{name}\n"))));
        foreach (var (name, line) in asked.Zip(result.Text.Split('\n')))
        {
            found[name] = line.StartsWith("commit ", StringComparison.Ordinal) && CommitId.TryParse(line["commit ".Length..], out var commit) ? commit : null;
        }

        return found;
    }

    /// <summary>Those of some commits that another descends from, or is.</summary>
    public async Task<IReadOnlySet<CommitId>> FindAncestorsAsync(IReadOnlyCollection<CommitId> commits, CommitId of, CancellationToken cancellationToken)
    {
        if (commits.Count == 0)
        {
            return new HashSet<CommitId>();
        }

        var result = await git.DoAsync(
            $"cannot read the history of '{of.Short}'",
            ["rev-list", "--stdin", $"^{of}"],
            cancellationToken,
            Encoding.ASCII.GetBytes(string.Concat(commits.Select(commit => $"{commit}\n"))));
        var outside = result.Text.Split('\n', StringSplitOptions.RemoveEmptyEntries).ToHashSet(StringComparer.Ordinal);
        return commits.Where(commit => !outside.Contains(commit.ToString())).ToHashSet();
    }

    private async Task<IReadOnlyList<BranchCommit>> ReadLogAsync(IReadOnlyList<string> which, IReadOnlyCollection<string> paths, CancellationToken cancellationToken)
    {
        // A NUL can be in no message, name or path; with -z git would not end what it shows of a commit in the same way everywhere.
        var result = await git.DoAsync(
            "cannot read the history",
            [
                "-c", "core.quotePath=true", "-c", "log.showSignature=false", "-c", "log.follow=false", "-c", "diff.orderFile=/dev/null", "log", "--encoding=UTF-8", "--no-color", "--no-ext-diff", "--no-renames", "--ignore-submodules=none",
                "--name-only", "--format=%x00%H%x00%P%x00%an%x00%s%x00%B%x00", .. which, "--", .. paths,
            ],
            cancellationToken);
        return ParseLog(result.Output.Span);
    }

    private static List<BranchCommit> ParseLog(ReadOnlySpan<byte> output)
    {
        var commits = new List<BranchCommit>();
        output = output.IsEmpty ? output : output[1..];
        while (!output.IsEmpty)
        {
            var id = CommitId.Parse(Encoding.ASCII.GetString(Take(ref output)));
            var parents = Encoding.ASCII.GetString(Take(ref output)).Split(' ', StringSplitOptions.RemoveEmptyEntries);
            var author = GitPath.Decode(Take(ref output));
            var subject = GitPath.Decode(Take(ref output));
            var message = GitPath.Decode(Take(ref output));
            commits.Add(new BranchCommit(id, subject, author, [.. parents.Select(CommitId.Parse)], ReadNames(Take(ref output)), BranchCommit.PicksIn(message)));
        }

        return commits;
    }

    private static ReadOnlySpan<byte> Take(ref ReadOnlySpan<byte> output)
    {
        var end = output.IndexOf((byte)0);
        var field = end < 0 ? output : output[..end];
        output = end < 0 ? [] : output[(end + 1)..];
        return field;
    }

    private static List<string> ReadNames(ReadOnlySpan<byte> lines)
    {
        var names = new List<string>();
        foreach (var range in lines.Split((byte)'\n'))
        {
            if (!lines[range].IsEmpty)
            {
                names.Add(GitPath.Unquote(lines[range]));
            }
        }

        return names;
    }
}

using System.Globalization;
using System.Text;
using Graft.Core.Releases;

namespace Graft.Adapters.Git;

/// <content>Commits, by name and by ancestry.</content>
public sealed partial class GitRepository
{
    /// <summary>The commit that a revision expression (gitrevisions(7)) from outside means, or null when it means none, or several.</summary>
    public async Task<CommitId?> FindCommitAsync(string revision, CancellationToken cancellationToken)
    {
        // NUL and line breaks cannot be in a name, and the first could not be passed on.
        if (revision.Any(char.IsControl))
        {
            return null;
        }

        var result = await git.RunAsync(
            ["rev-parse", "--verify", "--quiet", "--end-of-options", revision + "^{commit}"], cancellationToken);
        return result.Succeeded && CommitId.TryParse(result.Text.TrimEnd('\n'), out var commit) ? commit : null;
    }

    /// <summary>The commit of a tag (without <c>refs/tags/</c>), annotated or not; null when there is no such tag or it is not a commit's.</summary>
    public async Task<CommitId?> FindTagAsync(string tag, CancellationToken cancellationToken) =>
        GitName.IsRef(tag) ? await FindCommitAsync(TagPrefix + tag, cancellationToken) : null;

    /// <summary>When a commit was made, by its committer's clock, in whole seconds; at the end of time where that clock is later than any.</summary>
    public async Task<DateTimeOffset> ReadCommitTimeAsync(CommitId commit, CancellationToken cancellationToken)
    {
        var result = await git.DoAsync($"cannot read commit '{commit.Short}'", ["rev-list", "--timestamp", "--no-walk", commit.ToString()], cancellationToken);
        var seconds = ulong.Parse(result.Text.Split(' ')[0], NumberStyles.None, CultureInfo.InvariantCulture);
        return DateTimeOffset.FromUnixTimeSeconds((long)Math.Min(seconds, (ulong)DateTimeOffset.MaxValue.ToUnixTimeSeconds()));
    }

    /// <summary>Whether there is a tag of this name, whatever it leads to.</summary>
    public async Task<bool> HasTagAsync(string tag, CancellationToken cancellationToken) =>
        GitName.IsRef(tag) && (await git.RunAsync(["rev-parse", "--verify", "--quiet", "--end-of-options", TagPrefix + tag], cancellationToken)).Succeeded;

    /// <summary>Every tag of a commit, without <c>refs/tags/</c>, with the commit it leads to.</summary>
    public Task<IReadOnlyDictionary<string, CommitId>> ReadTagsAsync(CancellationToken cancellationToken) => ReadTagsAsync([], cancellationToken);

    /// <summary>The tags of a commit and of what it descends from, as <see cref="ReadTagsAsync(CancellationToken)"/> gives them.</summary>
    public Task<IReadOnlyDictionary<string, CommitId>> ReadTagsBelowAsync(CommitId commit, CancellationToken cancellationToken) =>
        ReadTagsAsync([$"--merged={commit}"], cancellationToken);

    /// <summary>
    /// Those of some ancestors of a commit from which history leads to it past none of the others; the commit itself where it is one of them.
    /// </summary>
    public async Task<IReadOnlySet<CommitId>> FindNearestAsync(CommitId commit, IReadOnlySet<CommitId> ancestors, CancellationToken cancellationToken)
    {
        if (ancestors.Count <= 1 || ancestors.Contains(commit))
        {
            return ancestors.Count <= 1 ? ancestors : new HashSet<CommitId> { commit };
        }

        var result = await git.DoAsync(
            $"cannot read the history of '{commit.Short}'",
            ["rev-list", "--boundary", "--stdin", commit.ToString()],
            cancellationToken,
            Encoding.ASCII.GetBytes(string.Concat(ancestors.Select(ancestor => $"^{ancestor}\n"))));
        return result.Text.Split('\n').Where(line => line.StartsWith('-')).Select(line => CommitId.Parse(line[1..])).Where(ancestors.Contains).ToHashSet();
    }

    private async Task<IReadOnlyDictionary<string, CommitId>> ReadTagsAsync(IReadOnlyList<string> which, CancellationToken cancellationToken)
    {
        var result = await git.DoAsync(
            "cannot read the tags",
            ["for-each-ref", .. which, "--format=%(objecttype) %(objectname) %(*objecttype) %(*objectname) %(refname)", TagPrefix],
            cancellationToken);
        var tags = new Dictionary<string, CommitId>();
        foreach (var line in result.Text.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            // "commit ID   REF" for a light tag, "tag ID commit ID REF" for an annotated one.
            var fields = line.Split(' ', 5);
            var tag = fields[4][TagPrefix.Length..];
            var commit = (fields[0], fields[2]) switch
            {
                ("commit", _) => CommitId.Parse(fields[1]),
                ("tag", "commit") => CommitId.Parse(fields[3]),
                // Before 2.45 the format looks through one tag only.
                ("tag", "tag") => await FindTagAsync(tag, cancellationToken),
                _ => null,
            };
            if (commit is not null)
            {
                tags[tag] = commit;
            }
        }

        return tags;
    }

    /// <summary>What this clone last saw of a remote's branches: names without <c>refs/remotes/REMOTE/</c>, and their commits.</summary>
    public async Task<IReadOnlyDictionary<string, CommitId>> ReadTrackingBranchesAsync(string remote, CancellationToken cancellationToken)
    {
        var branches = new Dictionary<string, CommitId>();
        if (!GitName.IsRef(remote))
        {
            return branches;
        }

        var prefix = $"{RemotePrefix}{remote}/";
        var result = await git.DoAsync(
            $"cannot read the branches of '{remote}'",
            ["for-each-ref", "--format=%(objectname) %(symref) %(refname)", prefix],
            cancellationToken);
        foreach (var line in result.Text.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            // origin/HEAD is another name of one of the others.
            if (line.Split(' ', 3) is [var id, "", var name])
            {
                branches[name[prefix.Length..]] = CommitId.Parse(id);
            }
        }

        return branches;
    }

    /// <summary>Whether the second commit descends from the first, or is the first.</summary>
    public async Task<bool> IsAncestorAsync(CommitId ancestor, CommitId descendant, CancellationToken cancellationToken)
    {
        var result = await git.RunAsync(["merge-base", "--is-ancestor", ancestor.ToString(), descendant.ToString()], cancellationToken);
        // Where a commit between the two cannot be read, git says so and answers no.
        return result.ExitCode switch
        {
            0 => true,
            1 when !result.Error.Contains("error: ", StringComparison.Ordinal) => false,
            _ => throw GitCommand.Failure($"cannot compare '{ancestor.Short}' with '{descendant.Short}'", result),
        };
    }

    /// <summary>Whether a commit is one of these tips or an ancestor of one. Tips that this clone does not have are passed over.</summary>
    public async Task<bool> IsReachableFromAsync(CommitId commit, IEnumerable<CommitId> tips, CancellationToken cancellationToken)
    {
        var known = tips.ToHashSet();
        if (known.Count == 0 || known.Contains(commit))
        {
            return known.Count > 0;
        }

        // Without it a partial clone would ask its remote for every tip that is not here, one by one (2.45; ignored by older ones).
        var quiet = git with { Variables = new Dictionary<string, string?> { ["GIT_NO_LAZY_FETCH"] = "1" } };
        var result = await quiet.DoAsync(
            $"cannot look for '{commit.Short}' in the remote's branches",
            ["rev-list", "--max-count=1", "--ignore-missing", "--stdin", commit.ToString()],
            cancellationToken,
            Encoding.ASCII.GetBytes(string.Concat(known.Select(tip => $"^{tip}\n"))));
        return result.Output.Length == 0;
    }

    /// <summary>
    /// Commits of <paramref name="other"/> that <paramref name="head"/> lacks, newest first, without merges and without those whose patch
    /// <paramref name="head"/> has under another name (a cherry-pick).
    /// </summary>
    public async Task<IReadOnlyList<CommitId>> ReadCommitsMissingAsync(CommitId head, CommitId other, CancellationToken cancellationToken)
    {
        var result = await git.DoAsync(
            $"cannot compare '{head.Short}' with '{other.Short}'",
            ["rev-list", "--cherry-pick", "--right-only", "--no-merges", $"{head}...{other}", "--"],
            cancellationToken);
        return [.. result.Text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(CommitId.Parse)];
    }
}

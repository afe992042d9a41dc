using Graft.Adapters.Git;
using Graft.Core.Failures;
using Graft.Core.Releases;

namespace Graft.Cli.Commands.Hotfix.Pick;

/// <summary>A commit that is not picked, and why.</summary>
internal sealed record LeftOutCommit(CommitLine Commit, string Reason);

/// <summary>What is to be picked, in order, and what was named but is left out.</summary>
internal sealed record PickList(IReadOnlyList<CommitLine> Commits, IReadOnlyList<LeftOutCommit> LeftOut);

/// <summary>Finds the commits that the command line means. What it names is resolved once; only full ids go further.</summary>
internal sealed class PickListQuestion(Session session, Workspace workspace, PickOptions options)
{
    private readonly GitRepository git = workspace.Git;

    public async Task<PickList> AskAsync()
    {
        var named = new List<CommitLine>();
        var leftOut = new List<LeftOutCommit>();
        if (options.PullRequest is { } number)
        {
            Take(await new PullRequestQuestion(workspace, session).AskAsync(number), named, leftOut);
        }

        foreach (var text in options.Commits)
        {
            if (text.Contains("..", StringComparison.Ordinal))
            {
                Take(await RangeAsync(text), named, leftOut);
            }
            else
            {
                named.AddRange(await git.ReadCommitsAsync([await ResolveAsync(text)], session.Cancellation));
            }
        }

        var commits = new List<CommitLine>();
        foreach (var commit in named.DistinctBy(commit => commit.Id))
        {
            if (await git.IsAncestorAsync(commit.Id, git.Head, session.Cancellation))
            {
                leftOut.Add(new LeftOutCommit(commit, "it is in the branch's history already"));
            }
            else
            {
                commits.Add(commit);
            }
        }

        CheckMerges(commits);
        return new PickList(commits, leftOut);
    }

    // A merge in a range brings nothing that its commits do not: they are in the range themselves.
    private static void Take(IReadOnlyList<CommitLine> range, List<CommitLine> named, List<LeftOutCommit> leftOut)
    {
        named.AddRange(range.Where(commit => commit.Parents.Count < 2 || range.Count == 1));
        leftOut.AddRange(range.Where(commit => commit.Parents.Count > 1 && range.Count > 1).Select(commit => new LeftOutCommit(commit, "it is a merge; what it merges is picked commit by commit")));
    }

    private async Task<IReadOnlyList<CommitLine>> RangeAsync(string text)
    {
        var dots = text.IndexOf("..", StringComparison.Ordinal);
        if (text.Contains("...", StringComparison.Ordinal))
        {
            throw GraftException.Input($"'{text}' is no range to pick: with three dots it has two sides", "write `A..B`: what B has and A has not");
        }

        string End(string side) => side.Length == 0 ? "HEAD" : side;
        var range = await git.ReadCommitsBetweenAsync(await ResolveAsync(End(text[..dots])), await ResolveAsync(End(text[(dots + 2)..])), session.Cancellation);
        return range.Count > 0 ? range : throw GraftException.Usage($"nothing to do: '{text}' holds no commit", "a range is written `OLDER..NEWER`, without the older one");
    }

    private async Task<CommitId> ResolveAsync(string text) =>
        await git.FindCommitAsync(text, session.Cancellation)
        ?? throw GraftException.Input($"'{text}' is not a commit here", $"`git fetch {workspace.Product.Remote}` takes what is new");

    private void CheckMerges(List<CommitLine> commits)
    {
        var merge = commits.Find(commit => commit.Parents.Count > 1);
        if (options.Mainline is not { } parent)
        {
            if (merge is not null)
            {
                throw GraftException.Usage(
                    $"{merge.Id.Short} '{merge.Subject}' is a merge: against which of its parents it is taken is open",
                    $"`--mainline 1` takes all that it brought, as one commit; `{merge.Id.Short}^1..{merge.Id.Short}^2` picks it commit by commit");
            }

            return;
        }

        if (merge is null)
        {
            throw GraftException.Usage("`--mainline` is for merges, and none of these commits is one", "leave it out");
        }

        if (commits.Find(commit => parent > Math.Max(1, commit.Parents.Count)) is { } other)
        {
            throw GraftException.Usage($"{other.Id.Short} '{other.Subject}' has no parent {parent}", "`--mainline 1` is the branch that was merged into");
        }
    }
}

using Graft.Adapters.Git;
using Graft.Core.Failures;
using Graft.Core.Hotfixes.Picks;
using Graft.Core.Releases;

namespace Graft.Cli.Commands.Hotfix.Pick;

/// <summary>
/// Finds the commits by which a pull request landed, oldest first: by the forge where releases live on one, else by what the main branch's subjects say.
/// </summary>
internal sealed class PullRequestQuestion(Workspace workspace, Session session)
{
    private const int MostCommits = 250;
    private readonly GitRepository git = workspace.Git;

    private string MainName => $"{workspace.Product.Remote}/{workspace.Product.Main}";

    public async Task<IReadOnlyList<CommitLine>> AskAsync(int number) =>
        workspace.Forge is { } forge ? await AskForgeAsync(forge.PullRequests, number) : await AskMainAsync(number);

    private async Task<IReadOnlyList<CommitLine>> AskForgeAsync(IPullRequests forge, int number)
    {
        var found = await forge.FindAsync(number, session.Cancellation) ?? throw GraftException.Input($"there is no pull request #{number} in {workspace.Product.Publisher}");
        if (found is not { IsMerged: true, MergeCommit: { } landed })
        {
            throw GraftException.Input($"pull request #{number} is not merged", "merge it first, or name its commits: `graft hotfix pick COMMIT…`");
        }

        if (found.BaseBranch.Length > 0 && found.BaseBranch != workspace.Product.Main)
        {
            session.Screen.Warn($"pull request #{number} was merged into '{found.BaseBranch}', not into '{workspace.Product.Main}'");
        }

        var last = await git.FindCommitAsync(landed.ToString(), session.Cancellation)
            ?? throw GraftException.Input($"commit {landed.Short}, as which pull request #{number} landed, is not here", $"`git fetch {workspace.Product.Remote}`");
        return await LandedAsync(await ReadAsync(last), commit => IsOfAsync(forge, commit, number));
    }

    // A merge brought what its second parent has. Rebased, every commit before the last that came in by the same pull request belongs to it; squashed, none does.
    private async Task<IReadOnlyList<CommitLine>> LandedAsync(CommitLine last, Func<CommitId, Task<bool>> isOfIt)
    {
        if (last.Parents.Count > 1)
        {
            var range = await git.ReadCommitsBetweenAsync(last.Parents[0], last.Parents[1], session.Cancellation);
            // All of it may have been there before.
            return range.Count > 0 ? range : [last];
        }

        var commits = new List<CommitLine> { last };
        while (commits.Count < MostCommits && commits[^1].Parents is [var before])
        {
            var earlier = await ReadAsync(before);
            if (earlier.Parents.Count > 1 || !await isOfIt(before))
            {
                break;
            }

            commits.Add(earlier);
        }

        commits.Reverse();
        return commits;
    }

    private async Task<bool> IsOfAsync(IPullRequests forge, CommitId commit, int number) =>
        (await forge.ListAsync(commit, session.Cancellation)).Any(request => request.Number == number);

    private async Task<IReadOnlyList<CommitLine>> AskMainAsync(int number)
    {
        var main = await git.FindCommitAsync($"refs/remotes/{MainName}", session.Cancellation)
            ?? throw GraftException.Input($"'{MainName}' is not here", $"`git fetch {workspace.Product.Remote}`");
        var found = (await git.FindCommitsSayingAsync($"#{number}", after: null, main, MostCommits, session.Cancellation)).Where(commit => LandedSubject.IsOf(number, commit.Subject)).ToList();
        return found.Count switch
        {
            1 => await LandedAsync(found[0], _ => Task.FromResult(false)),
            0 => throw GraftException.Input(
                $"no commit of pull request #{number} is found on '{MainName}'",
                $"`git fetch {workspace.Product.Remote}`, or name its commits; without GitHub as publisher only a subject that ends in '(#{number})' or begins 'Merge pull request #{number}' tells, and a rebased one has neither"),
            _ => throw GraftException.Input(
                $"several commits on '{MainName}' say that they are pull request #{number}: {string.Join(", ", found.Select(commit => commit.Id.Short))}", "name those that are meant: `graft hotfix pick COMMIT…`"),
        };
    }

    private async Task<CommitLine> ReadAsync(CommitId commit) => (await git.ReadCommitsAsync([commit], session.Cancellation))[0];
}

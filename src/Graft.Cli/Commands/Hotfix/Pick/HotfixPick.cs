using Graft.Adapters.Git;
using Graft.Cli.Failures;
using Graft.Core.Failures;
using Graft.Core.Hotfixes.Guards;
using Graft.Core.Releases;

namespace Graft.Cli.Commands.Hotfix.Pick;

/// <summary>Cherry-picks onto the hotfix's branch. How far it is, git keeps; what was picked is read off the branch afterwards.</summary>
internal sealed class HotfixPick(Session session, PickOptions options)
{
    private const string CarryOn = "carry it on with `graft hotfix pick --continue`, or take it back with `graft hotfix pick --abort`";
    private readonly List<LeftOutCommit> leftOut = [];

    public async Task<int> RunAsync()
    {
        var workspace = await session.Composition.OpenAsync(session.Options, session.Screen, session.Cancellation);
        var branch = workspace.Git.Branch ?? throw GraftException.Input("HEAD is on no branch", "`graft hotfix start BRANCH --release R` makes one");
        if (options.Abort || options.Continue)
        {
            var state = await workspace.Git.FindPickAsync(session.Cancellation) ?? throw GraftException.Usage("nothing to do: no pick is on its way");
            return options.Abort ? await AbortAsync(workspace.Git, branch, state) : await ContinueAsync(workspace, branch, state);
        }

        if (branch == workspace.Product.Main)
        {
            throw GraftException.Input($"'{branch}' is checked out: a hotfix is made on a branch from the release's tag", "`graft hotfix start BRANCH --release R` makes one");
        }

        return await BeginAsync(workspace, branch);
    }

    private async Task<int> BeginAsync(Workspace workspace, string branch)
    {
        var git = workspace.Git;
        var list = await new PickListQuestion(session, workspace, options).AskAsync();
        Require(WorktreeGuard.Check([.. (await git.ReadStatusAsync(session.Cancellation)).Select(changed => changed.Path)], git.FindUnfinished(), "commit or stash them"), git.FindUnfinished());
        leftOut.AddRange(list.LeftOut);
        if (options.DryRun && session.Screen.Json)
        {
            session.Screen.Data(PickDocument.Of(list, branch));
            return 0;
        }

        PickText.ShowPlan(list, branch, session.Screen);
        if (options.DryRun)
        {
            return 0;
        }

        IReadOnlyList<CommitId> commits = [.. list.Commits.Select(commit => commit.Id)];
        return await CarryThroughAsync(workspace, branch, git.Head, async () => commits.Count == 0 ? PickStop.Done : await git.PickAsync(commits, options.Mainline, session.Cancellation));
    }

    private async Task<int> ContinueAsync(Workspace workspace, string branch, PickState state)
    {
        var git = workspace.Git;
        var before = state.Before ?? git.Head;
        if (state.Current is not null && await git.ReadConflictsAsync(session.Cancellation) is { Count: > 0 })
        {
            return await ShowAsync(workspace, await StoppedAsync(git, new PickOutcome(branch, before, git.Head)));
        }

        var unstaged = (await git.ReadStatusAsync(session.Cancellation)).Where(changed => changed.Unstaged != '.').Select(changed => changed.Path).ToList();
        Require(WorktreeGuard.Check(unstaged, null, "`git add` what resolves the conflict, and stash the rest"), null);
        return await CarryThroughAsync(workspace, branch, before, () => ResumeAsync(git, state));
    }

    // Stopped between two commits, git does not know whether it has made the first of its list, and would leave it out.
    private async Task<PickStop> ResumeAsync(GitRepository git, PickState state)
    {
        if (state is { Current: null, Todo: [var first, ..] })
        {
            var head = (await git.ReadCommitsAsync([git.Head], session.Cancellation))[0];
            if (head.Sources is not [.., var last] || last != first)
            {
                var stop = await git.PickAsync([first], state.Mainline, session.Cancellation);
                if (stop != PickStop.Done)
                {
                    return stop;
                }
            }
        }

        return await git.ContinuePickAsync(state.Todo, session.Cancellation);
    }

    private async Task<int> CarryThroughAsync(Workspace workspace, string branch, CommitId before, Func<Task<PickStop>> begin)
    {
        var git = workspace.Git;
        try
        {
            var stop = await begin();
            while (stop == PickStop.Empty)
            {
                stop = await SkipAsync(git);
            }

            var outcome = new PickOutcome(branch, before, await git.ReadHeadAsync(session.Cancellation)) { LeftOut = leftOut };
            return await ShowAsync(workspace, stop == PickStop.Conflict ? await StoppedAsync(git, outcome) : outcome);
        }
        catch (OperationCanceledException)
        {
            throw new GraftException(FailureKind.Interrupted, "interrupted", git.FindUnfinished() is null ? $"`git log {before.Short}..` shows what was picked before" : CarryOn);
        }
    }

    private async Task<PickStop> SkipAsync(GitRepository git)
    {
        var state = await git.FindPickAsync(session.Cancellation);
        var commit = (await git.ReadCommitsAsync([state!.Current!], session.Cancellation))[0];
        var isEmpty = commit.Parents.Count == 1 && (await git.ReadChangesAsync(commit.Parents[0], commit.Id, session.Cancellation)).Count == 0;
        var left = new LeftOutCommit(commit, isEmpty ? "it changes nothing" : "nothing of it is left: the branch has it already, or the conflict was resolved without it");
        leftOut.Add(left);
        PickText.ShowLeftOut([left], session.Screen);
        return await git.SkipPickAsync(state.Todo, session.Cancellation);
    }

    private async Task<PickOutcome> StoppedAsync(GitRepository git, PickOutcome outcome)
    {
        var state = await git.FindPickAsync(session.Cancellation);
        var stopped = (await git.ReadCommitsAsync([state!.Current!], session.Cancellation))[0];
        return outcome with { Stopped = stopped, Conflicts = await git.ReadConflictsAsync(session.Cancellation), Remaining = Math.Max(0, state.Todo.Count - 1) };
    }

    private async Task<int> ShowAsync(Workspace workspace, PickOutcome outcome)
    {
        outcome = await new PickReview(workspace.Git, session.Composition.Clock, session.Cancellation).CompleteAsync(outcome);
        var conflict = outcome.Stopped is null ? null : PickText.Conflict(outcome, session.Options);
        if (session.Screen.Json)
        {
            session.Screen.Data(PickDocument.Of(outcome, conflict));
            return conflict is null ? 0 : (int)conflict.Kind;
        }

        PickText.ShowOutcome(outcome, session.Screen);
        if (conflict is not null)
        {
            throw conflict;
        }

        PickText.ShowNext(outcome, workspace, session.Options, session.Screen);
        return 0;
    }

    private async Task<int> AbortAsync(GitRepository git, string branch, PickState state)
    {
        var before = state.Before ?? git.Head;
        if (state.Before is not null && state.Safety != git.Head)
        {
            throw new GraftException(
                FailureKind.Guard,
                $"cannot take the pick back: {branch} has moved to {git.Head.Short} since it stopped at {state.Safety?.Short ?? "an unknown commit"}",
                "`git cherry-pick --quit` ends the pick and keeps the commits; or carry it on with `graft hotfix pick --continue`");
        }

        await git.AbortPickAsync(session.Cancellation);
        var outcome = new PickOutcome(branch, before, await git.ReadHeadAsync(session.Cancellation));
        if (session.Screen.Json)
        {
            session.Screen.Data(PickDocument.Of(outcome, null));
        }
        else
        {
            session.Screen.Say($"{branch} is at {outcome.Head.Short} again, as before the pick");
        }

        return 0;
    }

    private static void Require(GuardFinding? finding, string? unfinished)
    {
        if (finding is not null)
        {
            throw new GuardsRefusedException("cannot pick: 1 guard refuses", null, [unfinished == "cherry-pick" ? finding with { Hint = CarryOn } : finding]);
        }
    }
}

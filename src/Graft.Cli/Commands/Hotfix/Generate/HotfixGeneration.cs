using Graft.Adapters.Files;
using Graft.Adapters.Git;
using Graft.Adapters.Journal;
using Graft.Cli.Failures;
using Graft.Cli.Hotfixes;
using Graft.Cli.Reviews;
using Graft.Cli.Terminal;
using Graft.Core.Failures;
using Graft.Core.Hotfixes;
using Graft.Core.Hotfixes.Guards;

namespace Graft.Cli.Commands.Hotfix.Generate;

/// <summary>Cuts a hotfix: gather, plan, show, confirm, apply.</summary>
internal sealed class HotfixGeneration(Session session, GenerateOptions options)
{
    private const long PlanLimit = 64 * 1024 * 1024;

    public async Task<int> RunAsync()
    {
        var asks = Screen.CanAsk && !session.Screen.Json;
        GenerateRequest.Check(options, asks);
        var decision = await ReadDecisionAsync();
        var request = decision?.Replay(options.Allow, session.Options.Offline) ?? await GenerateRequest.OfAsync(options, session);
        var status = GitRepository.ReadStatusAsync(session.Options.Directory, session.Composition.Programs, session.Cancellation);
        var workspace = await session.Composition.OpenAsync(session.Options, session.Screen, session.Cancellation);
        var questions = asks && decision is null ? new GenerateQuestions(session, workspace, options) : null;

        if (questions is not null && !await questions.ConfirmStatusAsync())
        {
            return NotDone();
        }

        var release = decision?.Plan.Base.ToString() ?? options.Release;
        var chosen = release is null && questions is not null ? await questions.ChooseReleaseAsync() : null;
        if (questions is not null)
        {
            // A person may have taken their time.
            status = workspace.Git.ReadStatusAsync(session.Cancellation);
        }

        var gatherer = new HotfixGatherer(workspace, session.Composition, session.Screen);
        var facts = await gatherer.GatherAsync(() => chosen ?? workspace.Manifests.Get(release!, workspace.Product.TagOf), session.Cancellation);
        facts = decision?.Take(facts) ?? facts;
        request = GenerateRequest.WithAffected(request, facts, options);
        if (questions is not null)
        {
            request = await questions.CompleteAsync(request, facts);
        }

        facts = await PullRequestQuestion.AskAsync(workspace.Forge?.PullRequests, request, facts, session.Cancellation);
        var proposer = new HotfixProposer(gatherer, request, facts, decision);
        var proposal = await proposer.ProposeAsync(known => HotfixGatherer.CompleteAsync(known, status), session.Cancellation);
        return options switch
        {
            { DryRun: true } => await ShowOnlyAsync(proposal, workspace),
            { PlanOut: { } file } => await WriteDecisionAsync(file, proposer.Decide(proposal), proposal, workspace),
            _ => await ApplyAsync(proposal, proposer, workspace, asks),
        };
    }

    private async Task<HotfixDecision?> ReadDecisionAsync() =>
        options.Plan is { } file
            ? PlanJson.ReadDecision(System.Text.Encoding.UTF8.GetBytes(await session.Composition.ReadTextAsync(session.Options.PathOf(file), PlanLimit, session.Cancellation)), file)
            : null;

    private async Task<int> ShowOnlyAsync(HotfixProposal proposal, Workspace workspace)
    {
        var refused = proposal.Refusals.Any();
        if (!refused)
        {
            await CheckReadinessAsync(proposal.Plan, workspace, readsOnly: true);
        }

        if (session.Screen.Json)
        {
            session.Screen.Data(HotfixDocument.OfDryRun(proposal, workspace));
            return refused ? (int)FailureKind.Guard : 0;
        }

        HotfixText.ShowPlan(proposal, workspace, session.Screen);
        ThrowIfRefused(proposal);
        session.Screen.Say("dry run: nothing was written, built or sent");
        return 0;
    }

    private async Task<int> WriteDecisionAsync(string file, HotfixDecision decision, HotfixProposal proposal, Workspace workspace)
    {
        ThrowIfRefused(proposal);
        var path = session.Options.PathOf(file);
        await AtomicFile.WriteAsync(path, PlanJson.Write(decision), session.Cancellation);
        if (session.Screen.Json)
        {
            session.Screen.Data(HotfixDocument.OfDryRun(proposal, workspace));
            return 0;
        }

        HotfixText.ShowPlan(proposal, workspace, session.Screen);
        session.Screen.Say($"planned; nothing was built or sent. carry it out with `graft hotfix generate --plan {DisplayPath.Of(path)}`");
        return 0;
    }

    private async Task<int> ApplyAsync(HotfixProposal proposal, HotfixProposer proposer, Workspace workspace, bool asks)
    {
        ThrowIfRefused(proposal);
        await CheckReadinessAsync(proposal.Plan, workspace, readsOnly: false);
        HotfixText.ShowPlan(proposal, workspace, session.Screen);
        if (asks && !session.Options.Yes && !await session.Prompts.ConfirmAsync("carry this out?", byDefault: true, session.Cancellation))
        {
            return NotDone();
        }

        await workspace.State.PrepareAsync(session.Cancellation);
        while (true)
        {
            try
            {
                return await CarryOutAsync(proposal, proposer, workspace);
            }
            catch (NameTakenException taken) when (proposer.ChoosesName)
            {
                // Somebody else began in the same minute. Nobody asked for this one.
                session.Screen.Say($"{taken.Message}: taking the next free minute");
                proposer.Leave(taken.Name);
                proposal = await proposer.ProposeAsync(Task.FromResult, session.Cancellation);
                ThrowIfRefused(proposal);
            }
        }
    }

    private Task CheckReadinessAsync(HotfixPlan plan, Workspace workspace, bool readsOnly) =>
        new HotfixReadiness(session, workspace).CheckAsync(plan, plan.Builds, plan.Builds, readsOnly);

    private async Task<int> CarryOutAsync(HotfixProposal proposal, HotfixProposer proposer, Workspace workspace)
    {
        using var run = await workspace.Runs.BeginAsync(proposal.Plan, session.Cancellation);
        await KeepReviewAsync(run, proposer.ReviewOf(proposal), workspace);
        try
        {
            var outcome = await new HotfixApplication(session, workspace).ApplyAsync(run);
            if (session.Screen.Json)
            {
                session.Screen.Data(HotfixDocument.Of(proposal.Plan, proposal.Guards, proposal.Warnings, outcome, workspace));
            }
            else
            {
                HotfixText.ShowOutcome(proposal.Plan, outcome, workspace, session.Options, session.Screen);
            }

            return 0;
        }
        catch (NameTakenException)
        {
            run.Discard();
            throw;
        }
    }

    // For whoever asks later what was released; the run needs nothing of it.
    private async Task KeepReviewAsync(Run run, Core.Reviews.HotfixReview? review, Workspace workspace)
    {
        try
        {
            if (review is not null)
            {
                await ReviewFile.WriteAsync(Path.Combine(run.Folder, ReviewFile.Name), review, workspace.Git, session.Cancellation);
            }
        }
        catch (GraftException problem) when (problem.Kind == FailureKind.Outside && !session.Cancellation.IsCancellationRequested)
        {
            // Nobody writes here again who would.
            AtomicFile.RemoveLeft(run.Folder);
            session.Screen.Warn($"the review is not kept with the run: {problem.Message}");
        }
        catch (Exception cut) when (cut is OperationCanceledException or GraftException)
        {
            // What comes next is interrupted too, and says how to carry on.
        }
    }

    private void ThrowIfRefused(HotfixProposal proposal)
    {
        var refusals = proposal.Refusals.ToList();
        if (refusals.Count == 0)
        {
            return;
        }

        var allowable = refusals.Select(finding => finding.Guard).Where(guard => guard != GuardNames.TagTaken).Distinct(StringComparer.Ordinal).ToList();
        throw new GuardsRefusedException(
            $"cannot cut a hotfix of '{proposal.Plan.Base}': {refusals.Count} {(refusals.Count == 1 ? "guard refuses" : "guards refuse")}",
            allowable.Count == 0 ? null : $"mend that, or pass `--allow {string.Join(' ', allowable)}`",
            proposal.Guards);
    }

    private int NotDone()
    {
        session.Screen.Say("nothing was changed");
        return 0;
    }
}

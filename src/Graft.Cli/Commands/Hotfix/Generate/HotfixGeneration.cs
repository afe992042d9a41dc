using Graft.Adapters.Git;
using Graft.Cli.Failures;
using Graft.Cli.Hotfixes;
using Graft.Cli.Terminal;
using Graft.Core.Failures;
using Graft.Core.Hotfixes;
using Graft.Core.Hotfixes.Guards;

namespace Graft.Cli.Commands.Hotfix.Generate;

/// <summary>Cuts a hotfix: gather, plan, show, confirm, apply.</summary>
internal sealed class HotfixGeneration(Session session, GenerateOptions options)
{
    public async Task<int> RunAsync()
    {
        var asks = Screen.CanAsk && !session.Screen.Json;
        GenerateRequest.Check(options, asks);
        var request = await GenerateRequest.OfAsync(options, session);
        var status = GitRepository.ReadStatusAsync(session.Options.Directory, session.Composition.Programs, session.Cancellation);
        var workspace = await session.Composition.OpenAsync(session.Options, session.Screen, session.Cancellation);
        var questions = asks ? new GenerateQuestions(session, workspace, options) : null;

        if (questions is not null && !await questions.ConfirmStatusAsync())
        {
            return NotDone();
        }

        var chosen = options.Release is null && questions is not null ? await questions.ChooseReleaseAsync() : null;
        if (questions is not null)
        {
            // A person may have taken their time.
            status = workspace.Git.ReadStatusAsync(session.Cancellation);
        }

        var gatherer = new HotfixGatherer(workspace, session.Composition, session.Screen);
        var facts = await gatherer.GatherAsync(() => chosen ?? workspace.Manifests.Get(options.Release!, workspace.Product.TagOf), session.Cancellation);
        request = GenerateRequest.WithAffected(request, facts, options);
        if (questions is not null)
        {
            request = await questions.CompleteAsync(request, facts);
        }

        var selection = HotfixSelection.Of(request, facts.Base, facts.Sources);
        var images = await gatherer.LookAsync(request, facts, selection, session.Cancellation);
        facts = await HotfixGatherer.CompleteAsync(facts, status);
        var proposal = HotfixPlanner.Plan(request, facts, selection, images);
        return options.DryRun ? ShowOnly(proposal, workspace) : await ApplyAsync(proposal, workspace, questions);
    }

    private int ShowOnly(HotfixProposal proposal, Workspace workspace)
    {
        var refused = proposal.Refusals.Any();
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

    private async Task<int> ApplyAsync(HotfixProposal proposal, Workspace workspace, GenerateQuestions? questions)
    {
        ThrowIfRefused(proposal);
        HotfixText.ShowPlan(proposal, workspace, session.Screen);
        if (questions is not null && !session.Options.Yes && !await session.Prompts.ConfirmAsync("carry this out?", byDefault: true, session.Cancellation))
        {
            return NotDone();
        }

        await workspace.State.PrepareAsync(session.Cancellation);
        using var run = await workspace.Runs.BeginAsync(proposal.Plan, session.Cancellation);
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

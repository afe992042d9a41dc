using Graft.Core.Hotfixes;
using Graft.Core.Hotfixes.Guards;
using Graft.Core.Releases;
using Graft.Core.Reviews;

namespace Graft.Cli.Hotfixes;

/// <summary>Makes a proposal of a request and facts, and another one when its name turned out to be taken.</summary>
internal sealed class HotfixProposer(HotfixGatherer gatherer, HotfixRequest request, HotfixFacts facts, HotfixDecision? decision)
{
    private readonly HotfixSelection selection = HotfixSelection.Of(request, facts.Base, facts.Sources);
    private readonly Dictionary<string, NameUse> taken = new(facts.TakenNames, StringComparer.Ordinal);

    /// <summary>Whether the name may move on: nobody asked for it.</summary>
    public bool ChoosesName => request.Name is null;

    /// <summary>What would be done, and what speaks against it. <paramref name="complete"/> adds the facts that are waited for last.</summary>
    public async Task<HotfixProposal> ProposeAsync(Func<HotfixFacts, Task<HotfixFacts>> complete, CancellationToken cancellationToken)
    {
        var known = facts with { TakenNames = taken };
        var images = await gatherer.LookAsync(request, known, selection, cancellationToken);
        var proposal = HotfixPlanner.Plan(request, await complete(known), selection, images);
        decision?.Check(proposal.Plan);
        return proposal;
    }

    /// <summary>Leaves a name to whoever has it.</summary>
    public void Leave(ReleaseName name) => taken[name.ToString()] = new NameUse("another run has it", IsForGood: false);

    /// <summary>What whoever looks at the run later should see of the branch, with what the guards found; null where nobody looked.</summary>
    public HotfixReview? ReviewOf(HotfixProposal proposal) =>
        facts.Review is not { } changes ? null : new HotfixReview(
            facts.Product.Name,
            facts.Base.Name.ToString(),
            facts.BaseTag,
            facts.Branch,
            facts.Head,
            changes,
            facts.Affected,
            [.. proposal.Guards.OrderBy(finding => finding.Severity == GuardSeverity.Error ? 0 : 1)]);

    /// <summary>The proposal as what somebody decided, to be carried out later.</summary>
    public HotfixDecision Decide(HotfixProposal proposal) => HotfixDecision.Of(request, facts, proposal.Plan);
}

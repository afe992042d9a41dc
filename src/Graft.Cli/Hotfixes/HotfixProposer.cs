using Graft.Core.Hotfixes;
using Graft.Core.Releases;

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

    /// <summary>The proposal as what somebody decided, to be carried out later.</summary>
    public HotfixDecision Decide(HotfixProposal proposal) => HotfixDecision.Of(request, facts, proposal.Plan);
}

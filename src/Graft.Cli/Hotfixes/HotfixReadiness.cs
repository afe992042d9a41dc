using Graft.Core.Hotfixes;

namespace Graft.Cli.Hotfixes;

/// <summary>
/// Sees, before anything is reserved or built, that what a plan needs outside can be had. The first that cannot is an outside failure with what to do about it.
/// </summary>
internal sealed class HotfixReadiness(Session session)
{
    /// <summary>What is needed to build these images.</summary>
    public async Task CheckAsync(HotfixPlan plan, IReadOnlyList<PlannedBuild> builds)
    {
        if (builds.Count > 0)
        {
            await LongWait.SayingAsync(
                session.Composition.Builder(plan.Build).ProbeAsync(session.Cancellation), session.Composition.Clock, () => session.Screen.Say($"waiting for {plan.Build.With} to answer"));
        }
    }
}

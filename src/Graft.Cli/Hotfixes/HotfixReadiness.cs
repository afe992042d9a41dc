using Graft.Core.Failures;
using Graft.Core.Hotfixes;
using Graft.Core.Images;

namespace Graft.Cli.Hotfixes;

/// <summary>
/// Sees, before anything is reserved or built, that what a plan needs outside can be had: the builder, and leave to push. The first that cannot is an outside failure with what to do
/// about it. What a plan reads was read while it was made.
/// </summary>
internal sealed class HotfixReadiness(Session session, Workspace workspace)
{
    /// <summary>What it takes to build and to push these images; with <paramref name="readsOnly"/> nothing is sent that writes.</summary>
    public async Task CheckAsync(HotfixPlan plan, IReadOnlyList<PlannedBuild> builds, IReadOnlyList<PlannedBuild> pushes, bool readsOnly)
    {
        var push = CheckPushesAsync([.. pushes.Select(planned => planned.Reference.Name).Distinct()], readsOnly);
        if (builds.Count > 0)
        {
            await SayingAsync(session.Composition.Builder(plan.Build).ProbeAsync(session.Cancellation), plan.Build.With);
        }

        await SayingAsync(push, plan.Registry);
    }

    private async Task CheckPushesAsync(IReadOnlyList<ImageName> images, bool readsOnly)
    {
        var checks = images.Select(image => workspace.Images.Own.CheckPushAsync(image, readsOnly, session.Cancellation)).ToList();
        await Task.WhenAll(checks).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        session.Cancellation.ThrowIfCancellationRequested();
        var refused = checks.Select(check => check.Exception?.InnerException).OfType<GraftException>().DistinctBy(refusal => refusal.Message).ToList();
        if (refused.Count > 1)
        {
            throw new GraftException(refused[0].Kind, $"{refused[0].Message}; nor {(refused.Count == 2 ? "another image" : $"{refused.Count - 1} others")}", refused[0].Hint, refused[0]);
        }

        await Task.WhenAll(checks);
    }

    private Task SayingAsync(Task work, string whom) => LongWait.SayingAsync(work, session.Composition.Clock, () => session.Screen.Say($"waiting for '{whom}' to answer"));
}

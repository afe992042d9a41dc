using Graft.Cli.Failures;
using Graft.Cli.Terminal;
using Graft.Core.Hotfixes;

namespace Graft.Cli.Hotfixes;

/// <summary>A hotfix as a person reads it.</summary>
internal static class HotfixText
{
    /// <summary>The plan, and, where nothing refuses, what the guards warn about.</summary>
    public static void ShowPlan(HotfixProposal proposal, Workspace workspace, Screen screen)
    {
        var plan = proposal.Plan;
        screen.Say($"hotfix {plan.Name} of {plan.Base}, at commit {plan.Commit.Short}");
        var width = plan.Builds.Select(build => build.Reference.Name.Text).Concat(plan.Changes.Select(change => change.Image)).Max(image => image.Length);
        foreach (var build in plan.Builds)
        {
            screen.Say($"  build   {build.Reference.Name.Text.PadRight(width)}  {build.From} -> {build.Reference.Version}");
        }

        foreach (var change in plan.Changes)
        {
            screen.Say($"  change  {change.Image.PadRight(width)}  {change.From} -> {change.To}");
        }

        screen.Say($"  keep    {Count(plan.Unchanged)} as in {plan.Base}");
        screen.Say($"  write   {DisplayPath.Of(workspace.PathOf(plan.ManifestPath))}");
        screen.Say(plan.Draft is null ? "  draft   none" : $"  draft   {plan.Tag} in {plan.Publisher}");
        foreach (var warning in proposal.Warnings)
        {
            screen.Warn(warning);
        }

        if (!proposal.Refusals.Any())
        {
            GuardReport.Show(proposal.Guards, screen);
        }
    }

    /// <summary>Where the new release is, and what to type next.</summary>
    public static void ShowOutcome(HotfixPlan plan, HotfixOutcome outcome, Workspace workspace, GlobalOptions options, Screen screen)
    {
        screen.Say($"hotfix {plan.Name} is cut");
        screen.Say($"  manifest  {DisplayPath.Of(workspace.PathOf(plan.ManifestPath))}");
        if (outcome.Draft is { } draft)
        {
            screen.Say($"  draft     {DisplayPath.Of(draft.Url)}");
            screen.Say("next:");
            screen.Say($"  {options.Program} release diff {plan.Base} {plan.Name}");
            screen.Say($"  {options.Program} release publish {plan.Name}{(options.Offline ? " --offline" : "")}");
        }

        screen.Detail($"  run       {DisplayPath.Of(Path.Combine(workspace.State.Path, "runs", plan.Name.ToString()))}");
    }

    private static string Count(int images) => images == 1 ? "1 image" : $"{images} images";
}

using Graft.Cli.Terminal;
using Graft.Core.Failures;

namespace Graft.Cli.Commands.Hotfix.Start;

/// <summary>Shows what <c>hotfix start</c> does, and what to type next.</summary>
internal static class StartText
{
    public static void ShowPlan(StartPlan plan, Workspace workspace, Screen screen)
    {
        screen.Say($"branch {plan.Branch} from {plan.Tag}, at commit {plan.Commit.Short}");
        screen.Say(plan.Fetches ? "  fetch   branches and tags of every remote" : $"  fetch   nothing: '{workspace.Product.Remote}' was not reached");
        screen.Say(plan.Worktree is { } folder ? $"  make    worktree {DisplayPath.Of(folder)}" : "  switch  this worktree");
    }

    public static void ShowNext(StartPlan plan, Workspace workspace, GlobalOptions options, Screen screen)
    {
        var graft = plan.Worktree is null ? options.Program : options.Config is null ? "graft" : $"graft --config {ShellWord.Quote(options.PathOf(options.Config))}";
        screen.Say(plan.Worktree is { } folder ? $"branch {plan.Branch} is checked out in {DisplayPath.Of(folder)}" : $"branch {plan.Branch} is checked out");
        screen.Say("next:");
        if (plan.Worktree is { } place)
        {
            screen.Say($"  cd {ShellWord.Quote(DisplayPath.Of(place))}");
        }

        if (plan.Manifest is null)
        {
            screen.Say($"  {graft} release download     # the manifest of {plan.Release} is not in {workspace.Product.Releases} yet");
        }

        screen.Say($"  {graft} hotfix pick COMMIT   # or fix it here, and commit");
        screen.Say($"  git push -u {workspace.Product.Remote} {ShellWord.Quote(plan.Branch)}");
        screen.Say($"  {graft} hotfix generate --release {plan.Release}");
    }

    public static byte[] Document(StartPlan plan, bool isDryRun) => JsonDocuments.Write(writer =>
    {
        writer.WriteStartObject();
        writer.WriteString("branch", plan.Branch);
        writer.WriteString("release", plan.Release.ToString());
        writer.WriteString("tag", plan.Tag);
        writer.WriteString("commit", plan.Commit.ToString());
        writer.WriteString("worktree", plan.Worktree is null ? null : DisplayPath.Of(plan.Worktree));
        writer.WriteString("manifest", plan.Manifest is null ? null : DisplayPath.Of(plan.Manifest));
        writer.WriteStartArray("movedTags");
        foreach (var tag in plan.MovedTags)
        {
            writer.WriteStringValue(tag);
        }

        writer.WriteEndArray();
        if (isDryRun)
        {
            writer.WriteBoolean("dryRun", true);
        }

        writer.WriteEndObject();
    });
}

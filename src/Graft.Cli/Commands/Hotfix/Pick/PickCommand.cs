using System.CommandLine;
using static Graft.Cli.Commands.GraftCommand;

namespace Graft.Cli.Commands.Hotfix.Pick;

/// <summary><c>graft hotfix pick</c>: its arguments and help.</summary>
internal static class PickCommand
{
    public static Command Create(GlobalOptionSet globals)
    {
        var commits = new Argument<string[]>("COMMIT") { Description = "Commits, and ranges A..B, oldest first", HelpName = "COMMIT", Arity = ArgumentArity.ZeroOrMore };
        var pullRequest = One("--pr", "N", "The commits by which pull request N landed");
        var mainline = One("--mainline", "PARENT", "Take a merge commit as what it changes against this parent (1: the branch that was merged into)");
        var carryOn = Flag("--continue", "Go on after a conflict that is resolved and staged");
        var abort = Flag("--abort", "Take the branch back to where it was before the pick");
        var dryRun = Flag("--dry-run", "Stop after showing what would be picked");
        return GraftCommand.Create(
            "pick", "Cherry-pick commits onto the hotfix's branch, and compare each with its source", globals, [commits, pullRequest, mainline, carryOn, abort, dryRun],
            (result, session) => new HotfixPick(session, PickOptions.Of(
                result.GetValue(commits) ?? [], result.GetValue(pullRequest), result.GetValue(mainline), result.GetValue(carryOn), result.GetValue(abort), result.GetValue(dryRun))).RunAsync());
    }
}

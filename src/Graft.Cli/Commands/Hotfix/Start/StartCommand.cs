using System.CommandLine;
using static Graft.Cli.Commands.GraftCommand;

namespace Graft.Cli.Commands.Hotfix.Start;

/// <summary><c>graft hotfix start BRANCH --release R</c>: its arguments and help.</summary>
internal static class StartCommand
{
    public static Command Create(GlobalOptionSet globals)
    {
        var branch = new Argument<string?>("BRANCH") { Description = "The branch to make", HelpName = "BRANCH", Arity = ArgumentArity.ZeroOrOne };
        var release = One("--release", "R", "The release that is fixed");
        var worktree = One("--worktree", "FOLDER", "Check it out in a worktree of its own, and leave this one as it is");
        var dryRun = Flag("--dry-run", "Stop after showing what would be done");
        return GraftCommand.Create(
            "start", "Fetch tags, and branch from a release's tag", globals, [branch, release, worktree, dryRun],
            (result, session) => new HotfixStart(session, new StartOptions
            {
                Branch = result.GetValue(branch),
                Release = result.GetValue(release),
                Worktree = result.GetValue(worktree),
                DryRun = result.GetValue(dryRun),
            }).RunAsync());
    }
}

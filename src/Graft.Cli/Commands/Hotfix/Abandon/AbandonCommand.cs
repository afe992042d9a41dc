using System.CommandLine;

namespace Graft.Cli.Commands.Hotfix.Abandon;

/// <summary><c>graft hotfix abandon NAME</c>: its argument and help.</summary>
internal static class AbandonCommand
{
    public static Command Create(GlobalOptionSet globals)
    {
        var name = GraftCommand.Release("NAME", "The hotfix, cut off or not published yet");
        var dryRun = GraftCommand.Flag("--dry-run", "Stop after showing what would be undone");
        return GraftCommand.Create(
            "abandon", "Undo what a hotfix has made so far, and let go of its name", globals, [name, dryRun], (result, session) => new Abandonment(session, result.GetRequiredValue(name), result.GetValue(dryRun)).RunAsync());
    }
}

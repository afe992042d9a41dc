using System.CommandLine;

namespace Graft.Cli.Commands.Release.Publish;

/// <summary><c>graft release publish R</c>: its arguments and help.</summary>
internal static class PublishCommand
{
    public static Command Create(GlobalOptionSet globals)
    {
        var release = GraftCommand.Release("R", "The release, a draft");
        var dryRun = GraftCommand.Flag("--dry-run", "Stop after showing what would be done");
        return GraftCommand.Create(
            "publish", "Publish a draft: make and push its tag, and make it a release", globals, [release, dryRun],
            (result, session) => new Publication(session, result.GetRequiredValue(release), result.GetValue(dryRun)).RunAsync());
    }
}

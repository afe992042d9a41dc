using System.CommandLine;

namespace Graft.Cli.Commands.Release.Publish;

/// <summary><c>graft release publish R</c>: its arguments and help.</summary>
internal static class PublishCommand
{
    public static Command Create(GlobalOptionSet globals)
    {
        var release = GraftCommand.Release("R", "The release, a draft");
        var allow = GraftCommand.Many("--allow", "GUARD", "Go on although these guards refuse");
        var dryRun = GraftCommand.Flag("--dry-run", "Stop after showing what would be done");
        return GraftCommand.Create(
            "publish", "Look at all of a draft again, make and push its tag, and make it a release", globals, [release, allow, dryRun],
            (result, session) => new Publication(session, new PublishOptions
            {
                Release = result.GetRequiredValue(release),
                Allow = result.GetValue(allow) ?? [],
                DryRun = result.GetValue(dryRun),
            }).RunAsync());
    }
}

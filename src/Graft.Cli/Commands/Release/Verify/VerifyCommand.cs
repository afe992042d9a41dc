using System.CommandLine;

namespace Graft.Cli.Commands.Release.Verify;

/// <summary><c>graft release verify R</c>: its argument, option and help.</summary>
internal static class VerifyCommand
{
    public static Command Create(GlobalOptionSet globals)
    {
        var release = GraftCommand.Release("R", "The release");
        var content = GraftCommand.Flag("--content", "Read every layer too, and compare its bytes with its digest (downloads all images)");
        return GraftCommand.Create(
            "verify", "Check that every image of a release exists, whole and with its locked digest, and that its manifest and lock are the published ones", globals, [release, content],
            (result, session) => new Verification(session, new VerifyOptions(result.GetRequiredValue(release), result.GetValue(content))).RunAsync());
    }
}

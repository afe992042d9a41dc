using System.CommandLine;

namespace Graft.Cli.Commands.Release.Verify;

/// <summary><c>graft release verify R</c>: its argument and help.</summary>
internal static class VerifyCommand
{
    public static Command Create(GlobalOptionSet globals)
    {
        var release = GraftCommand.Release("R", "The release");
        return GraftCommand.Create(
            "verify", "Check that every image of a release exists with its locked digest, and that its manifest is the published one", globals, [release],
            (result, session) => new Verification(session, result.GetRequiredValue(release)).RunAsync());
    }
}

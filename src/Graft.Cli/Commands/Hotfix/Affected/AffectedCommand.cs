using System.CommandLine;
using static Graft.Cli.Commands.GraftCommand;

namespace Graft.Cli.Commands.Hotfix.Affected;

/// <summary><c>graft hotfix affected</c>: its argument and help.</summary>
internal static class AffectedCommand
{
    public static Command Create(GlobalOptionSet globals)
    {
        var from = One("--base", "R|COMMIT", "The release or commit to compare HEAD with; default: the nearest release tag below HEAD");
        return GraftCommand.Create(
            "affected",
            "Show which images the change can alter, and why",
            globals,
            [from],
            (result, session) => new AffectedListing(session, result.GetValue(from)).RunAsync());
    }
}

using System.CommandLine;
using static Graft.Cli.Commands.GraftCommand;

namespace Graft.Cli.Commands.Hotfix.Review;

/// <summary><c>graft hotfix review</c>: its arguments and help.</summary>
internal static class ReviewCommand
{
    public static Command Create(GlobalOptionSet globals)
    {
        var from = One("--base", "R|COMMIT", "The release or commit to hold HEAD against; default: the nearest release tag below HEAD");
        var html = One("--html", "FILE", "Write it to FILE too, as one page of HTML with every diff, for whoever approves it");
        return GraftCommand.Create(
            "review",
            "Show the branch against its release: commits, files, affected images, guards",
            globals,
            [from, html],
            (result, session) => new ReviewListing(session, result.GetValue(from), result.GetValue(html)).RunAsync());
    }
}

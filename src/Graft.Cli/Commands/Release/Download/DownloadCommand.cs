using System.CommandLine;
using static Graft.Cli.Commands.GraftCommand;

namespace Graft.Cli.Commands.Release.Download;

/// <summary><c>graft release download</c>: its options and help.</summary>
internal static class DownloadCommand
{
    public static Command Create(GlobalOptionSet globals)
    {
        var drafts = Flag("--include-drafts", "Drafts too");
        var force = Flag("--force", "Overwrite local manifests that differ from the published ones");
        return GraftCommand.Create(
            "download", "Fetch the manifests of published releases", globals, [drafts, force],
            (result, session) => new ReleaseDownload(session, result.GetValue(drafts), result.GetValue(force)).RunAsync());
    }
}

using System.CommandLine;
using Graft.Core.Failures;
using Graft.Core.Releases;
using static Graft.Cli.Commands.GraftCommand;

namespace Graft.Cli.Commands.Release.Download;

/// <summary><c>graft release download</c>: its options and help.</summary>
internal static class DownloadCommand
{
    public static Command Create(GlobalOptionSet globals)
    {
        var drafts = Flag("--include-drafts", "Drafts too");
        var series = Many("--series", "SERIES", "Only releases of these series, such as 3.2");
        var limit = One("--limit", "N", "At most N releases, the newest");
        var force = Flag("--force", "Overwrite local manifests that differ from the published ones");
        var cleanup = Flag("--cleanup", "Remove local manifests that the publisher no longer has, unless they are older than all it has; asks");
        return GraftCommand.Create(
            "download", "Fetch the manifests of published releases, their locks and notes", globals, [drafts, series, limit, force, cleanup],
            (result, session) => new ReleaseDownload(session, new DownloadOptions(
                new DownloadChoice(result.GetValue(drafts), [.. (result.GetValue(series) ?? []).Select(ReadSeries)], ReadLimit(result.GetValue(limit))),
                result.GetValue(force),
                result.GetValue(cleanup))).RunAsync());
    }

    private static ReleaseSeries ReadSeries(string text) =>
        ReleaseSeries.TryParse(text) ?? throw GraftException.Input($"'{text}' is not a series", "a series is `MAJOR.MINOR`, such as 3.2");

    private static int? ReadLimit(string? text) =>
        text is null ? null
        : int.TryParse(text, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var limit) && limit > 0 ? limit
        : throw GraftException.Usage($"`--limit` takes a whole number from 1 on, not '{text}'");
}

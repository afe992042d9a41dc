using System.Text;
using Graft.Cli.Terminal;
using Graft.Core.Affected;

namespace Graft.Cli.Hotfixes;

/// <summary>Affected images as a person reads them.</summary>
internal static class AffectedText
{
    /// <summary>A line per image with its first reason (all of them when <paramref name="verbose"/>), then the changed paths that reach no image.</summary>
    public static void Show(AffectedReport report, Screen screen, bool verbose)
    {
        var text = new StringBuilder();
        var rows = report.Affected.SelectMany(image => image.Reasons.Take(verbose ? int.MaxValue : 1).Select((reason, index) => Row(image, reason, index, verbose))).ToList();
        if (rows.Count > 0)
        {
            text.Append(TextTable.Of(["IMAGE", "CHANGED", "DOCKERFILE", "WHY"], rows));
        }
        else
        {
            screen.Say("no image is affected");
        }

        if (report.Outside.Count > 0)
        {
            text.Append(rows.Count > 0 ? "\n" : "").Append("reaches no image:\n");
            foreach (var path in report.Outside)
            {
                text.Append("  ").Append(Printable.Line(path)).Append('\n');
            }
        }

        screen.Data(text.ToString());
    }

    private static IReadOnlyList<string> Row(ImageEffect image, AffectedReason reason, int index, bool verbose)
    {
        var more = image.Reasons.Count - 1;
        var rest = verbose || more == 0 ? "" : $" (and {more} more)";
        return
        [
            index == 0 ? image.Source.Image.Text : "",
            reason.Path,
            reason.Line is { } line ? $"{reason.Dockerfile}:{line}" : reason.Dockerfile,
            reason.Why + rest,
        ];
    }
}

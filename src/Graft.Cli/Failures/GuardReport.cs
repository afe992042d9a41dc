using System.Text.Json;
using Graft.Cli.Terminal;
using Graft.Core.Hotfixes.Guards;

namespace Graft.Cli.Failures;

/// <summary>Shows what guards found.</summary>
internal static class GuardReport
{
    public static void Show(IReadOnlyList<GuardFinding> findings, Screen screen)
    {
        // What refuses is to be mended; it is not to be looked for among the rest.
        foreach (var finding in findings.OrderBy(finding => finding.Refuses ? 0 : finding.Allowed ? 1 : 2))
        {
            var (label, color) = finding switch
            {
                { Allowed: true } => ("allowed", "yellow"),
                { Severity: GuardSeverity.Warning } => ("warning", "yellow"),
                _ => ("refused", "red"),
            };
            screen.Label(label, color, $"{finding.Message} [{finding.Guard}]");
            if (finding is { Hint: { } hint, Allowed: false })
            {
                screen.Label("hint", "cyan", hint);
            }
        }
    }

    public static void Write(Utf8JsonWriter writer, IReadOnlyList<GuardFinding> findings)
    {
        writer.WriteStartArray("guards");
        foreach (var finding in findings)
        {
            writer.WriteStartObject();
            writer.WriteString("guard", finding.Guard);
            writer.WriteString("severity", JsonNamingPolicy.CamelCase.ConvertName(finding.Severity.ToString()));
            writer.WriteString("message", finding.Message);
            writer.WriteString("hint", finding.Hint);
            writer.WriteBoolean("allowed", finding.Allowed);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }
}

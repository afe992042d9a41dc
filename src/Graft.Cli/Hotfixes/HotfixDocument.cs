using System.Text.Json;
using Graft.Cli.Failures;
using Graft.Cli.Terminal;
using Graft.Core.Hotfixes;
using Graft.Core.Hotfixes.Guards;

namespace Graft.Cli.Hotfixes;

/// <summary>A hotfix as the JSON document that scripts read.</summary>
internal static class HotfixDocument
{
    /// <summary>What a dry run would do.</summary>
    public static byte[] OfDryRun(HotfixProposal proposal, Workspace workspace) =>
        Write(proposal.Plan, proposal.Guards, proposal.Warnings, null, workspace, isDryRun: true);

    /// <summary>What was done.</summary>
    public static byte[] Of(HotfixPlan plan, IReadOnlyList<GuardFinding> guards, IReadOnlyList<string> warnings, HotfixOutcome outcome, Workspace workspace) =>
        Write(plan, guards, warnings, outcome, workspace, isDryRun: false);

    private static byte[] Write(
        HotfixPlan plan, IReadOnlyList<GuardFinding> guards, IReadOnlyList<string> warnings, HotfixOutcome? outcome, Workspace workspace, bool isDryRun) =>
        JsonDocuments.Write(writer =>
        {
            writer.WriteStartObject();
            writer.WriteString("release", plan.Name.ToString());
            writer.WriteString("base", plan.Base.ToString());
            writer.WriteString("commit", plan.Commit.ToString());
            writer.WriteString("manifest", DisplayPath.Of(workspace.PathOf(plan.ManifestPath)));
            writer.WriteStartArray("built");
            foreach (var build in plan.Builds)
            {
                WriteChange(writer, build.Reference.Name.Text, build.From, build.Reference.Version.ToString(), outcome?.Built.GetValueOrDefault(build.Reference.Name)?.ToString());
            }

            writer.WriteEndArray();
            writer.WriteStartArray("changed");
            foreach (var change in plan.Changes)
            {
                WriteChange(writer, change.Image, change.From, change.To, change.Digest?.ToString());
            }

            writer.WriteEndArray();
            writer.WriteNumber("unchanged", plan.Unchanged);
            GuardReport.Write(writer, guards);
            writer.WriteStartArray("warnings");
            foreach (var warning in warnings)
            {
                writer.WriteStringValue(warning);
            }

            writer.WriteEndArray();
            WriteDraft(writer, outcome);
            if (isDryRun)
            {
                writer.WriteBoolean("dryRun", true);
            }

            writer.WriteEndObject();
        });

    private static void WriteChange(Utf8JsonWriter writer, string image, string from, string to, string? digest)
    {
        writer.WriteStartObject();
        writer.WriteString("image", image);
        writer.WriteString("from", from);
        writer.WriteString("to", to);
        writer.WriteString("digest", digest);
        writer.WriteEndObject();
    }

    private static void WriteDraft(Utf8JsonWriter writer, HotfixOutcome? outcome)
    {
        if (outcome?.Draft is not { } draft)
        {
            writer.WriteNull("draft");
            return;
        }

        writer.WriteStartObject("draft");
        writer.WriteString("url", DisplayPath.Of(draft.Url));
        writer.WriteString("id", draft.Id);
        writer.WriteEndObject();
    }
}

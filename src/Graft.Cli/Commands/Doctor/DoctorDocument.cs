using Graft.Cli.Terminal;

namespace Graft.Cli.Commands.Doctor;

/// <summary>The findings as one JSON document.</summary>
internal static class DoctorDocument
{
    public static byte[] Of(IReadOnlyList<Topic> topics) => JsonDocuments.Write(writer =>
    {
        writer.WriteStartObject();
        writer.WriteBoolean("ok", topics.SelectMany(topic => topic.Findings).All(finding => finding.State is FindingState.Ok or FindingState.Note));
        writer.WriteStartArray("findings");
        foreach (var topic in topics)
        {
            foreach (var finding in topic.Findings)
            {
                writer.WriteStartObject();
                writer.WriteString("topic", topic.Name);
                writer.WriteString("state", Word(finding.State));
                writer.WriteString("message", finding.Message);
                writer.WriteString("hint", finding.Hint);
                writer.WriteEndObject();
            }
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    });

    /// <summary>A state as it is written.</summary>
    public static string Word(FindingState state) => state.ToString().ToLowerInvariant();
}

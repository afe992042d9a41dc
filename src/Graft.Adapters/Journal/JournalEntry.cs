using System.Text.Json;
using System.Text.Json.Serialization;

namespace Graft.Adapters.Journal;

/// <summary>
/// One line of <c>journal.jsonl</c>: when, what happened (<c>started</c>, <c>done</c>, <c>failed</c> of an operation; <c>finished</c>, <c>abandoned</c> of the run),
/// and the operation's id.
/// </summary>
public sealed record JournalEntry(DateTimeOffset At, string Event, string? Operation = null, string? Detail = null)
{
    internal const string Started = "started";
    internal const string Done = "done";
    internal const string Failed = "failed";
    internal const string Finished = "finished";
    internal const string Abandoned = "abandoned";

    internal byte[] ToLine() => [.. JsonSerializer.SerializeToUtf8Bytes(this, JournalJson.Default.JournalEntry), (byte)'\n'];

    /// <summary>Reads a line, or null when it was cut off in the middle of being written.</summary>
    internal static JournalEntry? TryParse(string line)
    {
        try
        {
            return JsonSerializer.Deserialize(line, JournalJson.Default.JournalEntry);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(JournalEntry))]
internal sealed partial class JournalJson : JsonSerializerContext;

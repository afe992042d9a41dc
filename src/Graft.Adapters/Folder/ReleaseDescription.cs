using System.Text.Json;
using System.Text.Json.Serialization;
using Graft.Core.Failures;

namespace Graft.Adapters.Folder;

/// <summary>What <c>release.json</c> says of one release.</summary>
internal sealed record ReleaseDescription
{
    internal const string Hint = "mend the file, or move its folder away if the release is not to be";

    // What the file leaves out is null here, whatever a default says: the generated reader sets every member.
    public int? Schema { get; init; }

    public required string Tag { get; init; }

    public required string Commit { get; init; }

    public string? Title { get; init; }

    public bool Draft { get; init; }

    public DateTimeOffset? CreatedAt { get; init; }

    public DateTimeOffset? PublishedAt { get; init; }

    public string? Notes { get; init; }

    public static ReleaseDescription Parse(ReadOnlySpan<byte> json, string file)
    {
        try
        {
            return JsonSerializer.Deserialize(json, ReleaseDescriptionJson.Default.ReleaseDescription) switch
            {
                null => throw GraftException.Input($"'{file}' does not describe a release", Hint),
                { Schema: not (null or 1) } => throw GraftException.Input($"'{file}' is not of a kind that this version of graft reads", "get a newer graft"),
                var description => description,
            };
        }
        catch (JsonException exception)
        {
            var malformed = MalformedJson.Of(exception, file, "the release's description");
            throw GraftException.Input(malformed.Message, Hint, exception);
        }
    }

    public byte[] ToJson() => [.. JsonSerializer.SerializeToUtf8Bytes(this, ReleaseDescriptionJson.Default.ReleaseDescription), (byte)'\n'];
}

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, WriteIndented = true, RespectNullableAnnotations = true, AllowDuplicateProperties = false)]
[JsonSerializable(typeof(ReleaseDescription))]
internal sealed partial class ReleaseDescriptionJson : JsonSerializerContext;

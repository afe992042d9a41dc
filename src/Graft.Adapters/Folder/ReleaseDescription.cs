using System.Text.Json;
using System.Text.Json.Serialization;
using Graft.Core.Failures;

namespace Graft.Adapters.Folder;

/// <summary>What <c>release.json</c> says of one release.</summary>
internal sealed record ReleaseDescription
{
    public int Schema { get; init; } = 1;

    public required string Tag { get; init; }

    public required string Commit { get; init; }

    public string Title { get; init; } = "";

    public bool Draft { get; init; }

    public DateTimeOffset? CreatedAt { get; init; }

    public DateTimeOffset? PublishedAt { get; init; }

    public string Notes { get; init; } = "";

    public static ReleaseDescription Parse(ReadOnlySpan<byte> json, string file)
    {
        try
        {
            return JsonSerializer.Deserialize(json, ReleaseDescriptionJson.Default.ReleaseDescription)
                ?? throw GraftException.Input($"'{file}' does not describe a release");
        }
        catch (JsonException exception)
        {
            throw GraftException.Input($"'{file}' does not describe a release: {exception.Message}", "mend the file, or move its folder away if the release is not to be", exception);
        }
    }

    public byte[] ToJson() => [.. JsonSerializer.SerializeToUtf8Bytes(this, ReleaseDescriptionJson.Default.ReleaseDescription), (byte)'\n'];
}

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, WriteIndented = true, RespectNullableAnnotations = true)]
[JsonSerializable(typeof(ReleaseDescription))]
internal sealed partial class ReleaseDescriptionJson : JsonSerializerContext;

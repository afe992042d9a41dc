using System.Text.Json;
using Graft.Core.Failures;
using Graft.Core.Images;

namespace Graft.Core.Releases;

/// <summary>Reads <c>NAME.lock.json</c>. Keys it does not know are left to a newer Graft; a newer schema is refused.</summary>
internal static class ReleaseLockReader
{
    private const int MaximumLength = 10 * 1024 * 1024;
    private static readonly JsonDocumentOptions Options = new() { AllowDuplicateProperties = false, MaxDepth = 16 };

    public static List<LockedReference> Read(ReadOnlyMemory<byte> bytes, string file)
    {
        if (bytes.Length > MaximumLength)
        {
            throw Malformed(file, "it is larger than 10 MB");
        }

        try
        {
            using var document = JsonDocument.Parse(bytes, Options);
            var root = document.RootElement;
            if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty("schema", out var schema) || !schema.TryGetInt32(out var number))
            {
                throw Malformed(file, "it has no schema");
            }

            return number == 1
                ? [.. Object(root, "references", file).EnumerateObject().Select(property => Reference(property, file))]
                : throw Malformed(file, $"its schema is {number}", "get a newer graft");
        }
        catch (JsonException failure)
        {
            var place = new SourceLocation(file, (int)(failure.LineNumber ?? 0) + 1, (int)(failure.BytePositionInLine ?? 0) + 1);
            throw place.Error("the lock is not JSON that can be read");
        }
        catch (InvalidOperationException)
        {
            // A value of another type, or text that is not UTF-8.
            throw Malformed(file, "a value has the wrong type");
        }
    }

    private static LockedReference Reference(JsonProperty property, string file)
    {
        var text = property.Name;
        if (!ImageReference.TryParse(text, out _) || property.Value.ValueKind != JsonValueKind.Object)
        {
            throw Malformed(file, $"'{text}' is not a reference with its digests");
        }

        if (!property.Value.TryGetProperty("digest", out var digest) || !property.Value.TryGetProperty("mediaType", out var mediaType))
        {
            throw Malformed(file, $"'{text}' has no digest or no media type");
        }

        var platforms = new Dictionary<Platform, Digest>();
        foreach (var (name, value) in Digests(property.Value, "platforms", file))
        {
            platforms[Platform.TryParse(name, out var platform) ? platform : throw Malformed(file, $"'{name}' is not a platform")] = value;
        }

        return new LockedReference(text, Digest(digest, file), mediaType.GetString() ?? "", platforms, Digests(property.Value, "from", file));
    }

    private static Dictionary<string, Digest> Digests(JsonElement element, string key, string file) =>
        element.TryGetProperty(key, out _)
            ? Object(element, key, file).EnumerateObject().ToDictionary(property => property.Name, property => Digest(property.Value, file), StringComparer.Ordinal)
            : new Dictionary<string, Digest>(StringComparer.Ordinal);

    private static JsonElement Object(JsonElement element, string key, string file) =>
        element.TryGetProperty(key, out var value) && value.ValueKind == JsonValueKind.Object ? value : throw Malformed(file, $"'{key}' is not an object");

    private static Digest Digest(JsonElement element, string file) =>
        Images.Digest.TryParse(element.GetString(), out var digest) ? digest : throw Malformed(file, $"'{element.GetString()}' is not a digest");

    private static GraftException Malformed(string file, string why, string? hint = null) =>
        GraftException.Input($"the lock '{file}' cannot be read: {why}", hint);
}

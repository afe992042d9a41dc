using System.Text.Encodings.Web;
using System.Text.Json;
using Graft.Core.Failures;

namespace Graft.Core.Images;

/// <summary>Descriptors in JSON, and documents read with one kind of error and written in one kind of way.</summary>
public static class ImageJson
{
    /// <summary>Reads a JSON object with <paramref name="read"/>; whatever is malformed is an input failure that names <paramref name="subject"/>.</summary>
    public static T Read<T>(ReadOnlyMemory<byte> json, string subject, Func<JsonElement, T> read)
    {
        try
        {
            using var document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = 64 });
            return read(document.RootElement);
        }
        catch (Exception malformed) when (malformed is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw GraftException.Input($"'{subject}' is malformed: {malformed.Message}", inner: malformed);
        }
        catch (GraftException malformed) when (malformed.Kind == FailureKind.Input)
        {
            throw GraftException.Input($"'{subject}' is malformed: {malformed.Message}", malformed.Hint, malformed);
        }
    }

    /// <summary>
    /// Holds that a document can be written again, all of it: an escape for half a character is JSON, and text that nothing can hold. What cannot is an
    /// <see cref="InvalidOperationException"/>, which <see cref="Read"/> makes an input failure.
    /// </summary>
    public static void RequireWritable(JsonElement element)
    {
        using var writer = new Utf8JsonWriter(Stream.Null);
        element.WriteTo(writer);
    }

    /// <summary>Writes one JSON object, compact, with nothing escaped that JSON does not ask for.</summary>
    public static byte[] Write(Action<Utf8JsonWriter> members)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            writer.WriteStartObject();
            members(writer);
            writer.WriteEndObject();
        }

        return buffer.ToArray();
    }

    /// <summary>Reads a descriptor object.</summary>
    public static Descriptor ReadDescriptor(JsonElement element) => new(
        element.TryGetProperty("mediaType", out var type) ? Text(type) : "",
        Digest.Parse(Text(element.GetProperty("digest"))),
        element.GetProperty("size").GetInt64() is >= 0 and var size ? size : throw new FormatException("a size is negative"),
        element.TryGetProperty("platform", out var platform) && platform.ValueKind == JsonValueKind.Object ? ReadPlatform(platform) : null);

    /// <summary>Writes a descriptor object.</summary>
    public static void WriteDescriptor(Utf8JsonWriter writer, Descriptor descriptor, string? referenceName = null)
    {
        writer.WriteStartObject();
        writer.WriteString("mediaType", descriptor.MediaType);
        writer.WriteString("digest", descriptor.Digest.ToString());
        writer.WriteNumber("size", descriptor.Size);
        if (descriptor.Platform is { } platform)
        {
            writer.WriteStartObject("platform");
            writer.WriteString("architecture", platform.Architecture);
            writer.WriteString("os", platform.Os);
            if (platform.Variant is { } variant)
            {
                writer.WriteString("variant", variant);
            }

            writer.WriteEndObject();
        }

        if (referenceName is not null)
        {
            writer.WriteStartObject("annotations");
            writer.WriteString("org.opencontainers.image.ref.name", referenceName);
            writer.WriteEndObject();
        }

        writer.WriteEndObject();
    }

    /// <summary>The platform that a configuration or an index entry says; null when it says none.</summary>
    public static Platform? ReadPlatform(JsonElement element)
    {
        var os = Member(element, "os");
        var architecture = Member(element, "architecture");
        var variant = Member(element, "variant");
        return string.IsNullOrEmpty(os) || string.IsNullOrEmpty(architecture) ? null : new Platform(os, architecture, string.IsNullOrEmpty(variant) ? null : variant);
    }

    /// <summary>The text of a JSON string; anything else is a <see cref="FormatException"/>.</summary>
    public static string Text(JsonElement element) =>
        element.ValueKind == JsonValueKind.String ? element.GetString()! : throw new FormatException($"{element.ValueKind} stands where a string belongs");

    private static string? Member(JsonElement element, string name) => element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}

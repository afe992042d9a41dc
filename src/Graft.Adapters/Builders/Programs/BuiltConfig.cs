using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Graft.Adapters.Builders.Programs;

/// <summary>
/// Takes out of a built image's configuration what says how and when it was built rather than what it is: the container that the builder
/// used, times after the commit, and the names under which its bases were lent. Everything else stays as the builder wrote it.
/// </summary>
internal static class BuiltConfig
{
    private static readonly string[] BuildFacts = ["container", "container_config", "docker_version", "id", "parent", "parent_id"];
    private static readonly string[] ContainerFacts = ["AttachStderr", "AttachStdin", "AttachStdout", "Domainname", "Hostname", "Image", "OpenStdin", "StdinOnce", "Tty"];

    /// <summary>The configuration's bytes; what is no configuration is an outside failure.</summary>
    public static byte[] Clean(ReadOnlySpan<byte> json, DateTimeOffset committedAt, Func<string, string> restore)
    {
        try
        {
            var root = JsonNode.Parse(json)!.AsObject();
            foreach (var fact in BuildFacts)
            {
                root.Remove(fact);
            }

            if (root["config"] is JsonObject config)
            {
                foreach (var fact in ContainerFacts)
                {
                    config.Remove(fact);
                }
            }

            Clamp(root, committedAt);
            foreach (var entry in (root["history"] as JsonArray ?? []).OfType<JsonObject>())
            {
                Clamp(entry, committedAt);
                CleanEntry(entry, restore);
            }

            return Write(root);
        }
        catch (Exception malformed) when (malformed is JsonException or InvalidOperationException or FormatException or NullReferenceException)
        {
            throw ImageArchive.Lie($"its configuration: {malformed.Message}");
        }
    }

    private static void CleanEntry(JsonObject entry, Func<string, string> restore)
    {
        // buildah's, and with an image that is made for the build alone its id, another one each time.
        if (entry["comment"] is JsonValue comment && comment.TryGetValue<string>(out var text) && text.StartsWith("FROM ", StringComparison.Ordinal))
        {
            entry.Remove("comment");
        }

        if (entry["created_by"] is JsonValue by && by.TryGetValue<string>(out var command))
        {
            entry["created_by"] = restore(command);
        }
    }

    // As SOURCE_DATE_EPOCH asks of builders, for those that do not know it.
    private static void Clamp(JsonObject holder, DateTimeOffset latest)
    {
        if (holder["created"] is JsonValue value && value.TryGetValue<string>(out var text)
            && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var created) && created > latest)
        {
            holder["created"] = latest.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        }
    }

    private static byte[] Write(JsonObject root)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            root.WriteTo(writer);
        }

        return buffer.ToArray();
    }
}

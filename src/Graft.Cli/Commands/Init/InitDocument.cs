using System.Text.Json;
using Graft.Cli.Terminal;
using Graft.Core.Products.Discovery;

namespace Graft.Cli.Commands.Init;

/// <summary>What init found, as one JSON document.</summary>
internal static class InitDocument
{
    public static byte[] Of(string path, bool dryRun, ProductFileFacts facts, Discovered found, string text) => JsonDocuments.Write(writer =>
    {
        writer.WriteStartObject();
        writer.WriteString("file", path);
        writer.WriteString("product", facts.Product);
        writer.WriteStartArray("images");
        foreach (var image in found.Images)
        {
            Image(writer, image);
        }

        writer.WriteEndArray();
        Texts(writer, "guesses", found.Guesses);
        Texts(writer, "problems", found.Problems);
        writer.WriteStartArray("leftOut");
        foreach (var (left, reason) in found.LeftOut)
        {
            writer.WriteStartObject();
            writer.WriteString("path", left);
            writer.WriteString("reason", reason);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteString("text", text);
        if (dryRun)
        {
            writer.WriteBoolean("dryRun", true);
        }

        writer.WriteEndObject();
    });

    private static void Image(Utf8JsonWriter writer, DiscoveredImage image)
    {
        var source = image.Source;
        writer.WriteStartObject();
        writer.WriteString("image", source.Image.Text);
        writer.WriteString("dockerfile", source.Dockerfile);
        writer.WriteString("context", source.Context);
        writer.WriteString("target", source.Target);
        writer.WriteString("key", source.Key);
        Texts(writer, "platforms", source.Platforms.Select(platform => platform.ToString()));
        Map(writer, "args", source.Args);
        Map(writer, "contexts", source.Contexts);
        writer.WriteString("from", image.From);
        writer.WriteEndObject();
    }

    private static void Texts(Utf8JsonWriter writer, string name, IEnumerable<string> texts)
    {
        writer.WriteStartArray(name);
        foreach (var text in texts)
        {
            writer.WriteStringValue(text);
        }

        writer.WriteEndArray();
    }

    private static void Map(Utf8JsonWriter writer, string name, IReadOnlyDictionary<string, string> map)
    {
        writer.WriteStartObject(name);
        foreach (var (key, value) in map)
        {
            writer.WriteString(key, value);
        }

        writer.WriteEndObject();
    }
}

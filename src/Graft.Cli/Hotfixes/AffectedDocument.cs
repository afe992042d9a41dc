using System.Text.Json;
using Graft.Cli.Terminal;
using Graft.Core.Affected;
using Graft.Core.Releases;

namespace Graft.Cli.Hotfixes;

/// <summary>Affected images as <c>--json</c> writes them.</summary>
internal static class AffectedDocument
{
    /// <summary>The whole document: every image of the product, affected or not.</summary>
    public static byte[] Of(AffectedReport report, ComparedCommit from, CommitId head) => JsonDocuments.Write(writer =>
    {
        writer.WriteStartObject();
        writer.WriteString("base", from.Release?.ToString() ?? from.Commit.ToString());
        writer.WriteString("baseCommit", from.Commit.ToString());
        writer.WriteString("head", head.ToString());
        WriteImages(writer, "images", report);
        writer.WriteStartArray("outside");
        foreach (var path in report.Outside)
        {
            writer.WriteStringValue(path);
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    });

    /// <summary>The images as a member of an object.</summary>
    public static void WriteImages(Utf8JsonWriter writer, string name, AffectedReport report)
    {
        writer.WriteStartArray(name);
        foreach (var image in report.Images)
        {
            writer.WriteStartObject();
            writer.WriteString("image", image.Source.Image.Text);
            writer.WriteBoolean("affected", image.IsAffected);
            writer.WriteStartArray("reasons");
            foreach (var reason in image.Reasons)
            {
                writer.WriteStartObject();
                writer.WriteString("path", reason.Path);
                writer.WriteString("dockerfile", reason.Dockerfile);
                if (reason.Line is { } line)
                {
                    writer.WriteNumber("line", line);
                }
                else
                {
                    writer.WriteNull("line");
                }

                writer.WriteString("why", reason.Why);
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }
}

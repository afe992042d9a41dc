using System.CommandLine;
using System.Text.Json;
using Graft.Cli.Terminal;
using Graft.Core.Images;
using Graft.Core.Releases;

namespace Graft.Cli.Commands.Release.Diff;

/// <summary><c>graft release diff R1 R2</c>: which images differ between two releases.</summary>
internal static class DiffCommand
{
    public static Command Create(GlobalOptionSet globals)
    {
        var first = GraftCommand.Release("R1", "The release to compare from");
        var second = GraftCommand.Release("R2", "The release to compare to");
        return GraftCommand.Create("diff", "Show which images differ between two releases", globals, [first, second], async (result, session) =>
        {
            var workspace = await session.Composition.OpenAsync(session.Options, session.Screen, session.Cancellation);
            var from = workspace.Manifests.Get(result.GetRequiredValue(first), workspace.Product.TagOf);
            var to = workspace.Manifests.Get(result.GetRequiredValue(second), workspace.Product.TagOf);
            var difference = ManifestDifference.Between(from, to);
            session.Screen.Data(() => Document(from, to, difference), () => Text(difference));
            return 0;
        });
    }

    private static string Text(ManifestDifference difference)
    {
        var width = difference.Changed.Select(change => change.Image.Length).DefaultIfEmpty(0).Max();
        var lines = difference.Changed.Select(change => $"~ {change.Image.PadRight(width)}  {change.From} -> {change.To}")
            .Concat(difference.Removed.Select(reference => $"- {reference}"))
            .Concat(difference.Added.Select(reference => $"+ {reference}"));
        return string.Concat(lines.Select(line => line + "\n"));
    }

    private static byte[] Document(Manifest from, Manifest to, ManifestDifference difference) => JsonDocuments.Write(writer =>
    {
        writer.WriteStartObject();
        writer.WriteString("from", from.Name.ToString());
        writer.WriteString("to", to.Name.ToString());
        writer.WriteStartArray("changed");
        foreach (var change in difference.Changed)
        {
            writer.WriteStartObject();
            writer.WriteString("image", change.Image);
            writer.WriteString("from", change.From);
            writer.WriteString("to", change.To);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        WriteReferences(writer, "added", difference.Added);
        WriteReferences(writer, "removed", difference.Removed);
        writer.WriteEndObject();
    });

    private static void WriteReferences(Utf8JsonWriter writer, string name, IEnumerable<ImageReference> references)
    {
        writer.WriteStartArray(name);
        foreach (var reference in references)
        {
            writer.WriteStringValue(reference.ToString());
        }

        writer.WriteEndArray();
    }
}

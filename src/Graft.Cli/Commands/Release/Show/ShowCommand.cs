using System.CommandLine;
using System.Text;
using System.Text.Json;
using Graft.Cli.Terminal;
using Graft.Core.Releases;

namespace Graft.Cli.Commands.Release.Show;

/// <summary><c>graft release show R</c>: what a release is and what is in it.</summary>
internal static class ShowCommand
{
    public static Command Create(GlobalOptionSet globals)
    {
        var release = GraftCommand.Release("R", "The release");
        return GraftCommand.Create("show", "Show a release", globals, [release], async (result, session) =>
        {
            var workspace = await session.Composition.OpenAsync(session.Options, session.Screen, session.Cancellation);
            var manifest = workspace.Manifests.Get(result.GetRequiredValue(release), workspace.Product.TagOf);
            var published = await workspace.Publisher.FindAsync(workspace.Product.TagOf(manifest.Name), session.Cancellation);
            session.Screen.Data(() => Document(manifest, published), () => Text(manifest, published, workspace));
            return 0;
        });
    }

    private static string StateOf(PublishedRelease? published) => published switch
    {
        null => "not on the publisher",
        { IsDraft: true } => "draft",
        _ => "published",
    };

    private static string Text(Manifest manifest, PublishedRelease? published, Workspace workspace)
    {
        var text = new StringBuilder();
        void Row(string title, string value) => text.Append(title.PadRight(10)).Append(Printable.Line(value)).Append('\n');
        Row("name", manifest.Name.ToString());
        Row("commit", manifest.Commit.ToString());
        Row("released", manifest.ReleasedAt is { } at ? Dates.Minute(at) + " UTC" : "unknown");
        Row("tag", workspace.Product.TagOf(manifest.Name));
        Row("state", StateOf(published) + (published is null ? "" : $" ({DisplayPath.Of(published.Url)})"));
        if (manifest.Hotfix is { } hotfix)
        {
            Row("hotfix of", hotfix.Of.ToString());
            foreach (var change in hotfix.Built)
            {
                Row("  built", $"{change.Image}  {change.From} -> {change.To}");
            }

            foreach (var change in hotfix.Changed)
            {
                Row("  changed", $"{change.Image}  {change.From} -> {change.To}");
            }
        }

        foreach (var list in manifest.Entries.GroupBy(entry => entry.List, StringComparer.Ordinal))
        {
            text.Append('\n').Append(Printable.Line(list.Key)).Append('\n');
            foreach (var entry in list)
            {
                text.Append("  ").Append(entry.Reference).Append('\n');
            }
        }

        return text.ToString();
    }

    private static byte[] Document(Manifest manifest, PublishedRelease? published) => JsonDocuments.Write(writer =>
    {
        writer.WriteStartObject();
        writer.WriteString("name", manifest.Name.ToString());
        writer.WriteString("commit", manifest.Commit.ToString());
        writer.WriteString("releasedAt", manifest.ReleasedAt is { } at ? Dates.Iso(at) : null);
        writer.WriteString("of", manifest.Hotfix?.Of.ToString());
        writer.WriteBoolean("draft", published is { IsDraft: true });
        writer.WriteBoolean("published", published is { IsDraft: false });
        WriteChanges(writer, "built", manifest.Hotfix?.Built ?? []);
        WriteChanges(writer, "changed", manifest.Hotfix?.Changed ?? []);
        writer.WriteStartArray("images");
        foreach (var entry in manifest.Entries)
        {
            writer.WriteStartObject();
            writer.WriteString("list", entry.List);
            writer.WriteString("image", entry.Image.Text);
            writer.WriteString("version", entry.Version);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    });

    private static void WriteChanges(Utf8JsonWriter writer, string name, IEnumerable<EntryChange> changes)
    {
        writer.WriteStartArray(name);
        foreach (var change in changes)
        {
            writer.WriteStartObject();
            writer.WriteString("image", change.Image);
            writer.WriteString("from", change.From);
            writer.WriteString("to", change.To);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }
}

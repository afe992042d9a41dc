using System.CommandLine;
using Graft.Cli.Terminal;

namespace Graft.Cli.Commands.Release.Images;

/// <summary><c>graft release images R</c>: every reference of a release, one a line.</summary>
internal static class ImagesCommand
{
    public static Command Create(GlobalOptionSet globals)
    {
        var release = GraftCommand.Release("R", "The release");
        return GraftCommand.Create("images", "List every image reference of a release, one a line", globals, [release], async (result, session) =>
        {
            var workspace = await session.Composition.OpenAsync(session.Options, session.Screen, session.Cancellation);
            var entries = workspace.Manifests.Get(result.GetRequiredValue(release), workspace.Product.TagOf).Entries;
            if (!session.Screen.Json)
            {
                session.Screen.Data(string.Concat(entries.Select(entry => entry.Reference.ToString()).Distinct(StringComparer.Ordinal).Select(reference => reference + "\n")));
                return 0;
            }

            session.Screen.Data(JsonDocuments.Write(writer =>
            {
                writer.WriteStartArray();
                foreach (var entry in entries)
                {
                    writer.WriteStartObject();
                    writer.WriteString("list", entry.List);
                    writer.WriteString("image", entry.Image.Text);
                    writer.WriteString("version", entry.Version);
                    writer.WriteString("reference", entry.Reference.ToString());
                    writer.WriteEndObject();
                }

                writer.WriteEndArray();
            }));
            return 0;
        });
    }
}

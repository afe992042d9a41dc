using System.CommandLine;
using System.Text;
using System.Text.Json;
using Graft.Cli.Releases;
using Graft.Cli.Terminal;
using Graft.Core.Releases;

namespace Graft.Cli.Commands.Release.Tree;

/// <summary><c>graft release tree</c>: which hotfix was made from which release.</summary>
internal static class TreeCommand
{
    public static Command Create(GlobalOptionSet globals) =>
        GraftCommand.Create("tree", "Show which hotfix was made from which release", globals, [], async (_, session) =>
        {
            var workspace = await session.Composition.OpenAsync(session.Options, session.Screen, session.Cancellation);
            var published = workspace.Publisher.ListAsync(session.Cancellation);
            var all = workspace.Manifests.ReadAll();
            var releases = all.Releases.Select(release => (release.Header.Name, release.Header.Of)).DistinctBy(release => release.Name).ToList();
            var circular = Lineage.FindCircles(releases);
            var standings = new Standings(workspace.Product, await published);
            foreach (var problem in all.Unreadable.Concat((await published).Unreadable.Select(release => release.Reason)).Concat(circular.Select(name => $"'{name}' is, by what the manifests say, a hotfix of itself")))
            {
                session.Screen.Warn(problem);
            }

            releases = releases.ConvertAll(release => circular.Contains(release.Name) ? (release.Name, null) : release);
            var lineage = new Lineage(releases);
            var roots = Roots(releases);
            session.Screen.Data(() => Document(roots, lineage, standings), () => Text(roots, lineage, standings));
            return 0;
        });

    // The base of a hotfix may not be here; it is a root all the same.
    private static List<ReleaseName> Roots(List<(ReleaseName Name, ReleaseName? Of)> releases)
    {
        var here = releases.Select(release => release.Name).ToHashSet();
        return [.. releases
            .Select(release => release.Of is null ? release.Name : here.Contains(release.Of) ? null : release.Of)
            .OfType<ReleaseName>()
            .Distinct()
            .OrderDescending()];
    }

    private static string Text(List<ReleaseName> roots, Lineage lineage, Standings standings)
    {
        var text = new StringBuilder();
        string Line(ReleaseName name) => standings.Of(name) is var standing && standing == Standing.Published ? $"{name}\n" : $"{name}  ({Standings.Words(standing)})\n";
        void Append(ReleaseName name, string indent)
        {
            var hotfixes = lineage.HotfixesOf(name);
            for (var i = 0; i < hotfixes.Count; i++)
            {
                var isLast = i == hotfixes.Count - 1;
                text.Append(indent).Append(isLast ? "└── " : "├── ").Append(Line(hotfixes[i]));
                Append(hotfixes[i], indent + (isLast ? "    " : "│   "));
            }
        }

        foreach (var root in roots)
        {
            text.Append(Line(root));
            Append(root, "");
        }

        return text.ToString();
    }

    private static byte[] Document(List<ReleaseName> roots, Lineage lineage, Standings standings) => JsonDocuments.Write(writer => WriteAll(writer, roots, lineage, standings));

    private static void WriteAll(Utf8JsonWriter writer, IReadOnlyList<ReleaseName> names, Lineage lineage, Standings standings)
    {
        writer.WriteStartArray();
        foreach (var name in names)
        {
            writer.WriteStartObject();
            writer.WriteString("name", name.ToString());
            writer.WriteString("state", Standings.Word(standings.Of(name)));
            writer.WritePropertyName("hotfixes");
            WriteAll(writer, lineage.HotfixesOf(name), lineage, standings);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }
}

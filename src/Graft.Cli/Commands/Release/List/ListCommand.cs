using System.CommandLine;
using Graft.Adapters.Manifests;
using Graft.Cli.Releases;
using Graft.Cli.Terminal;

namespace Graft.Cli.Commands.Release.List;

/// <summary><c>graft release list</c>: the releases whose manifests are here, newest first.</summary>
internal static class ListCommand
{
    public static Command Create(GlobalOptionSet globals) =>
        GraftCommand.Create("list", "List the releases whose manifests are here, newest first", globals, [], async (_, session) =>
        {
            var workspace = await session.Composition.OpenAsync(session.Options, session.Screen, session.Cancellation);
            var published = workspace.Publisher.ListAsync(session.Cancellation);
            var local = workspace.Manifests.ReadAll();
            foreach (var reason in local.Unreadable)
            {
                session.Screen.Warn(reason);
            }

            var (releases, unreadable) = await published;
            foreach (var release in unreadable)
            {
                session.Screen.Warn(release.Reason);
            }

            var standings = new Standings(workspace.Product, new(releases, unreadable));
            session.Screen.Data(() => Document(local.Releases, standings), () => Text(local.Releases, standings));
            return 0;
        });

    private static string Text(IReadOnlyList<LocalRelease> releases, Standings standings) =>
        TextTable.Of(
            ["NAME", "COMMIT", "RELEASED", "HOTFIX OF", "STATE"],
            releases.Select(release => (IReadOnlyList<string>)
            [
                release.Header.Name.ToString(),
                release.Header.Commit.Short,
                release.Header.ReleasedAt is { } at ? Dates.Minute(at) : "",
                release.Header.Of?.ToString() ?? "",
                Standings.Words(standings.Of(release.Header.Name)),
            ]));

    private static byte[] Document(IReadOnlyList<LocalRelease> releases, Standings standings) => JsonDocuments.Write(writer =>
    {
        writer.WriteStartArray();
        foreach (var release in releases)
        {
            writer.WriteStartObject();
            writer.WriteString("name", release.Header.Name.ToString());
            writer.WriteString("commit", release.Header.Commit.ToString());
            writer.WriteString("releasedAt", release.Header.ReleasedAt is { } at ? Dates.Iso(at) : null);
            writer.WriteString("of", release.Header.Of?.ToString());
            writer.WriteBoolean("draft", standings.Of(release.Header.Name) == Standing.Draft);
            writer.WriteString("state", Standings.Word(standings.Of(release.Header.Name)));
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    });
}

using System.CommandLine;
using System.Text.Json;
using Graft.Adapters.Journal;
using Graft.Cli.Terminal;

namespace Graft.Cli.Commands.Hotfix.Runs;

/// <summary><c>graft hotfix runs</c>: every run, and how far it is.</summary>
internal static class RunsCommand
{
    public static Command Create(GlobalOptionSet globals) =>
        GraftCommand.Create("runs", "List hotfixes that were begun here, and how far each is", globals, [], async (_, session) =>
        {
            var workspace = await session.Composition.OpenAsync(session.Options, session.Screen, session.Cancellation);
            var (runs, unreadable) = workspace.Runs.ListAll();
            foreach (var run in unreadable)
            {
                session.Screen.Warn(run.Reason);
            }

            session.Screen.Data(() => Document(runs), () => Text(runs));
            return 0;
        });

    private static string Text(IReadOnlyList<RunSummary> runs) =>
        TextTable.Of(["NAME", "BASE", "STATE", "OPERATION"], runs.Select(run => (IReadOnlyList<string>)[run.Name.ToString(), run.Base.ToString(), StateOf(run), run.Operation ?? ""]));

    private static byte[] Document(IReadOnlyList<RunSummary> runs) => JsonDocuments.Write(writer =>
    {
        writer.WriteStartArray();
        foreach (var run in runs)
        {
            writer.WriteStartObject();
            writer.WriteString("name", run.Name.ToString());
            writer.WriteString("base", run.Base.ToString());
            writer.WriteString("state", StateOf(run));
            writer.WriteString("operation", run.Operation);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    });

    private static string StateOf(RunSummary run) => JsonNamingPolicy.CamelCase.ConvertName(run.State.ToString());
}

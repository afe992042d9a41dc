using Graft.Adapters.Journal;
using Graft.Cli.Hotfixes;
using Graft.Cli.Terminal;
using Graft.Core.Failures;
using Graft.Core.Releases;

namespace Graft.Cli.Commands.Hotfix.Abandon;

/// <summary>Undoes a run, cut off or finished, as long as its release is not published. Doing it again does only what is missing.</summary>
internal sealed class Abandonment(Session session, string named, bool isDryRun)
{
    public async Task<int> RunAsync()
    {
        var workspace = await session.Composition.OpenAsync(session.Options, session.Screen, session.Cancellation);
        var name = ReleaseName.Parse(named);
        if (workspace.Runs.List().Any(run => run.Name == name && run.State == RunState.Abandoned))
        {
            session.Screen.Say($"'{name}' is abandoned already");
            return Finish(name, []);
        }

        using var run = workspace.Runs.Reopen(name);
        await using var undo = new HotfixUndo(session.Composition, workspace, run);
        await undo.FindDraftAsync(session.Cancellation);
        if (isDryRun)
        {
            return Finish(name, await undo.LookAsync(session.Cancellation));
        }

        if (!session.Options.Yes && !await ConfirmAsync(name, undo))
        {
            session.Screen.Say("nothing was changed");
            return 0;
        }

        var undone = await UndoAsync(undo, name);
        run.Abandoned();
        session.Screen.Say($"hotfix {name} is abandoned");
        return Finish(name, undone);
    }

    private async Task<IReadOnlyList<Undone>> UndoAsync(HotfixUndo undo, ReleaseName name)
    {
        try
        {
            return await undo.UndoAsync(session.Cancellation);
        }
        catch (Exception exception) when (session.Cancellation.IsCancellationRequested && exception is OperationCanceledException or GraftException { Kind: FailureKind.Outside })
        {
            throw new GraftException(FailureKind.Interrupted, $"interrupted while abandoning '{name}'", $"go on with `graft hotfix abandon {name}`", exception);
        }
    }

    private async Task<bool> ConfirmAsync(ReleaseName name, HotfixUndo undo)
    {
        if (!Screen.CanAsk || session.Screen.Json)
        {
            throw GraftException.Usage($"abandoning '{name}' wants a confirmation", "pass `--yes`; `--dry-run` shows what it would undo");
        }

        Show(await undo.LookAsync(session.Cancellation), "remove", "leave ");
        return await session.Prompts.ConfirmAsync($"undo what {name} has made?", byDefault: false, session.Cancellation);
    }

    private int Finish(ReleaseName name, IReadOnlyList<Undone> undone)
    {
        if (session.Screen.Json)
        {
            session.Screen.Data(Document(name, undone));
            return 0;
        }

        if (isDryRun)
        {
            Show(undone, "remove", "leave ");
            session.Screen.Say("dry run: nothing was changed");
        }
        else
        {
            Show(undone, "removed", "left   ");
        }

        return 0;
    }

    private void Show(IReadOnlyList<Undone> steps, string removed, string left)
    {
        foreach (var step in steps)
        {
            session.Screen.Say(step.LeftBecause is null ? $"  {removed}  {step.What}" : $"  {left}  {step.What}: {step.LeftBecause}");
        }
    }

    private byte[] Document(ReleaseName name, IReadOnlyList<Undone> undone) => JsonDocuments.Write(writer =>
    {
        writer.WriteStartObject();
        writer.WriteString("release", name.ToString());
        writer.WriteStartArray("removed");
        foreach (var result in undone.Where(result => result.LeftBecause is null))
        {
            writer.WriteStringValue(result.What);
        }

        writer.WriteEndArray();
        writer.WriteStartArray("left");
        foreach (var result in undone.Where(result => result.LeftBecause is not null))
        {
            writer.WriteStartObject();
            writer.WriteString("what", result.What);
            writer.WriteString("why", result.LeftBecause);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        if (isDryRun)
        {
            writer.WriteBoolean("dryRun", true);
        }

        writer.WriteEndObject();
    });
}

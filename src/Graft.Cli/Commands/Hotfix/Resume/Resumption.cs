using Graft.Adapters.Files;
using Graft.Adapters.Journal;
using Graft.Cli.Hotfixes;
using Graft.Cli.Terminal;
using Graft.Core.Failures;
using Graft.Core.Hotfixes;
using Graft.Core.Releases;

namespace Graft.Cli.Commands.Hotfix.Resume;

/// <summary>Carries on a run from wherever it was cut off. What was decided stands in its plan; what is done is seen in the world.</summary>
internal sealed class Resumption(Session session, string? named)
{
    public async Task<int> RunAsync()
    {
        var workspace = await session.Composition.OpenAsync(session.Options, session.Screen, session.Cancellation);
        var name = named is null ? await ChooseAsync(workspace) : ReleaseName.Parse(named);
        if (name is null)
        {
            return NothingToDo("there is nothing to resume");
        }

        if (workspace.Runs.List().Any(run => run.Name == name && run.State == RunState.Finished))
        {
            RemoveLeft(workspace);
            return NothingToDo($"'{name}' is finished already");
        }

        if (workspace.Runs.List().Any(run => run.Name == name && run.State == RunState.Abandoned))
        {
            throw GraftException.Input($"'{name}' was abandoned", "cut the hotfix anew with `graft hotfix generate`");
        }

        using var run = workspace.Runs.Reopen(name);
        session.Screen.Say($"carrying on hotfix {name} of {run.Plan.Base}");
        var outcome = await CarryOnAsync(run, workspace);
        if (session.Screen.Json)
        {
            session.Screen.Data(HotfixDocument.Of(run.Plan, [], [], outcome, workspace));
        }
        else
        {
            HotfixText.ShowOutcome(run.Plan, outcome, workspace, session.Options, session.Screen);
        }

        return 0;
    }

    private async Task<HotfixOutcome> CarryOnAsync(Run run, Workspace workspace)
    {
        try
        {
            return await new HotfixApplication(session, workspace).ResumeAsync(run);
        }
        catch (NameTakenException taken)
        {
            throw new GraftException(taken.Kind, taken.Message, $"`graft hotfix abandon {run.Name}`, and cut the hotfix anew", taken);
        }
    }

    // A folder that could not be written to any more kept what the run would have removed.
    private static void RemoveLeft(Workspace workspace)
    {
        CheckoutPool.RemoveLeft(workspace);
        if (Directory.Exists(workspace.Manifests.Path))
        {
            AtomicFile.RemoveLeft(workspace.Manifests.Path);
        }
    }

    private int NothingToDo(string reason)
    {
        session.Screen.Say(reason);
        if (session.Screen.Json)
        {
            session.Screen.Data("null\n");
        }

        return 0;
    }

    private async Task<ReleaseName?> ChooseAsync(Workspace workspace)
    {
        var (runs, unreadable) = workspace.Runs.ListAll();
        var interrupted = runs.Where(run => run.State == RunState.Interrupted).ToList();
        if (interrupted.Count == 0 && unreadable.Count > 0)
        {
            throw GraftException.Input(unreadable[0].Reason, "`graft hotfix runs` lists the others");
        }

        foreach (var run in unreadable)
        {
            session.Screen.Warn(run.Reason);
        }

        return interrupted.Count switch
        {
            0 => null,
            1 => interrupted[0].Name,
            _ when Screen.CanAsk && !session.Screen.Json =>
                (await session.Prompts.ChooseAsync("which one?", interrupted, run => $"{run.Name}  (hotfix of {run.Base}, at: {run.Operation})", session.Cancellation)).Name,
            _ => throw GraftException.Usage(
                $"{interrupted.Count} hotfixes were cut off", $"name one: {string.Join(", ", interrupted.Select(run => $"`graft hotfix resume {run.Name}`"))}"),
        };
    }
}

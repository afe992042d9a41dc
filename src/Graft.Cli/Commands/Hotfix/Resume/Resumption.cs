using Graft.Adapters.Files;
using Graft.Adapters.Journal;
using Graft.Cli.Hotfixes;
using Graft.Cli.Terminal;
using Graft.Core.Failures;
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

        using var run = workspace.Runs.Reopen(name);
        var outcome = await new HotfixApplication(session, workspace).ApplyAsync(run);
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
        var interrupted = workspace.Runs.List().Where(run => run.State == RunState.Interrupted).ToList();
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

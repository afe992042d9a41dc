using Graft.Adapters.Files;
using Graft.Adapters.Journal;
using Graft.Cli.Terminal;
using Graft.Core.Failures;
using Graft.Core.Hotfixes;

namespace Graft.Cli.Hotfixes;

/// <summary>Carries out a run, from its beginning or from where it was cut off, and says how to carry on when it is cut off again.</summary>
internal sealed class HotfixApplication(Session session, Workspace workspace)
{
    /// <summary>Carries out a run that has just begun.</summary>
    public Task<HotfixOutcome> ApplyAsync(Run run) => ApplyAsync(run, isResumed: false);

    /// <summary>Carries on a run, when what it still needs can be had.</summary>
    public Task<HotfixOutcome> ResumeAsync(Run run) => ApplyAsync(run, isResumed: true);

    private async Task<HotfixOutcome> ApplyAsync(Run run, bool isResumed)
    {
        await using var operations = new HotfixOperations(session.Composition, workspace, run);
        try
        {
            if (isResumed)
            {
                var unpushed = await operations.ListUnpushedAsync(session.Cancellation);
                var unbuilt = operations.ListUnbuilt(unpushed);
                await operations.CheckBasesAsync(unbuilt, session.Cancellation);
                await new HotfixReadiness(session, workspace).CheckAsync(run.Plan, unbuilt, unpushed, readsOnly: false);
            }

            await new Progress(session.Screen).ShowAsync(board => OperationScheduler.RunAsync(
                run.Plan.Operations,
                Math.Max(1, run.Plan.Build.Parallel),
                (operation, cancellation) => CarryOutAsync(run, operation, operations, board, cancellation),
                session.Cancellation));
            var outcome = await operations.OutcomeAsync(session.Cancellation);
            // Before the run counts as finished: nobody takes it up again.
            operations.RemoveBuilds();
            await operations.DisposeAsync();
            run.Finished();
            return outcome;
        }
        catch (OperationCanceledException)
        {
            throw new GraftException(FailureKind.Interrupted, $"interrupted while cutting '{run.Name}'", ResumeOrAbandon(run));
        }
        catch (GraftException exception) when (exception.Kind == FailureKind.Outside && session.Cancellation.IsCancellationRequested)
        {
            // Ctrl-C reaches the programs that were started too; what they say of it is not the reason.
            throw new GraftException(FailureKind.Interrupted, $"interrupted while cutting '{run.Name}'", ResumeOrAbandon(run), exception);
        }
        catch (Exception exception) when (IsOfTheDisk(exception))
        {
            throw GraftException.Outside(FileProblem.Describe(exception, DisplayPath.Of), Resume(run), exception);
        }
        catch (GraftException exception) when (exception.Kind == FailureKind.Outside)
        {
            throw GraftException.Outside(exception.Message, exception.Hint is null ? Resume(run) : $"{exception.Hint}; then {Resume(run)}", exception);
        }
    }

    // A full disk, a folder that may not be written: the user can mend it and go on.
    private static bool IsOfTheDisk(Exception exception) => exception is IOException or UnauthorizedAccessException;

    private static async Task CarryOutAsync(Run run, Operation operation, HotfixOperations operations, IProgressBoard board, CancellationToken cancellationToken)
    {
        var line = board.Add(operation.Id);
        run.Started(operation);
        try
        {
            var result = await operations.CarryOutAsync(operation, line, cancellationToken);
            run.Done(operation, result);
            line.Done(run.FindResult(operation.Id) is null || result == HotfixOperations.Already ? result : $"{result} ({HotfixOperations.Already})");
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            run.Failed(operation, exception.Message);
            throw;
        }
    }

    private string ResumeOrAbandon(Run run) => $"{Resume(run)}, or undo it with `{session.Options.Program} hotfix abandon {run.Name}`";

    private string Resume(Run run) => $"carry on with `{session.Options.Program} hotfix resume {run.Name}`";
}

using Graft.Core.Hotfixes;

namespace Graft.Cli.Hotfixes;

/// <summary>Carries operations out side by side, each once what it comes after is done. The first failure stops the rest.</summary>
internal static class OperationScheduler
{
    public static async Task RunAsync(
        IReadOnlyList<Operation> operations, int parallel, Func<Operation, CancellationToken, Task> carryOut, CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var done = new HashSet<string>(StringComparer.Ordinal);
        var running = new Dictionary<Task, Operation>();
        Exception? failure = null;
        while (failure is null ? done.Count < operations.Count : running.Count > 0)
        {
            if (failure is null)
            {
                foreach (var operation in operations.Where(operation =>
                    !done.Contains(operation.Id) && !running.ContainsValue(operation) && operation.After.All(done.Contains)).Take(parallel - running.Count).ToList())
                {
                    running.Add(Task.Run(() => carryOut(operation, stop.Token), CancellationToken.None), operation);
                }
            }

            if (running.Count == 0)
            {
                // The planner has made sure of an order.
                throw new InvalidOperationException("no operation can go on");
            }

            var ended = await Task.WhenAny(running.Keys);
            running.Remove(ended, out var finished);
            if (ended.IsCompletedSuccessfully)
            {
                done.Add(finished!.Id);
                continue;
            }

            // What fails because it was told to stop is not the reason.
            failure ??= ended.Exception?.InnerException ?? new OperationCanceledException(cancellationToken);
            await stop.CancelAsync();
        }

        if (failure is not null)
        {
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(failure);
        }
    }
}

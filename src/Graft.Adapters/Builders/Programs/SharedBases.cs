using System.Collections.Concurrent;
using Graft.Core.Failures;

namespace Graft.Adapters.Builders.Programs;

/// <summary>
/// What the builds of one run have in the builder's storage. A base is loaded once for all that stand on it while any of them is under way; when the
/// last has ended, however it ended, nothing of the run is left. What a run that was killed has left is removed before the first begins.
/// </summary>
internal sealed class SharedBases(BuilderStorage storage, string session) : IDisposable
{
    private readonly SemaphoreSlim gate = new(1);
    private readonly ConcurrentDictionary<string, Lazy<Task>> loads = new(StringComparer.Ordinal);
    private bool isClean;
    private int builds;

    private string Prefix => StorageNames.SessionPrefix(session);

    /// <summary>A build begins.</summary>
    public async Task EnterAsync(CancellationToken cancellationToken)
    {
        await gate.WaitAsync(cancellationToken);
        try
        {
            if (!isClean)
            {
                await storage.RemoveAsync(Prefix, cancellationToken);
                isClean = true;
            }

            builds++;
        }
        finally
        {
            gate.Release();
        }
    }

    /// <summary>Loads a base unless it is there, or on its way.</summary>
    public async Task LendAsync(string name, Func<Task> load)
    {
        var loading = loads.GetOrAdd(name, _ => new Lazy<Task>(load));
        try
        {
            await loading.Value;
        }
        catch
        {
            // Another build may have better luck.
            loads.TryRemove(KeyValuePair.Create(name, loading));
            throw;
        }
    }

    /// <summary>
    /// A build has ended. What it made stays until the last one has, for one call then removes it all. Also after Ctrl-C, so not cancelled; the failure that is on its way says more than one here.
    /// </summary>
    public async Task LeaveAsync()
    {
        await gate.WaitAsync(CancellationToken.None);
        try
        {
            if (--builds == 0)
            {
                loads.Clear();
                await storage.RemoveAsync(Prefix, CancellationToken.None);
            }
        }
        catch (GraftException problem) when (problem.Kind == FailureKind.Outside)
        {
            // The next attempt, or `abandon`, looks again.
            isClean = false;
        }
        finally
        {
            gate.Release();
        }
    }

    public void Dispose() => gate.Dispose();
}

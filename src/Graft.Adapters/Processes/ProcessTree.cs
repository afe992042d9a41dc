using System.Runtime.InteropServices;

namespace Graft.Adapters.Processes;

/// <summary>
/// A process and its descendants, on Unix. They are listed before a signal ends any: once a parent has ended, its children belong to
/// process 1 and cannot be found any more. They are stopped while they are listed, since a running one could start another in between.
/// (A process group of its own would be simpler, but takes the terminal away from ssh and git when they ask for a passphrase.)
/// </summary>
internal static partial class ProcessTree
{
    private const int Kill = 9;
    private const int Terminate = 15;
    private static readonly int Stop = OperatingSystem.IsLinux() ? 19 : 17;
    private static readonly int Continue = OperatingSystem.IsLinux() ? 18 : 19;
    private static readonly TimeSpan LookAgain = TimeSpan.FromMilliseconds(20);
    private const int MostLooks = 200;

    /// <summary>Asks all of them to end, kills those that are left after the grace, and returns when none runs.</summary>
    public static async Task StopAsync(ProcessIdentity root, TimeSpan grace)
    {
        var tree = new HashSet<ProcessIdentity> { root };
        var running = Freeze(tree);
        Signal(running, Terminate);
        Signal(running, Continue);
        for (var waited = TimeSpan.Zero; running.Count > 0; waited += LookAgain)
        {
            await Task.Delay(LookAgain);
            running = Look(tree);
            if (running.Count > 0 && waited >= grace)
            {
                Signal(Freeze(tree), Kill);
            }
        }
    }

    /// <summary>
    /// Stops all of them, until a look finds none that is new although all stood still before it: one that was sent the signal may still start
    /// another. Those that never stand still, waiting for a disk, are not waited for.
    /// </summary>
    private static List<ProcessRow> Freeze(HashSet<ProcessIdentity> tree)
    {
        var signalled = new HashSet<ProcessIdentity>();
        var stoodStill = false;
        for (var looks = 1; ; looks++)
        {
            var running = Look(tree);
            var more = running.FindAll(row => signalled.Add(row.Identity));
            if (more.Count == 0 && (stoodStill || looks >= MostLooks))
            {
                return running;
            }

            Signal(more, Stop);
            stoodStill = more.Count == 0 && running.TrueForAll(row => row.IsStopped);
            if (more.Count == 0 && !stoodStill)
            {
                Thread.Yield();
            }
        }
    }

    /// <summary>Adds to the tree whatever its members have started since; those of it that run.</summary>
    private static List<ProcessRow> Look(HashSet<ProcessIdentity> tree)
    {
        var table = ProcessTable.Read();
        var children = table.Values.ToLookup(row => row.Parent, row => row.Identity);
        var running = tree.Where(process => table.TryGetValue(process.Id, out var row) && row.Identity == process).ToHashSet();
        var pending = new Queue<ProcessIdentity>(running);
        while (pending.TryDequeue(out var process))
        {
            foreach (var child in children[process.Id].Where(running.Add))
            {
                pending.Enqueue(child);
            }
        }

        tree.UnionWith(running);
        return [.. running.Select(process => table[process.Id])];
    }

    private static void Signal(List<ProcessRow> processes, int signal)
    {
        foreach (var process in processes)
        {
            _ = SendSignal(process.Identity.Id, signal);
        }
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int SendSignal(int process, int signal);
}

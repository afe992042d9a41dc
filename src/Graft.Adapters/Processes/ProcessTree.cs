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

    /// <summary>Stops all of them, until a look finds none that is new.</summary>
    private static List<ProcessIdentity> Freeze(HashSet<ProcessIdentity> tree)
    {
        var stopped = new HashSet<ProcessIdentity>();
        while (true)
        {
            var running = Look(tree);
            var more = running.FindAll(stopped.Add);
            if (more.Count == 0)
            {
                return running;
            }

            Signal(more, Stop);
        }
    }

    /// <summary>Adds to the tree whatever its members have started since; those of it that run.</summary>
    private static List<ProcessIdentity> Look(HashSet<ProcessIdentity> tree)
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
        return [.. running];
    }

    private static void Signal(List<ProcessIdentity> processes, int signal)
    {
        foreach (var process in processes)
        {
            _ = SendSignal(process.Id, signal);
        }
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int SendSignal(int process, int signal);
}

using System.Runtime.InteropServices;

namespace Graft.Adapters.Processes;

/// <summary>
/// A process and its descendants, on Unix. They are listed before the first signal: once a parent has ended, its children belong to
/// process 1 and cannot be found any more. (A process group of its own would be simpler, but takes the terminal away from ssh and git
/// when they ask for a passphrase.)
/// </summary>
internal static partial class ProcessTree
{
    private const int Terminate = 15;
    private const int Kill = 9;
    private static readonly TimeSpan LookAgain = TimeSpan.FromMilliseconds(10);

    /// <summary>Asks all of them to end, kills those that are left after the grace, and returns when none runs.</summary>
    public static async Task StopAsync(int root, TimeSpan grace)
    {
        var tree = new HashSet<ProcessIdentity>();
        Extend(tree, root);
        Signal(tree, Terminate);
        for (var waited = TimeSpan.Zero; waited < grace && tree.Any(ProcessTable.IsRunning); waited += LookAgain)
        {
            await Task.Delay(LookAgain);
            Extend(tree, root);
        }

        while (tree.Any(ProcessTable.IsRunning))
        {
            Extend(tree, root);
            Signal(tree, Kill);
            await Task.Delay(LookAgain);
        }
    }

    private static void Extend(HashSet<ProcessIdentity> tree, int root)
    {
        var table = ProcessTable.Read();
        var pending = new Queue<int>(tree.Where(ProcessTable.IsRunning).Select(process => process.Id).Append(root));
        var seen = new HashSet<int>();
        while (pending.TryDequeue(out var id))
        {
            if (!seen.Add(id) || !table.TryGetValue(id, out var row))
            {
                continue;
            }

            tree.Add(row.Identity);
            foreach (var child in table.Values.Where(other => other.Parent == id))
            {
                pending.Enqueue(child.Identity.Id);
            }
        }
    }

    private static void Signal(HashSet<ProcessIdentity> tree, int signal)
    {
        foreach (var process in tree.Where(ProcessTable.IsRunning))
        {
            _ = SendSignal(process.Id, signal);
        }
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int SendSignal(int process, int signal);
}

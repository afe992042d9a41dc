using System.Runtime.InteropServices;

namespace Graft.Cli;

/// <summary>
/// Ctrl-C, SIGTERM and a terminal that is gone: the first asks everything to stop, the second stops at once. It holds until the process ends: one that
/// comes when all is done must not make it look as if it were not.
/// </summary>
internal static class Interruption
{
    private static readonly CancellationTokenSource Source = new();
    private static readonly List<PosixSignalRegistration> Registrations = [];
    private static int count;

    /// <summary>Listens from now on.</summary>
    public static CancellationToken Listen()
    {
        Registrations.AddRange(new[] { PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGHUP }.Select(signal => PosixSignalRegistration.Create(signal, OnSignal)));
        return Source.Token;
    }

    private static void OnSignal(PosixSignalContext context)
    {
        // Not cancelled, the system's own handling ends the process: that is the second Ctrl-C.
        context.Cancel = Interlocked.Increment(ref count) == 1;
        if (context.Cancel)
        {
            Source.Cancel();
        }
    }
}

using System.Runtime.InteropServices;

namespace Graft.Cli;

/// <summary>Ctrl-C, SIGTERM and a terminal that is gone: the first asks everything to stop, the second stops at once.</summary>
internal sealed class Interruption : IDisposable
{
    private readonly CancellationTokenSource source = new();
    private readonly PosixSignalRegistration[] registrations;
    private int count;

    public Interruption() =>
        registrations = [.. new[] { PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGHUP }.Select(signal => PosixSignalRegistration.Create(signal, OnSignal))];

    public CancellationToken Token => source.Token;

    public void Dispose()
    {
        foreach (var registration in registrations)
        {
            registration.Dispose();
        }

        source.Dispose();
    }

    private void OnSignal(PosixSignalContext context)
    {
        // Not cancelled, the system's own handling ends the process: that is the second Ctrl-C.
        context.Cancel = Interlocked.Increment(ref count) == 1;
        if (context.Cancel)
        {
            source.Cancel();
        }
    }
}

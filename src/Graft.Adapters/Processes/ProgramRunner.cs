using System.Collections.Concurrent;
using System.Text;

namespace Graft.Adapters.Processes;

/// <summary>
/// Starts programs: the only place that does. Cancelling asks the program and everything it started to end (SIGTERM), kills what is
/// left after <see cref="Grace"/>, and returns when nothing of it runs any more.
/// </summary>
public sealed class ProgramRunner
{
    // What a shell would say of a program that SIGHUP, SIGINT or SIGTERM ended.
    private static readonly int[] EndedBySignal = [128 + 1, 128 + 2, 128 + 15];

    private readonly ConcurrentDictionary<CancellationTokenSource, Task> running = new();
    private volatile bool stopped;

    /// <summary>How long a cancelled program may take to clean up after itself before it is killed.</summary>
    public TimeSpan Grace { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>How long after a program that a signal ended is waited for the same signal here.</summary>
    public TimeSpan SignalPatience { get; init; } = TimeSpan.FromMilliseconds(200);

    /// <summary>Runs a program to its end and collects what it wrote. Any exit code is a result; a program that is not there is an outside failure.</summary>
    public async Task<ProgramResult> RunAsync(ProgramCall call, CancellationToken cancellationToken)
    {
        using var child = ChildProcess.Start(call, Grace);
        var output = new CapturedOutput();
        var error = new CapturedOutput();
        var exitCode = await CompleteAsync(child, [output.FillAsync(child.Output), error.FillAsync(child.Error)], cancellationToken);
        return new ProgramResult(exitCode, output.Bytes, Encoding.UTF8.GetString(error.Bytes.Span));
    }

    /// <summary>
    /// Runs a program to its end and hands over each line of both its outputs as it comes, one at a time, without line ends. Returns
    /// the exit code.
    /// </summary>
    public async Task<int> StreamAsync(ProgramCall call, Action<string> line, CancellationToken cancellationToken)
    {
        using var child = ChildProcess.Start(call, Grace);
        var gate = new Lock();
        return await CompleteAsync(
            child,
            [ReadLinesAsync(child.Output, line, gate), ReadLinesAsync(child.Error, line, gate)],
            cancellationToken);
    }

    /// <summary>
    /// Runs a program and hands its standard output to a reader as it comes, so that nothing of it is kept. The reader need not read to the end: a
    /// program that has more to say is then told that nobody listens (SIGPIPE). Returns what the reader made of it, and the exit code.
    /// </summary>
    public async Task<(T Value, int ExitCode)> ReadAsync<T>(ProgramCall call, Func<Stream, Task<T>> read, CancellationToken cancellationToken)
    {
        using var child = ChildProcess.Start(call, Grace);
        var reading = ReadAndCloseAsync(child.Output, read);
        var exitCode = await CompleteAsync(child, [reading, child.Error.CopyToAsync(Stream.Null, CancellationToken.None)], cancellationToken);
        return (await reading, exitCode);
    }

    /// <summary>Stops the programs that still run, and those that are started later, and returns when nothing of them runs any more.</summary>
    public async Task StopAllAsync()
    {
        stopped = true;
        var all = running.ToList();
        foreach (var (stop, _) in all)
        {
            await CancelAsync(stop);
        }

        await Task.WhenAll(all.Select(pair => pair.Value)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task<int> CompleteAsync(ChildProcess child, Task[] readers, CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var ending = child.CompleteAsync(readers, stop.Token);
        running[stop] = ending;
        try
        {
            if (stopped)
            {
                await stop.CancelAsync();
            }

            var exitCode = await ending;
            if (EndedBySignal.Contains(exitCode))
            {
                // Ctrl-C reaches the program and this process at once: where the program was quicker, the reason is still to come.
                await Task.Delay(SignalPatience, stop.Token);
            }

            return exitCode;
        }
        finally
        {
            running.TryRemove(stop, out _);
        }
    }

    private static async Task CancelAsync(CancellationTokenSource stop)
    {
        try
        {
            await stop.CancelAsync();
        }
        catch (ObjectDisposedException)
        {
            // It has ended by itself since it was listed.
        }
    }

    private static async Task<T> ReadAndCloseAsync<T>(Stream source, Func<Stream, Task<T>> read)
    {
        await using (source)
        {
            return await read(source);
        }
    }

    private static async Task ReadLinesAsync(Stream source, Action<string> line, Lock gate)
    {
        using var reader = new StreamReader(source, Encoding.UTF8, detectEncodingFromByteOrderMarks: false, leaveOpen: true);
        while (await reader.ReadLineAsync() is { } text)
        {
            lock (gate)
            {
                line(text);
            }
        }
    }
}

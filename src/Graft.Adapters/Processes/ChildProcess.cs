using System.ComponentModel;
using System.Diagnostics;
using Graft.Core.Failures;

namespace Graft.Adapters.Processes;

// Process is banned everywhere else, so that stopping and cleaning up are written once: here.
#pragma warning disable RS0030

/// <summary>A started program: its outputs, its end, and how to stop it with all that it started.</summary>
internal sealed class ChildProcess : IDisposable
{
    // An ssh connection that is kept open, or git's own background maintenance, holds the pipes long after the program has ended.
    private static readonly TimeSpan OpenPipePatience = TimeSpan.FromSeconds(1);

    private readonly Process process;
    private readonly TimeSpan grace;
    private readonly Task input;

    private ChildProcess(Process process, ReadOnlyMemory<byte>? standardInput, TimeSpan grace)
    {
        this.process = process;
        this.grace = grace;
        input = FeedAsync(process.StandardInput.BaseStream, standardInput);
    }

    public Stream Output => process.StandardOutput.BaseStream;

    public Stream Error => process.StandardError.BaseStream;

    public static ChildProcess Start(ProgramCall call, TimeSpan grace)
    {
        var start = new ProcessStartInfo(call.Program, call.Arguments)
        {
            WorkingDirectory = call.WorkingDirectory ?? "",
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        foreach (var (name, value) in call.Environment)
        {
            if (value is null)
            {
                start.Environment.Remove(name);
            }
            else
            {
                start.Environment[name] = value;
            }
        }

        try
        {
            return new ChildProcess(Process.Start(start)!, call.StandardInput, grace);
        }
        catch (Win32Exception problem)
        {
            throw CannotStart(call, problem);
        }
    }

    /// <summary>Waits for the readers and the end; the exit code. When cancelled, stops the program first.</summary>
    public async Task<int> CompleteAsync(Task[] readers, CancellationToken cancellationToken)
    {
        var reading = Task.WhenAll(readers);
        try
        {
            // A reader that fails (its receiver threw) ends the wait, so that the program is not left running for nobody.
            var exit = process.WaitForExitAsync(cancellationToken);
            var pending = new List<Task>(readers) { exit };
            while (!exit.IsCompleted)
            {
                var done = await Task.WhenAny(pending);
                await done;
                pending.Remove(done);
            }

            await exit;
        }
        catch
        {
            await StopAsync();
            throw;
        }

        await Task.WhenAny(Task.WhenAll(reading, input), Task.Delay(OpenPipePatience, CancellationToken.None));
        if (reading.IsCompleted)
        {
            await reading;
        }

        return process.ExitCode;
    }

    public void Dispose() => process.Dispose();

    private static async Task FeedAsync(Stream stream, ReadOnlyMemory<byte>? bytes)
    {
        try
        {
            if (bytes is { Length: > 0 } content)
            {
                await stream.WriteAsync(content);
            }

            await stream.DisposeAsync();
        }
        catch (IOException)
        {
            // The program ended without reading all of it; its exit code says whether that was right.
        }
    }

    private static GraftException CannotStart(ProgramCall call, Win32Exception problem)
    {
        if (call.WorkingDirectory is { } folder && !Directory.Exists(folder))
        {
            return GraftException.Outside($"cannot run '{call.Program}' in '{folder}': the folder does not exist", null, problem);
        }

        const int noSuchFile = 2;
        return problem.NativeErrorCode == noSuchFile
            ? GraftException.Outside($"cannot run '{call.Program}': it is not installed", $"install `{call.Program}`, or put it on PATH", problem)
            : GraftException.Outside($"cannot run '{call.Program}': {problem.Message}", null, problem);
    }

    private async Task StopAsync()
    {
        if (OperatingSystem.IsWindows())
        {
            process.Kill(entireProcessTree: true);
        }
        else if (ProcessTable.Find(process.Id) is { } root && !process.HasExited)
        {
            // A child keeps its number until its end has been taken note of, which it had not been after the look: the number is still its own.
            await ProcessTree.StopAsync(root, grace);
        }

        await process.WaitForExitAsync(CancellationToken.None);
    }
}

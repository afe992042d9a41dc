using System.Diagnostics;
using System.Text;

namespace Graft.Testing;

/// <summary>
/// A program that is running: what it has said so far can be waited for, and it can be written to and signalled. Every wait shares one
/// deadline, after which it is an exception with all that was said.
/// </summary>
public class RunningProgram : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(4);

    private readonly Process process;
    private readonly CancellationTokenSource deadline = new(Patience);
    private readonly SaidText output = new();
    private readonly SaidText error = new();
    private readonly Task reading;

    /// <summary>Starts it.</summary>
    public RunningProgram(string program, IReadOnlyList<string> arguments, string directory, IReadOnlyDictionary<string, string?> variables)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = directory,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            StandardInputEncoding = new UTF8Encoding(false),
        };
        foreach (var (name, value) in variables)
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

        process = Process.Start(start)!;
        reading = Task.WhenAll(output.ReadAsync(process.StandardOutput), error.ReadAsync(process.StandardError));
    }

    /// <summary>The process's id.</summary>
    public int Id => process.Id;

    /// <summary>All of standard output so far.</summary>
    public string Output => output.Text;

    /// <summary>All of standard error so far.</summary>
    public string Error => error.Text;

    /// <summary>Waits until standard output has said a text after the last one that was waited for there.</summary>
    public void WaitForOutput(string text) => output.WaitFor(text, deadline.Token);

    /// <summary>Waits until standard error has said a text after the last one that was waited for there.</summary>
    public void WaitForError(string text) => error.WaitFor(text, deadline.Token);

    /// <summary>Writes to its standard input.</summary>
    public void Write(string text)
    {
        process.StandardInput.Write(text);
        process.StandardInput.Flush();
    }

    /// <summary>Reads no more of standard output, as <c>head</c> does: who writes there gets SIGPIPE or EPIPE.</summary>
    public void CloseOutput() => process.StandardOutput.BaseStream.Dispose();

    /// <summary>Sends a signal by its name, such as <c>INT</c>.</summary>
    public void Signal(string name)
    {
        using var kill = Process.Start("kill", [$"-{name}", $"{process.Id}"]);
        kill.WaitForExit();
    }

    /// <summary>Waits for the end, but not for longer than this; whether it has come.</summary>
    public bool WaitForExit(TimeSpan atMost) => process.WaitForExit(atMost);

    /// <summary>Waits for the end.</summary>
    public GraftResult WaitForExit()
    {
        try
        {
            process.WaitForExitAsync(deadline.Token).GetAwaiter().GetResult();
            reading.WaitAsync(deadline.Token).GetAwaiter().GetResult();
        }
        catch (OperationCanceledException exception)
        {
            throw new TimeoutException($"it did not end; it said:\n{Output}\n{error.Text}", exception);
        }

        return new GraftResult(process.ExitCode, output.Text, error.Text);
    }

    /// <summary>Ends it, if it still runs.</summary>
    public void Dispose()
    {
        if (!process.HasExited)
        {
            process.Kill(entireProcessTree: true);
            process.WaitForExit();
        }

        process.Dispose();
        deadline.Dispose();
        GC.SuppressFinalize(this);
    }
}

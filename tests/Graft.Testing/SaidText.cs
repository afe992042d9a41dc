using System.Text;
using System.Text.RegularExpressions;

namespace Graft.Testing;

/// <summary>What a running program has said on one of its outputs, and who waits for what it says next.</summary>
internal sealed partial class SaidText
{
    private readonly Lock guard = new();
    private readonly StringBuilder said = new();
    private TaskCompletionSource more = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private bool ended;
    private int waitedTo;

    /// <summary>All of it, with a terminal's control sequences.</summary>
    public string Text
    {
        get
        {
            lock (guard)
            {
                return said.ToString();
            }
        }
    }

    /// <summary>A text without a terminal's control sequences.</summary>
    public static string Plain(string text) => ControlSequence().Replace(text, "");

    public async Task ReadAsync(StreamReader reader)
    {
        var buffer = new char[4096];
        try
        {
            for (int read; (read = await reader.ReadAsync(buffer)) > 0;)
            {
                Add(buffer.AsSpan(0, read), isEnd: false);
            }
        }
        catch (Exception exception) when (exception is IOException or ObjectDisposedException or OperationCanceledException)
        {
            // The other end is gone, or nobody reads any more.
        }

        Add([], isEnd: true);
    }

    /// <summary>Waits for a text, control sequences left out, after the last one that was waited for.</summary>
    public void WaitFor(string text, CancellationToken deadline)
    {
        while (true)
        {
            Task next;
            lock (guard)
            {
                var plain = Plain(said.ToString());
                var at = plain.IndexOf(text, waitedTo, StringComparison.Ordinal);
                if (at >= 0)
                {
                    waitedTo = at + text.Length;
                    return;
                }

                if (ended || deadline.IsCancellationRequested)
                {
                    throw new TimeoutException($"'{text}' was not said {(ended ? "before the end" : "in time")}, but:\n{plain[waitedTo..]}\n(before that:)\n{plain[..waitedTo]}");
                }

                next = more.Task;
            }

            try
            {
                next.Wait(deadline);
            }
            catch (OperationCanceledException)
            {
                // Said above, with what was said.
            }
        }
    }

    [GeneratedRegex(@"\x1B(?:\[[0-?]*[ -/]*[@-~]|\][^\x07]*\x07|[@-Z\\-_])")]
    private static partial Regex ControlSequence();

    private void Add(ReadOnlySpan<char> text, bool isEnd)
    {
        TaskCompletionSource waiting;
        lock (guard)
        {
            said.Append(text);
            ended |= isEnd;
            waiting = more;
            more = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        waiting.SetResult();
    }
}

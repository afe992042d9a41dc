using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Graft.Testing;

/// <summary>Checks inputs on a thread of its own and watches it: an input that takes seconds of the processor's time is one too many.</summary>
internal sealed class FuzzWatch(string name, TimeSpan patience)
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(100);

    // Where threads have no clock of their own, others may keep one waiting.
    private static readonly TimeSpan PatienceByTheWall = TimeSpan.FromMinutes(1);

    private volatile byte[] current = [];
    private long count;
    private volatile string? clock;

    /// <summary>Checks inputs until the time is up; how many there were.</summary>
    public long Run(TimeSpan time, IEnumerable<byte[]> inputs, Action<byte[]> check)
    {
        Exception? failure = null;
        var ends = Stopwatch.GetTimestamp() + (long)(time.TotalSeconds * Stopwatch.Frequency);
        var worker = new Thread(() => failure = CheckAll(inputs, check, ends)) { IsBackground = true, Name = name };
        worker.Start();
        long watched = -1;
        var since = TimeSpan.Zero;
        while (!worker.Join(Look))
        {
            var now = Clock();
            if (Interlocked.Read(ref count) != watched)
            {
                (watched, since) = (Interlocked.Read(ref count), now);
            }
            else if (now - since > (clock is null ? PatienceByTheWall : patience))
            {
                throw new TimeoutException($"{name}: this input does not come to an end:\n{Literal(current)}");
            }
        }

        return failure is null ? count : throw new InvalidOperationException(failure.Message, failure);
    }

    /// <summary>Bytes as an expression of C#.</summary>
    public static string Literal(byte[] bytes)
    {
        var text = Encoding.UTF8.GetString(bytes);
        return Encoding.UTF8.GetBytes(text).AsSpan().SequenceEqual(bytes)
            ? $"\"{JsonEncodedText.Encode(text).Value.Replace("\\u0022", "\\\"", StringComparison.Ordinal)}\"u8"
            : $"Convert.FromHexString(\"{Convert.ToHexString(bytes)}\")";
    }

    private Exception? CheckAll(IEnumerable<byte[]> inputs, Action<byte[]> check, long ends)
    {
        clock = File.Exists("/proc/thread-self/stat") ? Path.Combine(File.ResolveLinkTarget("/proc/thread-self", returnFinalTarget: false)!.FullName, "stat") : null;
        try
        {
            foreach (var input in inputs.TakeWhile(_ => Stopwatch.GetTimestamp() < ends))
            {
                current = input;
                Interlocked.Increment(ref count);
                check(input);
            }

            return null;
        }
        catch (Exception failure)
        {
            return failure;
        }
    }

    // The processor time of the thread that checks (proc(5): utime and stime, in hundredths of a second), else the time of day.
    private TimeSpan Clock()
    {
        if (clock is not { } path)
        {
            return Stopwatch.GetElapsedTime(0);
        }

        const int user = 11, system = 12;
        string stat;
        try
        {
            stat = File.ReadAllText(path);
        }
        catch (IOException)
        {
            // The thread has ended since it was looked at.
            return TimeSpan.Zero;
        }

        var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        return TimeSpan.FromMilliseconds(10 * (long.Parse(fields[user], CultureInfo.InvariantCulture) + long.Parse(fields[system], CultureInfo.InvariantCulture)));
    }
}

using System.Globalization;

namespace Graft.Testing;

/// <summary>How much memory a program needs with all that it starts, on Linux: looked at every few milliseconds until it ends (proc(5)).</summary>
public static class TreeMemory
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(5);

    /// <summary>
    /// Waits for a program's end. The answer is the largest sum, in bytes, of the high-water marks of the processes that ran side by side: no less than what
    /// they held, mapped files included.
    /// </summary>
    public static (GraftResult Result, long Peak) Watch(RunningProgram program)
    {
        long peak = 0;
        do
        {
            peak = Math.Max(peak, Descendants(program.Id).Sum(HighWaterMark));
        }
        while (!program.WaitForExit(Pause));

        return (program.WaitForExit(), peak);
    }

    private static IEnumerable<int> Descendants(int root)
    {
        var children = Directory.EnumerateDirectories("/proc")
            .Select(folder => int.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out var id) ? id : 0)
            .Where(id => id > 0)
            .ToLookup(ParentOf);
        var pending = new Queue<int>([root]);
        while (pending.TryDequeue(out var id))
        {
            yield return id;
            foreach (var child in children[id])
            {
                pending.Enqueue(child);
            }
        }
    }

    private static int ParentOf(int id)
    {
        var stat = Read($"/proc/{id}/stat");
        // The second field is the program's name in parentheses and may hold anything.
        var fields = stat[(stat.LastIndexOf(')') + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return fields.Length > 1 ? int.Parse(fields[1], CultureInfo.InvariantCulture) : 0;
    }

    private static long HighWaterMark(int id)
    {
        const string name = "VmHWM:";
        var line = Read($"/proc/{id}/status").Split('\n').FirstOrDefault(line => line.StartsWith(name, StringComparison.Ordinal));
        return line is null ? 0 : long.Parse(line[name.Length..].Replace("kB", "", StringComparison.Ordinal), CultureInfo.InvariantCulture) * 1024;
    }

    private static string Read(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception ended) when (ended is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }
}

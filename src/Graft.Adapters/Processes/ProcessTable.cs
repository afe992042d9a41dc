using System.Diagnostics;
using System.Globalization;

namespace Graft.Adapters.Processes;

// See ChildProcess: this folder is the one that may.
#pragma warning disable RS0030

/// <summary>A process by number and start time, so that a number used again is not taken for it.</summary>
internal readonly record struct ProcessIdentity(int Id, string Start);

/// <summary>One process that has not ended, its parent's number, and whether a signal has stopped it for now.</summary>
internal readonly record struct ProcessRow(ProcessIdentity Identity, int Parent, bool IsStopped);

/// <summary>The processes that run now: from <c>/proc/*/stat</c> (proc(5)) where that is, else from <c>ps</c> (POSIX).</summary>
internal static class ProcessTable
{
    private static readonly bool HasProc = File.Exists("/proc/self/stat");

    public static Dictionary<int, ProcessRow> Read() =>
        (HasProc ? ReadProc() : ReadPs()).DistinctBy(row => row.Identity.Id).ToDictionary(row => row.Identity.Id);

    /// <summary>The process that has a number now; null when none runs.</summary>
    public static ProcessIdentity? Find(int id) => Read().TryGetValue(id, out var row) ? row.Identity : null;

    private static IEnumerable<ProcessRow> ReadProc() =>
        from folder in Directory.EnumerateDirectories("/proc")
        let id = int.TryParse(Path.GetFileName(folder), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0
        where id > 0
        let row = ReadStat(id)
        where row is not null
        select row.Value;

    private static ProcessRow? ReadStat(int id)
    {
        string stat;
        try
        {
            stat = File.ReadAllText($"/proc/{id}/stat");
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            return null;
        }

        // The second field is the program's name in parentheses and may hold anything, so fields are counted after the last one.
        const int state = 0, parent = 1, start = 19;
        var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        return fields[state] is "Z" or "X"
            ? null
            : new ProcessRow(new ProcessIdentity(id, fields[start]), int.Parse(fields[parent], CultureInfo.InvariantCulture), fields[state] is "T" or "t");
    }

    private static List<ProcessRow> ReadPs()
    {
        using var ps = Process.Start(new ProcessStartInfo("ps", ["-A", "-o", "pid=,ppid=,stat=,lstart="])
        {
            RedirectStandardOutput = true,
            UseShellExecute = false,
        });
        var rows = new List<ProcessRow>();
        while (ps?.StandardOutput.ReadLine() is { } line)
        {
            var fields = line.Split((char[]?)null, 4, StringSplitOptions.RemoveEmptyEntries);
            if (fields.Length == 4 && fields[2][0] != 'Z'
                && int.TryParse(fields[0], CultureInfo.InvariantCulture, out var id)
                && int.TryParse(fields[1], CultureInfo.InvariantCulture, out var parent))
            {
                rows.Add(new ProcessRow(new ProcessIdentity(id, fields[3].Trim()), parent, fields[2][0] == 'T'));
            }
        }

        return rows;
    }
}

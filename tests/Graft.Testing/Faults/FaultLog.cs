using System.Globalization;

namespace Graft.Testing.Faults;

/// <summary>What the library wrote about a run: a line for each call, and <c>here</c> after the one that was broken.</summary>
internal sealed class FaultLog(string path)
{
    private const string Here = "here";

    /// <summary>Absolute path of the file.</summary>
    public string Path => path;

    /// <summary>Whether the call that was to be broken came.</summary>
    public bool SaysThatItCame() => Lines().Contains(Here);

    /// <summary>The calls, in the order in which they came; the journal says during which operations.</summary>
    public IReadOnlyList<CallPoint> ReadPoints(JournalReading journal)
    {
        var points = new List<CallPoint>();
        foreach (var line in Lines())
        {
            var fields = line.Split('\t');
            var isJournal = fields[0] == "write" && fields[1].EndsWith("/" + JournalReading.FileName, StringComparison.Ordinal);
            var during = isJournal ? journal.Next() : journal.Now;
            points.Add(new CallPoint(fields[0], fields[1], int.Parse(fields[2], CultureInfo.InvariantCulture), during));
        }

        return points;
    }

    private string[] Lines() => File.Exists(path) ? File.ReadAllLines(path) : [];
}

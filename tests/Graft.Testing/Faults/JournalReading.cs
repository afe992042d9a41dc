using System.Text.Json;

namespace Graft.Testing.Faults;

/// <summary>Goes through the journal of a run that has ended, line by line: which operations were under way at each.</summary>
internal sealed class JournalReading
{
    public const string FileName = "journal.jsonl";

    private readonly Queue<(string Event, string? Operation)> lines = new();
    private readonly SortedSet<string> running = new(StringComparer.Ordinal);
    private string idle = "before the run";

    private JournalReading(IEnumerable<string> text)
    {
        foreach (var line in text)
        {
            using var document = JsonDocument.Parse(line);
            var operation = document.RootElement.TryGetProperty("operation", out var id) ? id.GetString() : null;
            lines.Enqueue((document.RootElement.GetProperty("event").GetString()!, operation));
        }
    }

    /// <summary>What is under way: the operations, or <c>before the run</c>, <c>between operations</c>, <c>after the run</c>.</summary>
    public string Now => running.Count > 0 ? string.Join(" and ", running) : idle;

    /// <summary>The journal of the only run in a product; a command that has none stays before the run.</summary>
    public static JournalReading Of(string product)
    {
        var runs = Path.Combine(product, ".graft", "runs");
        var file = Directory.Exists(runs) ? Directory.EnumerateFiles(runs, FileName, SearchOption.AllDirectories).SingleOrDefault() : null;
        return new JournalReading(file is null ? [] : File.ReadLines(file));
    }

    /// <summary>Goes on by one line, and says what was under way while it was written.</summary>
    public string Next()
    {
        var (happened, operation) = lines.Dequeue();
        if (operation is null)
        {
            idle = "after the run";
            return Now;
        }

        idle = "between operations";
        running.Add(operation);
        var during = Now;
        if (happened != "started")
        {
            running.Remove(operation);
        }

        return during;
    }
}

using System.Globalization;
using System.Text;

namespace Graft.Testing.Faults;

/// <summary>How many points were tried, by kind and by operation, and what was wrong.</summary>
public static class FaultReport
{
    /// <summary>The report as a person reads it; <c>finished</c> are those that did all their work nevertheless.</summary>
    public static string Write(string title, IReadOnlyList<Fault> all, IReadOnlyList<TrialResult> results)
    {
        var text = new StringBuilder();
        var missed = results.Count(result => !result.Came);
        text.Append(CultureInfo.InvariantCulture, $"{title}: broken at {results.Count} of {all.Count} points, {results.Count(IsWrong)} of them wrong");
        text.Append(CultureInfo.InvariantCulture, $" ({missed} never came: the threads took another way)\n");
        AddTable(text, "kind", results, result => result.Fault.Kind.ToString());
        AddTable(text, "during", results, result => result.Fault.Point.During);
        foreach (var wrong in results.Where(IsWrong))
        {
            text.Append(wrong).Append('\n');
        }

        return text.ToString();
    }

    private static bool IsWrong(TrialResult result) => result.Problems.Count > 0;

    private static void AddTable(StringBuilder text, string heading, IReadOnlyList<TrialResult> results, Func<TrialResult, string> what)
    {
        var groups = results.GroupBy(what, StringComparer.Ordinal).ToList();
        var width = groups.Select(group => group.Key.Length).Append(heading.Length).Max();
        text.Append(CultureInfo.InvariantCulture, $"  {heading.PadRight(width)}  points  finished  wrong\n");
        foreach (var group in groups)
        {
            text.Append(CultureInfo.InvariantCulture, $"  {group.Key.PadRight(width)}  {group.Count(),6}  {group.Count(result => result.Finished),8}  {group.Count(IsWrong),5}\n");
        }
    }
}

using System.Text;
using Graft.Cli.Terminal;

namespace Graft.Cli.Commands.Doctor;

/// <summary>The findings as a person reads them: topics, and below each a state and a sentence; what to do stands below that.</summary>
internal static class DoctorText
{
    private const int Width = 80;
    private const int Indent = 11;

    public static string Of(IReadOnlyList<Topic> topics)
    {
        var text = new StringBuilder();
        foreach (var topic in topics)
        {
            text.Append(topic.Name).Append('\n');
            foreach (var finding in topic.Findings)
            {
                Add(text, DoctorDocument.Word(finding.State), finding.Message);
                if (finding.Hint is { } hint)
                {
                    Add(text, "", "-> " + hint);
                }
            }
        }

        return text.ToString();
    }

    private static void Add(StringBuilder text, string label, string words)
    {
        foreach (var (index, line) in WrappedText.Lines(Printable.Line(words), Width - Indent).Index())
        {
            text.Append((index == 0 ? $"  {label}" : "").PadRight(Indent)).Append(line).Append('\n');
        }
    }
}

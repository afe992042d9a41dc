using System.Text;

namespace Graft.Core.Hotfixes;

/// <summary>Writes the notes that a draft gets when none are given.</summary>
internal static class HotfixNotes
{
    public static string Write(HotfixFacts facts, HotfixPlan plan)
    {
        var text = new StringBuilder();
        text.Append("Hotfix of ").Append(plan.Base).Append(".\n");
        Table(text, "Built", plan.Builds.Select(build => (build.Reference.Name.Text, build.From, build.Reference.Version.ToString())));
        Table(text, "Changed", plan.Changes.Select(change => (change.Image, change.From, change.To)));
        text.Append('\n').Append(plan.Unchanged).Append(plan.Unchanged == 1 ? " image is" : " images are").Append(" unchanged from ").Append(facts.Product.TagOf(plan.Base)).Append(".\n");
        return text.ToString();
    }

    private static void Table(StringBuilder text, string title, IEnumerable<(string Image, string From, string To)> rows)
    {
        var first = true;
        foreach (var (image, from, to) in rows)
        {
            text.Append(first ? $"\n## {title}\n\n| image | from | to |\n|---|---|---|\n" : "");
            text.Append("| ").Append(image).Append(" | ").Append(from).Append(" | ").Append(to).Append(" |\n");
            first = false;
        }
    }
}

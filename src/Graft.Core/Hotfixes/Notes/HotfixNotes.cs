using System.Text;
using Graft.Core.Releases;

namespace Graft.Core.Hotfixes.Notes;

/// <summary>Writes the notes that a draft gets when none are given: what was fixed, which images it came with, and where to read on.</summary>
public static class HotfixNotes
{
    /// <summary>The most commits that are listed.</summary>
    public const int MostCommits = 100;

    private static readonly (FixKind Kind, string Title)[] Sections =
    [
        (FixKind.BreakingChange, "Breaking Changes"), (FixKind.NewFeature, "New Features"), (FixKind.Enhancement, "Enhancements"), (FixKind.Fix, "Fixes"), (FixKind.UnderTheHood, "Under the Hood"),
    ];

    /// <summary>The notes, as Markdown.</summary>
    public static string Write(HotfixFacts facts, HotfixPlan plan)
    {
        var text = new StringBuilder();
        text.Append("Hotfix of ").Append(plan.Base).Append(".\n");
        var chosen = FixReader.Choose(facts.Commits);
        var fixes = chosen.Take(MostCommits).Select(commit => FixReader.Read(commit, facts.PullRequests.GetValueOrDefault(commit.Id))).ToList();
        foreach (var (kind, title) in Sections)
        {
            List(text, title, fixes.Where(fix => fix.Kind == kind));
        }

        if (facts.Commits.Count > MostCommits)
        {
            text.Append("\nThe branch has more commits than are listed here.\n");
        }

        Table(text, "Built", plan.Builds.Select(build => (build.Reference.Name.Text, build.From, build.Reference.Version.ToString())));
        Table(text, "Changed", plan.Changes.Select(change => (change.Image, change.From, change.To)));
        text.Append('\n').Append(plan.Unchanged).Append(plan.Unchanged == 1 ? " image is" : " images are").Append(" unchanged from ").Append(facts.Product.TagOf(plan.Base)).Append(".\n");
        if (CompareLink.Of(facts.Product, facts.Product.TagOf(plan.Base), plan.Tag) is { } link)
        {
            text.Append("\n**Full Changelog**: ").Append(link).Append('\n');
        }

        return text.ToString();
    }

    private static void List(StringBuilder text, string title, IEnumerable<Fix> fixes)
    {
        var first = true;
        foreach (var fix in fixes)
        {
            text.Append(first ? $"\n## {title}\n\n" : "");
            text.Append("- ").Append(MarkdownText.Block(fix.Text)).Append(" (").Append(fix.PullRequest is { } number ? $"#{number}, " : "").Append(fix.Commit.Short).Append(")\n");
            first = false;
        }
    }

    private static void Table(StringBuilder text, string title, IEnumerable<(string Image, string From, string To)> rows)
    {
        var first = true;
        foreach (var (image, from, to) in rows)
        {
            text.Append(first ? $"\n## {title}\n\n| image | from | to |\n|---|---|---|\n" : "");
            text.Append("| ").AppendJoin(" | ", new[] { image, from, to }.Select(cell => MarkdownText.Cell(cell))).Append(" |\n");
            first = false;
        }
    }
}

using Graft.Core.Reviews;

namespace Graft.Cli.Reviews.Page;

/// <summary>The diffs of a page, each opening by itself; together no more than opens at once.</summary>
internal static class DiffSection
{
    // The whole page stays below 5 MB, whatever has to be escaped in a diff.
    private const int MostLetters = 3_000_000;
    private const int OpenLines = 500;

    public static void Write(PageText page, BranchReview changes, IReadOnlyList<FileDiff> diffs)
    {
        var found = diffs.ToDictionary(diff => diff.Path, StringComparer.Ordinal);
        var isOpen = changes.Lines <= OpenLines;
        var left = 0;
        foreach (var file in changes.Files)
        {
            if (page.Length > MostLetters || !found.TryGetValue(file.Path, out var diff))
            {
                left++;
                continue;
            }

            page.Markup(isOpen ? "<details open><summary>" : "<details><summary>").Element("code", file.Path).Markup(" ").Element("span class=\"quiet\"", ReviewWords.Lines(file)).Markup("</summary>\n");
            Write(page, file, diff);
            page.Markup("</details>\n");
        }

        if (left > 0)
        {
            page.Markup("<p>").Text($"{ReviewWords.Count(left, "file")} more, left out here: the change is too large for one page. `git diff` shows the rest.").Markup("</p>\n");
        }

        if (changes.Files.Count == 0)
        {
            page.Markup("<p>Nothing.</p>\n");
        }
    }

    private static void Write(PageText page, ReviewedFile file, FileDiff diff)
    {
        if (diff.Lines.Count > 0)
        {
            page.Markup("<pre>");
            foreach (var run in Runs(diff.Lines))
            {
                page.Markup($"<span class=\"{ClassOf(run[0].Kind)}\">");
                foreach (var line in run)
                {
                    page.Text(line.Text).Markup("\n");
                }

                page.Markup("</span>");
            }

            page.Markup("</pre>\n");
        }
        else if (!diff.IsCut)
        {
            page.Element("p", file.Status switch { FileStatus.Added => "An empty file came.", FileStatus.Deleted => "An empty file went.", _ => "No line differs." });
        }

        if (diff.IsCut)
        {
            page.Markup("<p>The rest of this file is left out: it is too large for this page. <code>git diff</code> shows it.</p>\n");
        }
    }

    private static IEnumerable<List<DiffLine>> Runs(IReadOnlyList<DiffLine> lines)
    {
        var run = new List<DiffLine>();
        foreach (var line in lines)
        {
            if (run.Count > 0 && run[0].Kind != line.Kind)
            {
                yield return run;
                run = [];
            }

            run.Add(line);
        }

        yield return run;
    }

    private static string ClassOf(DiffLineKind kind) => kind switch
    {
        DiffLineKind.Added => "came",
        DiffLineKind.Removed => "went",
        DiffLineKind.Place => "place",
        DiffLineKind.Note => "note",
        _ => "same",
    };
}

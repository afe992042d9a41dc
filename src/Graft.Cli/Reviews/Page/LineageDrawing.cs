using Graft.Core.Reviews;

namespace Graft.Cli.Reviews.Page;

/// <summary>
/// The lineage drawn, newest on top as git draws it: main to the left, the branch to the right, the base where they part. A line across says that main has the commit too; a broken one that it
/// has it changed. A list says the same to whoever does not see it.
/// </summary>
internal static class LineageDrawing
{
    private const int MostCommits = 15;
    private const int Row = 28;
    private const int Main = 14;
    private const int Branch = 46;
    private const int Words = 64;
    private const int MostLetters = 36;

    public static void Write(PageText page, HotfixReview review)
    {
        var changes = review.Changes;
        var shown = changes.Commits.Take(MostCommits).ToList();
        var more = changes.Commits.Count - shown.Count;
        var rows = shown.Count + (more > 0 ? 1 : 0) + 2;
        var bottom = ((rows - 1) * Row) + (Row / 2);
        page.Markup($"<svg role=\"img\" aria-labelledby=\"lineage-words\" viewBox=\"0 0 340 {rows * Row}\"><title id=\"lineage-words\">")
            .Text($"{changes.Main} and {review.Branch ?? "HEAD"} part at {review.Base}; {ReviewWords.Count(changes.Commits.Count, "commit")} on the branch, as listed under Commits")
            .Markup("</title>")
            .Markup($"<path class=\"main\" d=\"M{Main} {Row / 2}V{bottom}\"/><path class=\"branch\" d=\"M{Branch} {Row + (Row / 2)}V{bottom - Row}Q{Branch} {bottom} {Main} {bottom}\"/>");
        Label(page, Words, Row / 2, $"{changes.Main}, left; {review.Branch ?? "HEAD"}, right");
        for (var index = 0; index < shown.Count; index++)
        {
            Commit(page, shown[index], ((index + 1) * Row) + (Row / 2));
        }

        if (more > 0)
        {
            Label(page, Words, bottom - Row, $"and {more} more");
        }

        page.Markup($"<circle class=\"base\" cx=\"{Main}\" cy=\"{bottom}\" r=\"6\"/>");
        Label(page, Words, bottom, review.Base);
        page.Markup("</svg>\n");
    }

    private static void Commit(PageText page, ReviewedCommit commit, int y)
    {
        if (commit.OnMain is OnMain.Same or OnMain.Similar)
        {
            page.Markup($"<path class=\"link{(commit.OnMain == OnMain.Similar ? " loose" : "")}\" d=\"M{Main} {y}H{Branch}\"/><circle class=\"dot\" cx=\"{Main}\" cy=\"{y}\" r=\"4\"/>");
        }

        page.Markup(commit.Commit.IsMerge
            ? $"<path class=\"dot\" d=\"M{Branch - 6} {y}l6 -6l6 6l-6 6z\"/>"
            : $"<circle class=\"dot\" cx=\"{Branch}\" cy=\"{y}\" r=\"5\"/>");
        Label(page, Words, y, $"{commit.Commit.Id.Short} {commit.Commit.Subject}");
    }

    private static void Label(PageText page, int x, int y, string text) =>
        page.Markup($"<text x=\"{x}\" y=\"{y + 4}\">").Text(text.Length > MostLetters ? text[..(MostLetters - 1)] + "…" : text).Markup("</text>");
}

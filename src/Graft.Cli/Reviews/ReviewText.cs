using System.Text;
using Graft.Cli.Terminal;
using Graft.Core.Affected;
using Graft.Core.Reviews;

namespace Graft.Cli.Reviews;

/// <summary>A review on one screen: 80 columns, no colour; of the longest part the rest is counted.</summary>
internal sealed class ReviewText
{
    private const int Width = 80;
    private const int MostRows = 28;
    private const int FewestRows = 3;
    private readonly StringBuilder text = new();
    private readonly HotfixReview review;
    private readonly bool isWhole;

    private ReviewText(HotfixReview review, bool isWhole) => (this.review, this.isWhole) = (review, isWhole);

    /// <summary>The whole text; <paramref name="isWhole"/> cuts nothing.</summary>
    public static string Of(HotfixReview review, bool isWhole) => new ReviewText(review, isWhole).Write();

    /// <summary>Commits and files in a few lines, for before a question.</summary>
    public static IReadOnlyList<string> Brief(BranchReview changes, string from)
    {
        const int most = 5;
        List<string> lines = [$"since {from}: {Summary(changes)}"];
        lines.AddRange(changes.Commits.Take(most).Select(commit => $"  {commit.Commit.Id.Short}  {Cut(commit.Commit.Subject, 40)}  {ReviewWords.OnMain(commit, changes.Main)}"));
        lines.AddRange(changes.Commits.Count > most ? [$"  and {changes.Commits.Count - most} more"] : []);
        lines.AddRange(changes.Files.Take(most).Select(file => $"  {ReviewWords.Letter(file.Status)}  {file.Path}  {ReviewWords.Lines(file)}"));
        lines.AddRange(changes.Files.Count > most ? [$"  and {changes.Files.Count - most} more"] : []);
        return ReviewWords.Elsewhere(changes) is { } elsewhere ? [.. lines, $"  {elsewhere}"] : lines;
    }

    private static string Summary(BranchReview changes) =>
        $"{ReviewWords.Count(changes.Commits.Count, "commit")}, {ReviewWords.Count(changes.Files.Count, "file")}, +{changes.Added} -{changes.Removed}";

    private string Write()
    {
        var changes = review.Changes;
        var affected = review.Affected.Affected.ToList();
        var rows = Share(changes.Commits.Count, changes.Files.Count, affected.Count);
        Wrapped("", $"{review.Branch ?? "no branch"} at {review.Head.Short}, against {review.Base}:");
        Line(Summary(changes));
        if (ReviewWords.Elsewhere(changes) is { } elsewhere)
        {
            Wrapped("", elsewhere);
        }

        Part("commits", changes.Commits, rows[0], CommitLines);
        Part("files", changes.Files, rows[1], FileLines);
        Part($"affected images: {affected.Count} of {review.Affected.Images.Count}", affected, rows[2], ImageLines);
        if (review.Guards.Count > 0)
        {
            text.Append("\nguards\n");
        }

        foreach (var finding in review.Guards)
        {
            Wrapped($"  {ReviewWords.Label(finding)}  ", $"{finding.Message} [{finding.Guard}]");
            if (finding.Hint is { } hint && !finding.Allowed)
            {
                Wrapped("  hint     ", hint);
            }
        }

        return text.ToString();
    }

    // The longest part gives way first.
    private int[] Share(params int[] rows)
    {
        while (!isWhole && rows.Sum() > MostRows && rows.Max() > FewestRows)
        {
            rows[Array.IndexOf(rows, rows.Max())]--;
        }

        return rows;
    }

    private void Part<T>(string title, IReadOnlyList<T> items, int rows, Action<T> write)
    {
        if (items.Count == 0)
        {
            text.Append('\n').Append(title.Contains(':', StringComparison.Ordinal) ? title : $"{title}: none").Append('\n');
            return;
        }

        text.Append('\n').Append(title).Append('\n');
        foreach (var item in items.Take(rows))
        {
            write(item);
        }

        if (rows < items.Count)
        {
            text.Append("  and ").Append(items.Count - rows).Append(" more\n");
        }
    }

    private void CommitLines(ReviewedCommit commit)
    {
        const int subject = 38, author = 16;
        Line($"  {commit.Commit.Id.Short}  {Cut(commit.Commit.Subject, subject).PadRight(subject)}  {Cut(commit.Commit.Author, author)}");
        Wrapped("            ", string.Join("; ", commit.Picks.Select(ReviewWords.Pick).Prepend(ReviewWords.OnMain(commit, review.Changes.Main))));
    }

    private void FileLines(ReviewedFile file)
    {
        var tail = $"{ReviewWords.Lines(file)}{(file.Special is null ? "" : $"  {file.Special}")}";
        var room = isWhole ? int.MaxValue : Math.Max(20, Width - 7 - tail.Length);
        Line($"  {ReviewWords.Letter(file.Status)}  {CutFront(file.Path, room)}  {tail}");
    }

    private void ImageLines(ImageEffect image)
    {
        var more = image.Reasons.Count - 1;
        Line($"  {image.Source.Image.Text}");
        foreach (var (reason, index) in image.Reasons.Take(isWhole ? int.MaxValue : 1).Select((reason, index) => (reason, index)))
        {
            Wrapped("      ", ReviewWords.Reason(reason) + (!isWhole && more > 0 && index == 0 ? $" (and {more} more)" : ""));
        }
    }

    private void Line(string line) => text.Append(Printable.Line(line).TrimEnd()).Append('\n');

    private void Wrapped(string before, string sentence)
    {
        foreach (var line in WrappedText.Lines(Printable.Line(sentence), Width - before.Length))
        {
            Line(before + line);
            before = new string(' ', before.Length);
        }
    }

    private static string Cut(string words, int most) => words.Length <= most ? words : words[..(most - 1)] + "…";

    private static string CutFront(string path, int most) => path.Length <= most ? path : "…" + path[^(most - 1)..];
}

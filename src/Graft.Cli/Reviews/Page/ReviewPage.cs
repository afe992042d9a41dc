using Graft.Core.Reviews;

namespace Graft.Cli.Reviews.Page;

/// <summary>
/// A review as one page of HTML for whoever approves it: without a script, and nothing in it is loaded from elsewhere. The same review makes the same bytes.
/// </summary>
internal sealed class ReviewPage
{
    /// <summary>What tells such a page from any other file.</summary>
    public const string Mark = "<meta name=\"generator\" content=\"graft hotfix review\">";

    private const int MostRows = 3000;
    private const int MostReasons = 50;
    private readonly PageText page = new();
    private readonly HotfixReview review;

    private ReviewPage(HotfixReview review) => this.review = review;

    /// <summary>The page. Files of which no diff is given are named as left out.</summary>
    public static string Of(HotfixReview review, IReadOnlyList<FileDiff> diffs)
    {
        var whole = new ReviewPage(review);
        whole.Head();
        whole.Guards();
        whole.Section("lineage", "Lineage", () => LineageDrawing.Write(whole.page, review));
        whole.Commits();
        whole.Images();
        whole.Files();
        whole.Section("diffs", "What changed", () => DiffSection.Write(whole.page, review.Changes, diffs));
        whole.page.Markup("</main>\n<footer><p class=\"quiet\">").Text($"graft hotfix review of {review.Product}, {review.BaseCommit} to {review.Head}").Markup("</p></footer>\n</body>\n</html>\n");
        return whole.page.ToString();
    }

    private void Head()
    {
        var title = $"{review.Branch ?? review.Head.Short} against {review.Base}";
        var changes = review.Changes;
        page.Markup("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n").Markup(Mark)
            .Markup("\n<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n")
            .Element("title", $"{title} · {review.Product}").Markup("\n<style>\n").Markup(PageStyle.Css).Markup("\n</style>\n</head>\n<body>\n<header>\n")
            .Element("h1", title).Markup("\n<p>")
            .Text($"{review.Product}: {ReviewWords.Count(changes.Commits.Count, "commit")}, {ReviewWords.Count(changes.Files.Count, "file")}, +{changes.Added} -{changes.Removed}, {ReviewWords.Count(review.Affected.Affected.Count(), "affected image")} of {review.Affected.Images.Count}. ")
            .Element($"span class=\"{(review.IsRefused ? "bad" : "good")}\"", review.IsRefused ? "Guards refuse it." : "No guard refuses it.")
            .Markup("</p>\n<p class=\"quiet\">HEAD is ").Element("code", review.Head.ToString()).Markup(".</p>\n");
        if (ReviewWords.Elsewhere(changes) is { } elsewhere)
        {
            page.Element("p class=\"call\"", elsewhere).Markup("\n");
        }

        page.Markup("</header>\n<main>\n");
    }

    private void Guards() => Section("guards", "Guards", () =>
    {
        if (review.Guards.Count == 0)
        {
            page.Markup("<p>None fired.</p>\n");
            return;
        }

        page.Markup("<ul>\n");
        foreach (var finding in review.Guards)
        {
            page.Markup("<li>").Element($"span class=\"{(finding.Refuses ? "bad" : "warn")}\"", ReviewWords.Label(finding)).Markup(" ").Element("code", finding.Guard).Markup(" ").Text(finding.Message);
            if (finding is { Hint: { } hint, Allowed: false })
            {
                page.Element("p class=\"quiet\"", hint);
            }

            page.Markup("</li>\n");
        }

        page.Markup("</ul>\n");
    });

    private void Commits() => Section("commits", "Commits", () =>
    {
        var commits = review.Changes.Commits;
        Table("Newest first.", ["Commit", "Subject", "Author", $"On {review.Changes.Main}"], commits, commit =>
        {
            var words = string.Join("; ", commit.Picks.Select(ReviewWords.Pick).Prepend(ReviewWords.OnMain(commit, review.Changes.Main)));
            page.Markup("<th scope=\"row\">").Element("code", commit.Commit.Id.Short).Markup("</th>").Element("td", commit.Commit.Subject).Element("td", commit.Commit.Author)
                .Element($"td class=\"{(commit.OnMain == OnMain.Same ? "good" : "warn")}\"", words);
        });
    });

    private void Images() => Section("images", "Affected images", () =>
    {
        foreach (var image in review.Affected.Affected)
        {
            page.Markup("<details><summary>").Element("code", image.Source.Image.Text).Markup(" ").Element("span class=\"quiet\"", ReviewWords.Count(image.Reasons.Count, "reason")).Markup("</summary>\n<ul>\n");
            foreach (var reason in image.Reasons.Take(MostReasons))
            {
                page.Element("li", ReviewWords.Reason(reason)).Markup("\n");
            }

            page.Markup("</ul>\n");
            Rest(image.Reasons.Count - MostReasons);
            page.Markup("</details>\n");
        }

        if (!review.Affected.Affected.Any())
        {
            page.Markup("<p>None.</p>\n");
        }
    });

    private void Files() => Section("files", "Files", () => Table("Paths from the repository's root.", ["Path", "Change", "Lines", "Look twice"], review.Changes.Files, file => page
        .Markup("<th scope=\"row\">").Element("code", file.Path).Markup("</th>").Element("td", file.Status.ToString()).Element("td class=\"count\"", ReviewWords.Lines(file))
        .Element($"td class=\"{(file.Special is null ? "quiet" : "warn")}\"", file.Special ?? "")));

    private void Table<T>(string caption, IReadOnlyList<string> columns, IReadOnlyList<T> items, Action<T> row)
    {
        if (items.Count == 0)
        {
            page.Markup("<p>None.</p>\n");
            return;
        }

        page.Markup("<table class=\"wide\">").Element("caption", caption).Markup("<thead><tr>");
        foreach (var column in columns)
        {
            page.Element("th scope=\"col\"", column);
        }

        page.Markup("</tr></thead>\n<tbody>\n");
        foreach (var item in items.Take(MostRows))
        {
            page.Markup("<tr>");
            row(item);
            page.Markup("</tr>\n");
        }

        page.Markup("</tbody></table>\n");
        Rest(items.Count - MostRows);
    }

    private void Section(string id, string title, Action write)
    {
        page.Markup($"<section aria-labelledby=\"{id}\">\n<h2 id=\"{id}\">").Text(title).Markup("</h2>\n");
        write();
        page.Markup("</section>\n");
    }

    private void Rest(int more)
    {
        if (more > 0)
        {
            page.Markup($"<p>and {more} more</p>\n");
        }
    }
}

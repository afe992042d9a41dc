using System.Globalization;
using Graft.Testing;

namespace Graft.Cli.Tests;

/// <summary><c>hotfix review --html</c>: one file that stands by itself, whatever is in the branch.</summary>
public sealed class ReviewPageTests : IDisposable
{
    private readonly SampleProduct product = new();

    private TemporaryRepository Git => product.Repository;

    public void Dispose() => product.Dispose();

    [Fact]
    public void Loads_nothing_and_runs_nothing()
    {
        var page = Page();

        Assert.StartsWith("<!DOCTYPE html>\n<html lang=\"en\">", page, StringComparison.Ordinal);
        Assert.Contains("content=\"default-src 'none'; style-src 'unsafe-inline'\"", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", page, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("src=", page, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("href=", page, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("url(", page, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void Shows_commits_images_with_reasons_and_diffs()
    {
        var page = Page();

        Assert.Contains("<td>Let sessions last an hour</td>", page, StringComparison.Ordinal);
        Assert.Contains("<details><summary><code>acme/api</code>", page, StringComparison.Ordinal);
        Assert.Contains("<li>src/api/app/session.conf -&gt; src/api/Dockerfile:2: COPY takes &#39;app/&#39;</li>", page, StringComparison.Ordinal);
        Assert.Contains("<span class=\"went\">-timeout = 0\n</span><span class=\"came\">+timeout = 3600\n</span>", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Is_the_same_for_the_same_branch() => Assert.Equal(Page(), Page());

    [Fact]
    public void Escapes_what_comes_from_outside_and_shows_what_cannot_be_seen()
    {
        Git.Commit("<b>bold</b> & \u202Eback", ("src/web/public/'a\" <i>.html", "<script>alert(1)</script>\u001b[31m\u200B\n"));

        var page = Page();

        Assert.Contains("&lt;b&gt;bold&lt;/b&gt; &amp; \\u202Eback", page, StringComparison.Ordinal);
        Assert.Contains("+&lt;script&gt;alert(1)&lt;/script&gt;␛[31m\\u200B\n", page, StringComparison.Ordinal);
        Assert.Contains("<code>src/web/public/&#39;a&quot; &lt;i&gt;.html</code>", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Names_binary_files_and_cuts_large_ones()
    {
        Git.Commit("More", ("logo.png", "\0png"), ("large.txt", string.Concat(Enumerable.Repeat("a line of a large file\n", 10_000))));

        var page = Page();

        Assert.Contains("Binary files /dev/null and b/logo.png differ", page, StringComparison.Ordinal);
        Assert.Contains("The rest of this file is left out", page, StringComparison.Ordinal);
        Assert.True(page.Length < 300_000, page.Length.ToString(CultureInfo.InvariantCulture));
    }

    [Fact]
    public void Stays_below_five_megabytes_with_two_thousand_changed_files()
    {
        var text = string.Concat(Enumerable.Range(0, 200).Select(line => $"line {line} <&> of a file\n"));
        Git.Commit("Everything", [.. Enumerable.Range(0, 2000).Select(number => ($"src/web/public/{number}.html", text))]);

        Page();

        Assert.InRange(new FileInfo(Git.Beside("review.html")).Length, 1_000_000, 5_000_000);
        Assert.Contains("more, left out here: the change is too large for one page", File.ReadAllText(Git.Beside("review.html")), StringComparison.Ordinal);
    }

    [Fact]
    public void Replaces_a_page_and_nothing_else()
    {
        var other = Git.Beside("notes.html");
        File.WriteAllText(other, "mine");

        var result = product.Run($"hotfix review --html {other}");

        Assert.Equal(4, result.ExitCode);
        Assert.Contains("is there already, and is no page of a review", result.Error, StringComparison.Ordinal);
        Assert.Equal("mine", File.ReadAllText(other));
        Assert.Equal(4, product.Run($"hotfix review --html {Git.Around}").ExitCode);
    }

    [Fact]
    public void Is_kept_with_the_run()
    {
        var hotfix = product.CutHotfix();

        var page = product.Read($".graft/runs/{hotfix}/review.html");

        Assert.Contains("<td>Let sessions last an hour</td>", page, StringComparison.Ordinal);
        Assert.Contains("<span class=\"warn\">allowed</span> <code>affected-not-built</code>", page, StringComparison.Ordinal);
        Assert.EndsWith("</html>\n", page, StringComparison.Ordinal);
    }

    private string Page()
    {
        product.Run($"hotfix review --html {Git.Beside("review.html")}");
        return File.ReadAllText(Git.Beside("review.html"));
    }
}

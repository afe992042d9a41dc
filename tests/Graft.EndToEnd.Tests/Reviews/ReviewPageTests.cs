using System.Text.Json;
using Graft.Adapters.Processes;
using Graft.Testing;

namespace Graft.EndToEnd.Tests.Reviews;

/// <summary>The page of a review in a real browser: nothing is asked of anybody, and axe, which knows what a screen reader needs, finds nothing.</summary>
public sealed class ReviewPageTests : IDisposable
{
    private const string Missing = "chromium, node, or the packages that drive them are not here: .ci/run installs them";

    private static readonly string Packages = SourceTree.At("artifacts", "browser", "node_modules");
    private static readonly string Pictures = SourceTree.At("artifacts", "review-pictures");

    private readonly SampleProduct product = new();

    public void Dispose() => product.Dispose();

    [Fact]
    public async Task Is_quiet_accessible_and_fits_narrow_and_wide_light_and_dark()
    {
        var chromium = Require();
        var git = product.Repository;
        git.Git("cherry-pick", "-x", "origin/main");
        git.Commit(
            "A <script>alert(1)</script> of \"quotes\" & a long word " + new string('w', 200),
            ("src/base/etc/acme.conf", "log = debug\n"),
            ("src/api/package-lock.json", "{ \"<img src=x onerror=alert(1)>\": 1 }\n" + new string('x', 5000) + "\n"),
            ("src/web/public/a/very/long/way/down/to/a/file/whose/path/does/not/fit/on/a/narrow/screen/at/all.html", "<p>\n"),
            ("logo.png", "\0png"));
        git.Git("merge", "--quiet", "--no-edit", "origin/main");
        Directory.CreateDirectory(Pictures);
        var page = git.Beside("review.html");
        product.Run($"hotfix review --html {page}");

        var seen = await RunAsync("look.mjs", chromium, page, Pictures);

        Assert.Equal(4, seen.GetProperty("looks").GetInt32());
        foreach (var nothing in new[] { "errors", "requests", "violations", "overflow" })
        {
            Assert.Equal("[]", seen.GetProperty(nothing).GetRawText());
        }

        Assert.Equal(4, Directory.GetFiles(Pictures, "review-*.png").Length);
    }

    [Fact]
    public async Task Opens_with_two_thousand_files()
    {
        var chromium = Require();
        var git = product.Repository;
        git.Commit("Everything", [.. Enumerable.Range(0, 2000).Select(number => ($"src/web/public/{number}.html", string.Concat(Enumerable.Range(0, 40).Select(line => $"<p>{line} of {number}</p>\n"))))]);
        var page = git.Beside("review.html");
        product.Run($"hotfix review --html {page}");

        var seen = await RunAsync("open.mjs", chromium, page);

        Console.WriteLine($"a review of 2,000 files: {new FileInfo(page).Length / 1024} KiB, loaded after {seen.GetProperty("loaded")} ms, all of it open after {seen.GetProperty("opened")} ms");
        Assert.Equal("[]", seen.GetProperty("errors").GetRawText());
        Assert.Equal("[]", seen.GetProperty("requests").GetRawText());
        Assert.Contains("src/web/public/1999.html", seen.GetProperty("text").GetString(), StringComparison.Ordinal);
    }

    private static string Require()
    {
        var chromium = Find("chromium");
        Assert.SkipUnless(chromium is not null && Find("node") is not null && File.Exists(Path.Combine(Packages, "axe-core", "axe.min.js")), Missing);
        return chromium;
    }

    private static async Task<JsonElement> RunAsync(string script, params string[] arguments)
    {
        using var home = new TemporaryFolder();
        var call = new ProgramCall
        {
            Program = "node",
            Arguments = [SourceTree.At("tests", "Graft.EndToEnd.Tests", "Reviews", script), Packages, .. arguments],
            Environment = new Dictionary<string, string?> { ["HOME"] = home.Path },
        };
        var result = await new ProgramRunner().RunAsync(call, TestContext.Current.CancellationToken);
        Assert.True(result.Succeeded, result.Error);
        using var document = JsonDocument.Parse(result.Text);
        return document.RootElement.Clone();
    }

    private static string? Find(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Select(folder => Path.Combine(folder, program)).FirstOrDefault(File.Exists);
}

using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using Graft.Adapters.Http;
using Graft.Core.Failures;

namespace Graft.Adapters.GitHub;

/// <summary>
/// Reads the list of releases, page by page. A page that is here as GitHub has it costs a conditional request, which counts against no limit. A list
/// without an end, or one that breaks off, is an outside failure.
/// </summary>
internal sealed partial class ReleasePages(GitHubRepository repository, PageStore store)
{
    private const int MostPages = 1000;

    /// <summary>Every release, each once; drafts too for those who may write.</summary>
    public async Task<IReadOnlyList<ReleaseResource>> ReadAsync(CancellationToken cancellationToken)
    {
        var first = await ReadPageAsync(repository.PathOf("releases?per_page=100"), cancellationToken);
        List<ListPage> pages = [first, .. await ReadSideBySideAsync(PagesAfter(first), cancellationToken)];
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var next = pages[^1].Next; next is not null; next = pages[^1].Next)
        {
            if (!seen.Add(next) || pages.Count > MostPages)
            {
                throw GraftException.Outside($"the list of releases of {repository.Subject} has no end");
            }

            pages.Add(await ReadPageAsync(next, cancellationToken));
        }

        // A release that is made meanwhile pushes another over to the next page.
        return [.. pages.SelectMany(page => page.Releases).DistinctBy(release => release.Id)];
    }

    private async Task<ListPage[]> ReadSideBySideAsync(IReadOnlyList<string> paths, CancellationToken cancellationToken)
    {
        var pages = new ListPage[paths.Count];
        var options = new ParallelOptions { MaxDegreeOfParallelism = GitHubHost.MostAtOnce, CancellationToken = cancellationToken };
        await Parallel.ForAsync(0, paths.Count, options, async (index, token) => pages[index] = await ReadPageAsync(paths[index], token));
        return pages;
    }

    // The first page says which is the last: those between need not wait for each other. Nothing when it does not say it as GitHub does.
    private static IReadOnlyList<string> PagesAfter(ListPage first)
    {
        if (first is not { Next: { } next, Last: { } last } || Numbered().Match(next) is not { Success: true } two || Numbered().Match(last) is not { Success: true } end
            || two.Groups["before"].Value != end.Groups["before"].Value || two.Groups["after"].Value != end.Groups["after"].Value || two.Groups["page"].Value != "2")
        {
            return [];
        }

        var count = int.Parse(end.Groups["page"].Value, CultureInfo.InvariantCulture);
        return count is < 2 or > MostPages ? [] : [.. Enumerable.Range(2, count - 1).Select(page => $"{two.Groups["before"].Value}{page}{two.Groups["after"].Value}")];
    }

    private async Task<ListPage> ReadPageAsync(string path, CancellationToken cancellationToken)
    {
        var known = await store.FindAsync(path, cancellationToken);
        var page = await repository.Host.RunAsync(
            async token =>
            {
                using var reply = await repository.Host.SendAsync(new GitHubRequest(HttpMethod.Get, path, repository.Subject) { Known = known?.Version }, token);
                return reply.Status == HttpStatusCode.NotModified && known is not null ? known
                    : reply.Status != HttpStatusCode.OK ? throw await repository.Host.UnexpectedAsync(reply, repository.Subject, token)
                    : new ListPage(reply.Find("ETag") ?? "", NextPage.Of(reply), NextPage.Of(reply, "last"), await repository.Host.ReadAsync(reply, repository.Subject, GitHubJson.Default.ListReleaseResource, token));
            },
            cancellationToken);
        if (page != known)
        {
            await store.KeepAsync(path, page, cancellationToken);
        }

        return page;
    }

    [GeneratedRegex(@"\A(?<before>.*[?&]page=)(?<page>[0-9]{1,6})(?<after>.*)\z")]
    private static partial Regex Numbered();
}

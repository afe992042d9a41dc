using System.Net;
using Graft.Adapters.Http;
using Graft.Core.Failures;

namespace Graft.Adapters.GitHub;

/// <summary>
/// Reads the list of releases, page by page. A page that is here as GitHub has it costs a conditional request, which counts against no limit. A list
/// without an end, or one that breaks off, is an outside failure.
/// </summary>
internal sealed class ReleasePages(GitHubRepository repository, PageStore store)
{
    private const int MostPages = 1000;

    /// <summary>Every release, each once; drafts too for those who may write.</summary>
    public async Task<IReadOnlyList<ReleaseResource>> ReadAsync(CancellationToken cancellationToken)
    {
        var releases = new Dictionary<long, ReleaseResource>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var next = repository.PathOf("releases?per_page=100"); next is not null;)
        {
            if (!seen.Add(next) || seen.Count > MostPages)
            {
                throw GraftException.Outside($"the list of releases of {repository.Subject} has no end");
            }

            var page = await ReadPageAsync(next, cancellationToken);
            foreach (var release in page.Releases)
            {
                // A release that is made meanwhile pushes another over to the next page.
                releases.TryAdd(release.Id, release);
            }

            next = page.Next;
        }

        return [.. releases.Values];
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
                    : new ListPage(reply.Find("ETag") ?? "", NextPage.Of(reply), await repository.Host.ReadAsync(reply, repository.Subject, GitHubJson.Default.ListReleaseResource, token));
            },
            cancellationToken);
        if (page != known)
        {
            await store.KeepAsync(path, page, cancellationToken);
        }

        return page;
    }
}

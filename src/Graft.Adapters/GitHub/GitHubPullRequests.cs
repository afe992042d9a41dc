using System.Net;
using Graft.Adapters.Http;
using Graft.Core.Releases;

namespace Graft.Adapters.GitHub;

/// <summary>The pull requests of a repository on GitHub.</summary>
internal sealed class GitHubPullRequests(GitHubRepository repository) : IPullRequests
{
    /// <inheritdoc/>
    public async Task<PullRequest?> FindAsync(int number, CancellationToken cancellationToken)
    {
        var found = await repository.Host.AskAsync(
            new GitHubRequest(HttpMethod.Get, repository.PathOf($"pulls/{number}"), repository.Subject), GitHubJson.Default.PullRequestResource, isAbsenceKnown: true, cancellationToken);
        return found is null ? null : Read(found);
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<PullRequest>> ListAsync(CommitId commit, CancellationToken cancellationToken)
    {
        var found = new List<PullRequest>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var next = repository.PathOf($"commits/{commit}/pulls?per_page=100"); next is not null && seen.Add(next);)
        {
            next = await repository.Host.RunAsync(
                async token =>
                {
                    using var reply = await repository.Host.SendAsync(new GitHubRequest(HttpMethod.Get, next, repository.Subject), token);
                    // GitHub has not heard of the commit.
                    if (reply.Status is HttpStatusCode.NotFound or HttpStatusCode.UnprocessableEntity)
                    {
                        return null;
                    }

                    var page = reply.Status == HttpStatusCode.OK
                        ? await repository.Host.ReadAsync(reply, repository.Subject, GitHubJson.Default.ListPullRequestResource, token)
                        : throw await repository.Host.UnexpectedAsync(reply, repository.Subject, token);
                    found.AddRange(page.Select(Read));
                    return NextPage.Of(reply);
                },
                cancellationToken);
        }

        return found;
    }

    private static PullRequest Read(PullRequestResource found) => new(
        found.Number,
        found.Title ?? "",
        found.Body ?? "",
        found.User?.Login ?? "ghost",
        [.. (found.Labels ?? []).Select(label => label.Name).OfType<string>()],
        found.HtmlUrl ?? "")
    {
        IsMerged = found.MergedAt is not null,
        // Before it is merged, it is the commit of a trial.
        MergeCommit = found.MergedAt is not null && CommitId.TryParse(found.MergeCommitSha, out var merge) ? merge : null,
        Head = CommitId.TryParse(found.Head?.Sha, out var head) ? head : null,
        BaseBranch = found.Base?.Ref ?? "",
    };
}

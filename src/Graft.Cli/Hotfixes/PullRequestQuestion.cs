using Graft.Core.Failures;
using Graft.Core.Hotfixes;
using Graft.Core.Hotfixes.Notes;
using Graft.Core.Releases;

namespace Graft.Cli.Hotfixes;

/// <summary>Asks a forge which of its pull requests the fixes came with, for the notes.</summary>
internal static class PullRequestQuestion
{
    private const int AtOnce = 8;

    /// <summary>The facts with the pull requests, where notes are to be written and there is a forge; one that fails has nothing to say, which keeps no hotfix from being cut.</summary>
    public static async Task<HotfixFacts> AskAsync(IPullRequests? forge, HotfixRequest request, HotfixFacts facts, CancellationToken cancellationToken)
    {
        if (forge is null || !request.Draft || request.Notes is not null)
        {
            return facts;
        }

        var commits = FixReader.Choose(facts.Commits).Take(HotfixNotes.MostCommits).ToList();
        var found = new PullRequest?[commits.Count];
        try
        {
            await Parallel.ForAsync(0, commits.Count, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken }, async (index, cancellation) =>
                found[index] = (await forge.ListAsync(commits[index].Id, cancellation)).Where(candidate => candidate.IsMerged).MinBy(candidate => candidate.Number));
        }
        catch (GraftException exception) when (exception.Kind == FailureKind.Outside)
        {
            // Those that were found are as good as before.
        }

        return facts with
        {
            PullRequests = commits.Zip(found).Where(pair => pair.Second is not null).ToDictionary(pair => pair.First.Id, pair => pair.Second!),
        };
    }
}

using Graft.Adapters.Git;
using Graft.Core.Affected;
using Graft.Core.Failures;
using Graft.Core.Products;
using Graft.Core.Releases;
using Graft.Core.Reviews;

namespace Graft.Cli.Reviews;

/// <summary>
/// Asks git what the branch has over its base, and whether main has it too. Four processes, and up to four more where something has to be compared: never more with more commits. Of main
/// only the commits are read that touch what the branch touches.
/// </summary>
internal sealed class BranchQuestion(GitRepository git, Product product)
{
    private readonly string main = $"{product.Remote}/{product.Main}";

    /// <summary>The answer. What cannot be compared is unknown; only what cannot be read at all is a failure.</summary>
    public async Task<BranchReview> AskAsync(CommitId from, Task<IReadOnlyList<FileChange>> readChanges, CancellationToken cancellationToken)
    {
        var readMain = git.FindCommitAsync($"refs/remotes/{main}", cancellationToken);
        var readCounts = git.CountLinesAsync(from, git.Head, cancellationToken);
        var commits = await git.ReadCommitsAsync(from, git.Head, cancellationToken);
        var (reviewed, problem) = await CompareAsync(from, commits, await readMain, cancellationToken);
        return new BranchReview(main, reviewed, ReviewedFile.Of(await readChanges, await readCounts), problem);
    }

    private async Task<(IReadOnlyList<ReviewedCommit> Commits, string? Problem)> CompareAsync(
        CommitId from, IReadOnlyList<BranchCommit> commits, CommitId? tip, CancellationToken cancellationToken)
    {
        var comparison = new MainComparison
        {
            Commits = commits,
            NotOnMain = null,
            Candidates = null,
            Sources = new Dictionary<string, CommitId?>(StringComparer.Ordinal),
            SourcesOnMain = new HashSet<CommitId>(),
            Fingerprints = new Dictionary<CommitId, string>(),
            IsIncomplete = git.IsShallow,
        };
        if (commits.Count == 0)
        {
            return ([], null);
        }

        try
        {
            var sources = git.FindCommitsAsync([.. commits.SelectMany(commit => commit.PickedFrom).Distinct(StringComparer.Ordinal)], cancellationToken);
            if (tip is not null)
            {
                comparison = await ReadMainAsync(comparison, from, tip, sources, cancellationToken);
            }

            comparison = comparison with { Sources = await sources };
            comparison = comparison with { Fingerprints = await git.ReadFingerprintsAsync([.. comparison.Compared()], cancellationToken) };
            var problem = tip is null ? $"'{main}' is not here: `git fetch {product.Remote}`" : git.IsShallow ? "the clone is shallow" : null;
            return (comparison.Review(), problem);
        }
        catch (GraftException unreadable) when (unreadable.Kind == FailureKind.Outside && !cancellationToken.IsCancellationRequested)
        {
            return ((comparison with { IsIncomplete = true }).Review(), unreadable.Message);
        }
    }

    private async Task<MainComparison> ReadMainAsync(
        MainComparison comparison, CommitId from, CommitId tip, Task<IReadOnlyDictionary<string, CommitId?>> readSources, CancellationToken cancellationToken)
    {
        var outside = await git.ReadCommitsOutsideAsync(git.Head, from, tip, cancellationToken);
        comparison = comparison with { NotOnMain = outside };
        var paths = comparison.Commits.Where(commit => outside.Contains(commit.Id)).SelectMany(commit => commit.Paths).Distinct(StringComparer.Ordinal).ToList();
        // A path that is not UTF-8, or has a line break, is written in another way here than git would find it by.
        var isAskable = paths.TrueForAll(path => !path.AsSpan().ContainsAny('\n', '\0') && !path.Contains("\\x", StringComparison.Ordinal));
        var candidates = paths.Count == 0 ? [] : await git.ReadCommitsOnPathsAsync(git.Head, tip, isAskable ? paths : [], cancellationToken);
        var sources = (await readSources).Values.OfType<CommitId>().Distinct().ToList();
        var there = candidates.Select(candidate => candidate.Id).ToHashSet();
        there.UnionWith(await git.FindAncestorsAsync([.. sources.Where(source => !there.Contains(source))], tip, cancellationToken));
        return comparison with { Candidates = candidates, SourcesOnMain = sources.Where(there.Contains).ToHashSet() };
    }
}

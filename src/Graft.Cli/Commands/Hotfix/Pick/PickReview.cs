using Graft.Adapters.Git;
using Graft.Core.Failures;
using Graft.Core.Hotfixes.Picks;
using Graft.Core.Releases;

namespace Graft.Cli.Commands.Hotfix.Pick;

/// <summary>Looks at what was picked: each change beside its source, and what it may stand on that the branch has not. No longer than <see cref="Patience"/>.</summary>
internal sealed class PickReview(GitRepository git, TimeProvider clock, CancellationToken cancellation)
{
    private const int MostFiles = 20;
    private const int MostRanges = 50;
    private const int MostNamed = 10;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    private readonly List<string> unknown = [];

    /// <summary>The outcome with what was found, and with what could not be.</summary>
    public async Task<PickOutcome> CompleteAsync(PickOutcome outcome)
    {
        using var enough = new CancellationTokenSource(Patience, clock);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(enough.Token, cancellation);
        var picked = new List<PickedCommit>();
        var missing = new List<MissingCommit>();
        try
        {
            var commits = await git.ReadCommitsBetweenAsync(outcome.Before, outcome.Head, cancellation);
            foreach (var commit in commits)
            {
                picked.Add(await CompareAsync(commit, stop.Token));
            }

            var sources = picked.Select(pick => pick.Source).Append(outcome.Stopped?.Id).OfType<CommitId>().ToList();
            missing.AddRange(await FindMissingAsync(outcome, sources, stop.Token));
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            unknown.Add($"it took longer than {Patience.TotalSeconds} seconds to look at what was picked, and was not looked at to its end");
        }

        return outcome with { Picked = picked, Missing = [.. missing.DistinctBy(found => found.Commit.Id)], Unknown = unknown };
    }

    private async Task<PickedCommit> CompareAsync(CommitLine commit, CancellationToken cancellationToken)
    {
        if (commit.Sources.Count == 0)
        {
            return new PickedCommit(commit, null, new PatchComparison(PatchLikeness.Unknown, []));
        }

        var source = commit.Sources[^1];
        try
        {
            var line = (await git.ReadCommitsAsync([source], cancellationToken))[0];
            var patch = await git.ReadPatchAsync(commit, 1, cancellationToken);
            var comparisons = new List<PatchComparison>();
            // Against which parent a merge was taken is written nowhere once the pick is done.
            for (var parent = 1; parent <= Math.Max(1, line.Parents.Count); parent++)
            {
                comparisons.Add(PatchComparison.Of(await git.ReadPatchAsync(line, parent, cancellationToken), patch));
            }

            return new PickedCommit(commit, source, comparisons.MinBy(comparison => comparison.Likeness)!);
        }
        catch (GraftException failure)
        {
            unknown.Add($"{commit.Id.Short} was not compared with {source.Short}: {failure.Message}");
            return new PickedCommit(commit, source, new PatchComparison(PatchLikeness.Unknown, []));
        }
    }

    private async Task<IReadOnlyList<MissingCommit>> FindMissingAsync(PickOutcome outcome, IReadOnlyList<CommitId> sources, CancellationToken cancellationToken)
    {
        var missing = new List<(CommitId Writer, string Path, CommitLine For)>();
        try
        {
            foreach (var source in await git.ReadCommitsAsync(sources, cancellationToken))
            {
                if (source.Parents.Count > 0)
                {
                    var own = (await git.ReadCommitsBetweenAsync(source.Id, outcome.Head, cancellationToken)).SelectMany(commit => commit.Sources);
                    var known = own.Concat(sources).Concat(outcome.LeftOut.Select(left => left.Commit.Id)).ToHashSet();
                    missing.AddRange((await FindWritersAsync(source, outcome.Head, cancellationToken)).Where(found => !known.Contains(found.Writer)).Select(found => (found.Writer, found.Path, source)));
                }
            }
        }
        catch (GraftException failure)
        {
            unknown.Add($"not looked for all earlier commits that may be missing: {failure.Message}");
        }

        var distinct = missing.DistinctBy(found => found.Writer).ToList();
        if (distinct.Count > MostNamed)
        {
            unknown.Add($"{distinct.Count} earlier commits may be missing; the first {MostNamed} are named");
        }

        var named = distinct.Take(MostNamed).ToList();
        var lines = await git.ReadCommitsAsync([.. named.Select(found => found.Writer)], cancellationToken);
        return [.. named.Zip(lines, (found, line) => new MissingCommit(line, found.Path, found.For))];
    }

    private async Task<IReadOnlyList<(CommitId Writer, string Path)>> FindWritersAsync(CommitLine source, CommitId head, CancellationToken cancellationToken)
    {
        var files = (await git.ReadPatchAsync(source, 1, cancellationToken)).Where(file => file.Hunks.Any(hunk => hunk.OldCount > 0)).ToList();
        if (files.Count > MostFiles || files.Any(file => file.Hunks.Count > MostRanges))
        {
            unknown.Add($"{source.Id.Short} is large: only {MostFiles} files and {MostRanges} places in each were looked at for earlier commits that may be missing");
        }

        var found = new List<(CommitId, string)>();
        foreach (var file in files.Take(MostFiles))
        {
            var lines = file.Hunks.Where(hunk => hunk.OldCount > 0).Take(MostRanges).Select(hunk => (hunk.OldStart, hunk.OldCount)).ToList();
            var writers = await git.FindWritersAsync(source.Parents[0], head, file.Path, lines, cancellationToken);
            found.AddRange(writers.Select(writer => (writer, file.Path)));
        }

        return found;
    }
}

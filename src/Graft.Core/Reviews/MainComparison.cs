using Graft.Core.Releases;

namespace Graft.Core.Reviews;

/// <summary>Holds the commits of a branch against those of main. What was not found out is unknown, never no.</summary>
public sealed record MainComparison
{
    /// <summary>The branch's commits, newest first.</summary>
    public required IReadOnlyList<BranchCommit> Commits { get; init; }

    /// <summary>Those of them that main does not have itself; null when that is not known.</summary>
    public required IReadOnlySet<CommitId>? NotOnMain { get; init; }

    /// <summary>Commits of main that the branch lacks and that change a path that it changes; null when they could not be read.</summary>
    public required IReadOnlyList<BranchCommit>? Candidates { get; init; }

    /// <summary>The commits that messages say picks are of, by the name that stands there; null where it names no commit here.</summary>
    public required IReadOnlyDictionary<string, CommitId?> Sources { get; init; }

    /// <summary>Those of the sources that main has.</summary>
    public required IReadOnlySet<CommitId> SourcesOnMain { get; init; }

    /// <summary>A word for what each commit changes, the same for the same change; without those that could not be read.</summary>
    public required IReadOnlyDictionary<CommitId, string> Fingerprints { get; init; }

    /// <summary>Whether what was not found may be there all the same: history ends early, or something could not be read.</summary>
    public required bool IsIncomplete { get; init; }

    /// <summary>The commits whose changes have to be compared: those with a candidate that changes the same paths, the candidates, picks, and their sources.</summary>
    public IReadOnlySet<CommitId> Compared()
    {
        var compared = new HashSet<CommitId>();
        foreach (var commit in Commits.Where(commit => !commit.IsMerge))
        {
            var sources = commit.PickedFrom.Select(name => Sources.GetValueOrDefault(name)).OfType<CommitId>().ToList();
            var alike = IsOutside(commit) ? CandidatesOf(commit).Select(candidate => candidate.Id).ToList() : [];
            if (sources.Count + alike.Count > 0)
            {
                compared.Add(commit.Id);
                compared.UnionWith(sources);
                compared.UnionWith(alike);
            }
        }

        return compared;
    }

    /// <summary>The commits with what is known of them.</summary>
    public IReadOnlyList<ReviewedCommit> Review() => [.. Commits.Select(Review)];

    private ReviewedCommit Review(BranchCommit commit)
    {
        IReadOnlyList<PickedChange> picks = [.. commit.PickedFrom.Select(name => new PickedChange(name, Compare(commit.Id, Sources.GetValueOrDefault(name))))];
        if (NotOnMain is not null && !IsOutside(commit))
        {
            return new ReviewedCommit(commit, commit.IsMerge ? null : OnMain.Same, commit.Id, picks);
        }

        var (state, equivalent) = commit.IsMerge ? (null, null) : Find(commit);
        return new ReviewedCommit(commit, state, equivalent, picks);
    }

    private (OnMain? State, CommitId? Equivalent) Find(BranchCommit commit)
    {
        var sources = commit.PickedFrom.Select(name => Sources.GetValueOrDefault(name)).OfType<CommitId>().Where(SourcesOnMain.Contains).ToList();
        var same = CandidatesOf(commit).Select(candidate => candidate.Id).Concat(sources).FirstOrDefault(id => Compare(commit.Id, id) == PickState.Same);
        if (same is not null)
        {
            return (OnMain.Same, same);
        }

        // One was picked from the other, and put right by hand.
        var similar = sources.FirstOrDefault() ?? Candidates?.FirstOrDefault(candidate => candidate.PickedFrom.Any(name => commit.Id.ToString().StartsWith(name, StringComparison.Ordinal)))?.Id;
        if (similar is not null)
        {
            return (OnMain.Similar, similar);
        }

        var isUnsure = IsIncomplete || NotOnMain is null || Candidates is null
            || commit.PickedFrom.Any(name => Sources.GetValueOrDefault(name) is null)
            || CandidatesOf(commit).Any(candidate => Compare(commit.Id, candidate.Id) == PickState.Unknown);
        return (isUnsure ? OnMain.Unknown : OnMain.No, null);
    }

    private PickState Compare(CommitId commit, CommitId? other) =>
        other is null || !Fingerprints.TryGetValue(commit, out var one) || !Fingerprints.TryGetValue(other, out var two) ? PickState.Unknown
        : one == two ? PickState.Same
        : PickState.Differs;

    private IEnumerable<BranchCommit> CandidatesOf(BranchCommit commit) => Candidates is null || commit.Paths.Count == 0 ? [] : Candidates.Where(candidate => !candidate.IsMerge && candidate.HasPathsOf(commit));

    private bool IsOutside(BranchCommit commit) => NotOnMain is null || NotOnMain.Contains(commit.Id);
}

using Graft.Core.Affected;
using Graft.Core.Products;
using Graft.Core.Releases;
using Graft.Core.Reviews;

namespace Graft.Core.Hotfixes;

/// <summary>What is known before anything is decided: about the repository, the base release, and what is published.</summary>
public sealed record HotfixFacts
{
    /// <summary>The time at which the hotfix is cut.</summary>
    public required DateTimeOffset Now { get; init; }

    /// <summary>An identity (a UUID) that no other run has.</summary>
    public required string Run { get; init; }

    /// <summary>The product's description.</summary>
    public required Product Product { get; init; }

    /// <summary>Every image source of HEAD's tree.</summary>
    public required IReadOnlyList<ImageSource> Sources { get; init; }

    /// <summary>Which of them the change between the base's tag and HEAD can alter.</summary>
    public required AffectedReport Affected { get; init; }

    /// <summary>The base release's manifest.</summary>
    public required Manifest Base { get; init; }

    /// <summary>The base release's lock, or null when it has none.</summary>
    public required ReleaseLock? BaseLock { get; init; }

    /// <summary>The base as its publisher shows it, or null when the publisher does not know it.</summary>
    public required PublishedRelease? PublishedBase { get; init; }

    /// <summary>The commit that is released.</summary>
    public required CommitId Head { get; init; }

    /// <summary>The branch that HEAD is on, or null when it is detached.</summary>
    public required string? Branch { get; init; }

    /// <summary>Paths of tracked files that are modified or staged.</summary>
    public required IReadOnlyList<string> DirtyPaths { get; init; }

    /// <summary>The git command that was begun in the worktree and is to be continued, such as <c>rebase</c>; null when there is none.</summary>
    public string? Unfinished { get; init; }

    /// <summary>Whether the remote has HEAD.</summary>
    public required PushState Push { get; init; }

    /// <summary>The commit that the base release's tag points at.</summary>
    public required CommitId BaseTag { get; init; }

    /// <summary>The commit that the remote's tag of that name points at; null when the remote has none or was not reached.</summary>
    public CommitId? RemoteBaseTag { get; init; }

    /// <summary>Whether HEAD is that commit or descends from it.</summary>
    public required bool DescendsFromBase { get; init; }

    /// <summary>Whether the clone is shallow.</summary>
    public required bool IsShallow { get; init; }

    /// <summary>Places (<c>PATH:LINE</c>) of conflict markers in the files changed since the base.</summary>
    public required IReadOnlyList<string> ConflictMarkers { get; init; }

    /// <summary>What the branch has over its base; null where nobody looked.</summary>
    public BranchReview? Review { get; init; }

    /// <summary>Later published hotfixes in the base's lineage.</summary>
    public required IReadOnlyList<NewerHotfix> NewerHotfixes { get; init; }

    /// <summary>What each name in use is used by: a git tag, a release on the publisher, a file, a run.</summary>
    public required IReadOnlyDictionary<string, NameUse> TakenNames { get; init; }

    /// <summary>The commits from the base's tag to HEAD, a child before its parents; of many only the newest.</summary>
    public IReadOnlyList<CommitMessage> Commits { get; init; } = [];

    /// <summary>The pull requests that commits came with, as far as they are known.</summary>
    public IReadOnlyDictionary<CommitId, PullRequest> PullRequests { get; init; } = new Dictionary<CommitId, PullRequest>();

    /// <summary>The affected images that the base release has an entry for.</summary>
    public IEnumerable<ImageEffect> AffectedInBase => Affected.Affected.Where(image => HasEntry(image.Source));

    /// <summary>The affected images that the base release does not list.</summary>
    public IEnumerable<ImageEffect> AffectedElsewhere => Affected.Affected.Where(image => !HasEntry(image.Source));

    /// <summary>The series in the version file, or null when there is none.</summary>
    public required ReleaseSeries? VersionFileSeries { get; init; }

    /// <summary>A sentence for each manifest, release or run that could not be read, and that this hotfix does not need.</summary>
    public IReadOnlyList<string> Unreadable { get; init; } = [];

    /// <summary>What the guards about the branch look at.</summary>
    internal BranchState Branching => new()
    {
        Base = Base.Name.ToString(),
        Tag = Product.TagOf(Base.Name),
        BaseCommit = BaseTag,
        ManifestCommit = Base.Commit,
        RemoteTag = RemoteBaseTag,
        Head = Head,
        Branch = Branch,
        DirtyPaths = DirtyPaths,
        Unfinished = Unfinished,
        Push = Push,
        DescendsFromBase = DescendsFromBase,
        IsShallow = IsShallow,
        ConflictMarkers = ConflictMarkers,
    };

    private bool HasEntry(ImageSource source) => Base.Entries.Any(entry => entry.Image == source.Image);
}

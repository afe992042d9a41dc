namespace Graft.Core.Releases;

/// <summary>Where releases live: a folder, or GitHub.</summary>
public interface IPublisher
{
    /// <summary>Every release there, drafts included, in no order. One that cannot be read keeps no other away.</summary>
    Task<PublishedReleases> ListAsync(CancellationToken cancellationToken);

    /// <summary>
    /// What a look at the publisher finds, for people, a line each, such as <c>12 releases, 1 of them a draft</c>. One that cannot be asked, or where no draft can be put up, is an outside
    /// failure that says what to do about it.
    /// </summary>
    async Task<IReadOnlyList<string>> ExamineAsync(CancellationToken cancellationToken) => (await ListAsync(cancellationToken)).Describe();

    /// <summary>The release with this git tag, draft or not, or null; one that cannot be read is an input failure.</summary>
    Task<PublishedRelease?> FindAsync(string tag, CancellationToken cancellationToken);

    /// <summary>The bytes of one of a release's assets, at most <paramref name="limit"/> of them; more is an input failure.</summary>
    Task<byte[]> FetchAssetAsync(PublishedRelease release, string asset, long limit, CancellationToken cancellationToken);

    /// <summary>
    /// Makes a draft with these assets, all of it or nothing. A draft for the same tag that has this run's contents is that draft;
    /// any other release for that tag is refused (an input failure).
    /// </summary>
    Task<PublishedRelease> CreateDraftAsync(ReleaseDraft draft, CancellationToken cancellationToken);

    /// <summary>Removes a draft, all of it; one that is gone is success. One that was published in the meantime is refused (an input failure).</summary>
    Task DeleteDraftAsync(PublishedRelease draft, CancellationToken cancellationToken);

    /// <summary>
    /// Publishes a draft whose tag exists; one that is published already is success. A publisher that shows one as the latest does so with the newest of the
    /// newest series only.
    /// </summary>
    Task<PublishedRelease> PublishAsync(PublishedRelease release, CancellationToken cancellationToken);
}

/// <summary>What a publisher has: the releases, and those of which it cannot say what they are.</summary>
public sealed record PublishedReleases(IReadOnlyList<PublishedRelease> Releases, IReadOnlyList<UnreadableRelease> Unreadable)
{
    /// <summary>How many there are, and why some cannot be read; a line each, for people.</summary>
    public IReadOnlyList<string> Describe()
    {
        var drafts = Releases.Count(release => release.IsDraft);
        var words = Releases.Count == 1 ? "1 release" : $"{Releases.Count} releases";
        return [drafts == 0 ? words : $"{words}, {drafts} of them {(drafts == 1 ? "a draft" : "drafts")}", .. Unreadable.Select(release => release.Reason)];
    }
}

/// <summary>A release that cannot be read: its git tag, as far as one can see, and why.</summary>
public sealed record UnreadableRelease(string Tag, string Reason);

/// <summary>What a draft is made of. <c>Tag</c> need not exist yet; it is made when the draft is published.</summary>
public sealed record ReleaseDraft(string Tag, CommitId Commit, string Title, string Notes, IReadOnlyList<ReleaseAsset> Assets);

/// <summary>A file attached to a release.</summary>
public sealed record ReleaseAsset(string Name, ReadOnlyMemory<byte> Content);

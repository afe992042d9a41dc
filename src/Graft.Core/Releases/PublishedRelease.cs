using Graft.Core.Images;

namespace Graft.Core.Releases;

/// <summary>
/// A release as its publisher shows it: an identity, its git tag, the commit (null where the publisher knows a branch or nothing), whether it is a draft, its files, notes
/// (Markdown), and a place to look at it.
/// </summary>
public sealed record PublishedRelease(string Id, string Tag, CommitId? Commit, bool IsDraft, IReadOnlyList<PublishedAsset> Assets, string Notes, string Url)
{
    /// <summary>Whether it is marked as not meant for everybody yet.</summary>
    public bool IsPrerelease { get; init; }

    /// <summary>The asset of this name, or null.</summary>
    public PublishedAsset? FindAsset(string name) => Assets.FirstOrDefault(asset => asset.Name == name);
}

/// <summary>
/// A file of a release as its publisher lists it, before any of it is fetched: its name, an identity that another file of that name does not have, and its size in bytes and
/// digest where the publisher tells them.
/// </summary>
public sealed record PublishedAsset(string Name, string Id, long? Size = null, Digest? Digest = null)
{
    /// <summary>Whether these bytes are known to be the file's, so that it need not be fetched: only where the publisher tells a sha256.</summary>
    public bool IsKnownToBe(ReadOnlySpan<byte> bytes) =>
        Digest is { Algorithm: "sha256" } && (Size is null || Size == bytes.Length) && Digest == Images.Digest.Of(bytes);
}

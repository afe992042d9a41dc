using Graft.Core.Images;

namespace Graft.Core.Releases;

/// <summary>What makes a base's manifest a hotfix's: its own name, commit and time, the base it is <paramref name="Of"/>, and the entries that get another version.</summary>
/// <param name="Name">The hotfix's name.</param>
/// <param name="Commit">The commit it was made from.</param>
/// <param name="ReleasedAt">The minute in the name; written only where the base has a <c>released_at</c>.</param>
/// <param name="Of">The base's name.</param>
/// <param name="Built">Entries whose image was built anew.</param>
/// <param name="Changed">Entries whose version was given.</param>
public sealed record ManifestEdit(
    ReleaseName Name,
    CommitId Commit,
    DateTimeOffset ReleasedAt,
    ReleaseName Of,
    IReadOnlyList<EntryEdit> Built,
    IReadOnlyList<EntryEdit> Changed);

/// <summary>One entry's new version, and its new name when the image moved home (else null). Every listing of a reference is an edit of its own.</summary>
public sealed record EntryEdit(ManifestEntry Entry, ImageName? NewImage, ImageVersion Version)
{
    internal ImageReference NewReference => new(NewImage ?? Entry.Image, Version);

    internal EntryChange Change => new(Entry.Image.Text, Entry.Version, NewImage is null ? Version.ToString() : NewReference.ToString());
}

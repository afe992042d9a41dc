using Graft.Core.Images;

namespace Graft.Core.Releases;

/// <summary>What two manifests have differently: versions that changed, references that only one of them has.</summary>
public sealed record ManifestDifference(IReadOnlyList<EntryChange> Changed, IReadOnlyList<ImageReference> Added, IReadOnlyList<ImageReference> Removed)
{
    /// <summary>
    /// Compares by image. Where an image lost one version and got another, it changed; with several versions, the first that is gone
    /// is paired with the first that came.
    /// </summary>
    public static ManifestDifference Between(Manifest from, Manifest to)
    {
        var removed = from.References.Except(to.References).ToList();
        var added = to.References.Except(from.References).ToList();
        var changed = new List<EntryChange>();
        foreach (var old in removed.ToList())
        {
            if (added.FirstOrDefault(candidate => candidate.Name == old.Name) is { } now)
            {
                changed.Add(new EntryChange(old.Name.Text, old.Version.ToString(), now.Version.ToString()));
                added.Remove(now);
                removed.Remove(old);
            }
        }

        return new ManifestDifference(changed, added, removed);
    }
}

using Graft.Core.Images;
using Graft.Core.Releases;

namespace Graft.Core.Hotfixes.Guards;

/// <summary>The guards that look into what references point at: is what stays what it was, and does what comes run where the old one ran?</summary>
internal static class ContentGuards
{
    public static IEnumerable<GuardFinding> Check(HotfixFacts facts, HotfixSelection selection, HotfixImages images)
    {
        var found = images.References.Where(state => state.Image is not null).ToDictionary(state => state.Reference, state => state.Image!);
        return Drifted(facts, selection, found)
            .Concat(selection.Builds.SelectMany(build => LostByBuild(build, facts, images)))
            .Concat(selection.Changes.Where(change => found.ContainsKey(change.To)).SelectMany(change => Lost(
                change.To, PlatformsBefore(change.Entries[0].Reference, facts, images.Before.GetValueOrDefault(change.Entries[0].Reference)), LockedReference.PlatformsOf(found[change.To]).Keys)));
    }

    private static IEnumerable<GuardFinding> Drifted(HotfixFacts facts, HotfixSelection selection, Dictionary<ImageReference, StoredImage> found) =>
        from reference in selection.Unchanged.Select(entry => entry.Reference).Distinct()
        let locked = facts.BaseLock?.Find(reference.ToString())
        where locked is not null && found.ContainsKey(reference) && LockComparison.Compare(locked, found[reference]) != LockState.Same
        select new GuardFinding(
            GuardNames.DigestDrift,
            GuardSeverity.Error,
            $"'{reference}' is not what it was in '{facts.Base.Name}': it was {locked.Digest}, and is {found[reference].Descriptor.Digest}",
            $"find out who moved it; `--set {reference.Name}={reference.Version.Tag}@{locked.Digest}` keeps what is live");

    private static IEnumerable<GuardFinding> LostByBuild(SelectedBuild build, HotfixFacts facts, HotfixImages images)
    {
        var replaced = images.Replaced.GetValueOrDefault(build.Source.Image);
        var old = build.Entries[0].Reference;
        return Lost(HotfixPlanner.BuiltReference(old.Name, images.Name, facts.Head), PlatformsBefore(old, facts, replaced), HotfixPlanner.PlatformsOf(build.Source, replaced));
    }

    private static IEnumerable<GuardFinding> Lost(ImageReference reference, IEnumerable<Platform> before, IEnumerable<Platform> now)
    {
        if (LockComparison.Lost(before, now) is { Count: > 0 } lost)
        {
            yield return new GuardFinding(
                GuardNames.PlatformLost,
                GuardSeverity.Error,
                $"'{reference}' is not for {string.Join(", ", lost)}, which the one before it is for",
                "whoever runs the release there would get nothing");
        }
    }

    private static IEnumerable<Platform> PlatformsBefore(ImageReference reference, HotfixFacts facts, StoredImage? image) =>
        image is not null ? LockedReference.PlatformsOf(image).Keys : facts.BaseLock?.Find(reference.ToString())?.Platforms.Keys ?? [];
}

using Graft.Core.Images;

namespace Graft.Core.Releases;

/// <summary>What became of a reference since its digest was locked.</summary>
public enum LockState
{
    /// <summary>It gives what it gave.</summary>
    Same,

    /// <summary>A platform has another image than it had.</summary>
    Drifted,

    /// <summary>A platform that it had is gone; the others are as they were.</summary>
    PlatformLost,
}

/// <summary>
/// Compares what a store has with what was locked. What counts is the image of each platform: an index is written anew, with another digest, by a build that
/// attests, or when a platform comes to it, and what is installed is the same.
/// </summary>
public static class LockComparison
{
    /// <summary>What became of a reference.</summary>
    public static LockState Compare(LockedReference locked, StoredImage now)
    {
        if (locked.Digest == now.Descriptor.Digest)
        {
            return LockState.Same;
        }

        var present = LockedReference.PlatformsOf(now);
        // A lock without platforms (of an image that does not say what it is for) has nothing but the digest to go by.
        return locked.Platforms.Count == 0 || locked.Platforms.Any(pair => present.TryGetValue(pair.Key, out var digest) && digest != pair.Value) ? LockState.Drifted
            : locked.Platforms.Keys.Any(platform => !present.ContainsKey(platform)) ? LockState.PlatformLost
            : LockState.Same;
    }

    /// <summary>The platforms that one image has and another has not, as text, in order.</summary>
    public static IReadOnlyList<string> Lost(IEnumerable<Platform> before, IEnumerable<Platform> now) =>
        [.. before.Except(now).Select(platform => platform.ToString()).Order(StringComparer.Ordinal)];
}

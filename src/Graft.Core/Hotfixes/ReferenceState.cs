using Graft.Core.Images;

namespace Graft.Core.Hotfixes;

/// <summary>What a store said about a reference.</summary>
public enum ReferenceAnswer
{
    /// <summary>It is there.</summary>
    Found,

    /// <summary>It does not exist, or a part of it does not.</summary>
    Missing,

    /// <summary>It is there, and what is behind it is not what its digests say.</summary>
    Broken,

    /// <summary>The store could not be asked, or cannot know.</summary>
    Unknown,
}

/// <summary>
/// A reference, what its store said, the image where it is there (null when it is there and still what the lock says), and the reason where
/// nothing is known (with what to do about it) or a part of it is at fault.
/// </summary>
public sealed record ReferenceState(ImageReference Reference, ReferenceAnswer Answer, StoredImage? Image = null, string? Reason = null, string? Hint = null);

using Graft.Core.Images;

namespace Graft.Core.Hotfixes;

/// <summary>What a store said about a reference.</summary>
public enum ReferenceAnswer
{
    /// <summary>It is there.</summary>
    Found,

    /// <summary>It does not exist.</summary>
    Missing,

    /// <summary>The store could not be asked, or cannot know.</summary>
    Unknown,
}

/// <summary>
/// A reference, what its store said, the image where it is there (null when it is there and still what the lock says), and the reason where
/// nothing is known, with what to do about it.
/// </summary>
public sealed record ReferenceState(ImageReference Reference, ReferenceAnswer Answer, StoredImage? Image = null, string? Reason = null, string? Hint = null);

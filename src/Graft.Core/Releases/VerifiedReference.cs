using Graft.Core.Hotfixes;
using Graft.Core.Images;

namespace Graft.Core.Releases;

/// <summary>What became of a reference of a release.</summary>
public enum Verdict
{
    /// <summary>It exists, with its locked digest where it has one.</summary>
    Ok,

    /// <summary>It does not exist, or a part of it does not.</summary>
    Missing,

    /// <summary>It gives something else than it did when it was locked, or something else than its digests say.</summary>
    Drifted,

    /// <summary>It could not be looked at.</summary>
    Unchecked,

    /// <summary>A platform that it had is gone.</summary>
    PlatformLost,
}

/// <summary>A reference beside its lock: the verdict, the digest it has now and the one that was locked (null where there is none), and why it was not looked at or what part of it is at fault.</summary>
public sealed record VerifiedReference(string Reference, Verdict State, Digest? Digest, Digest? Locked, string? Reason)
{
    /// <summary>Whether the release is not what it was.</summary>
    public bool IsWrong => State is Verdict.Missing or Verdict.Drifted or Verdict.PlatformLost;

    /// <summary>Judges what a store said.</summary>
    public static VerifiedReference Of(ReferenceState state, LockedReference? locked) => new(
        state.Reference.ToString(),
        state switch
        {
            { Answer: ReferenceAnswer.Missing } => Verdict.Missing,
            { Answer: ReferenceAnswer.Broken } => Verdict.Drifted,
            { Answer: ReferenceAnswer.Unknown } => Verdict.Unchecked,
            // Found, and not looked into: it has the digest that was locked.
            { Image: null } => Verdict.Ok,
            { Image: { } image } => locked is null ? Verdict.Ok : LockComparison.Compare(locked, image) switch
            {
                LockState.Drifted => Verdict.Drifted,
                LockState.PlatformLost => Verdict.PlatformLost,
                _ => Verdict.Ok,
            },
        },
        state.Image?.Descriptor.Digest ?? (state.Answer == ReferenceAnswer.Found ? locked?.Digest : null),
        locked?.Digest,
        state.Reason);
}

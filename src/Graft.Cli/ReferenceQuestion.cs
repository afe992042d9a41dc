using Graft.Core.Images;
using Graft.Core.Releases;

namespace Graft.Cli;

/// <summary>What is to be learned of a reference.</summary>
/// <param name="Reference">The reference.</param>
/// <param name="HasSource">Whether the product builds it, so that it lives in the product's own store.</param>
internal sealed record ReferenceQuestion(ImageReference Reference, bool HasSource)
{
    private static readonly ImageCheck Shallow = new(CheckDepth.Manifests);

    /// <summary>Whether a store that knows only what was put into it should have it.</summary>
    public bool MustBeThere { get; init; }

    /// <summary>What it was: when it still is that, it is not looked into.</summary>
    public LockedReference? Locked { get; init; }

    /// <summary>How far it is looked into.</summary>
    public ImageCheck Check { get; init; } = Shallow;
}

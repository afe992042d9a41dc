using Graft.Core.Images;

namespace Graft.Core.Hotfixes;

/// <summary>What the stores said, once it is known what to ask: about the release's references, and about what the builds stand on.</summary>
/// <param name="Name">The hotfix's name: asked for, or the first free minute.</param>
/// <param name="TakenBy">What already uses a name that was asked for, or null when it is free.</param>
/// <param name="References">Every changed and unchanged reference.</param>
/// <param name="Replaced">The images that the builds replace, where a store has them.</param>
/// <param name="Bases">For each build, by image, what its FROM lines and named contexts mean.</param>
public sealed record HotfixImages(
    Releases.ReleaseName Name,
    string? TakenBy,
    IReadOnlyList<ReferenceState> References,
    IReadOnlyDictionary<ImageName, StoredImage> Replaced,
    IReadOnlyDictionary<ImageName, IReadOnlyList<PlannedBase>> Bases)
{
    /// <summary>What the references that change pointed at before, where a store has them.</summary>
    public IReadOnlyDictionary<ImageReference, StoredImage> Before { get; init; } = new Dictionary<ImageReference, StoredImage>();
}

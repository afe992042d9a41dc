using Graft.Core.Images;
using Graft.Core.Products;
using Graft.Core.Releases;

namespace Graft.Core.Hotfixes;

/// <summary>
/// Everything that a hotfix will do, decided before anything is done. It stands alone: whoever has the commit and the plan can carry it out.
/// </summary>
public sealed record HotfixPlan
{
    /// <summary>The version of this shape.</summary>
    public int Schema { get; init; } = 1;

    /// <summary>The hotfix's name.</summary>
    public required ReleaseName Name { get; init; }

    /// <summary>The release that it is made from.</summary>
    public required ReleaseName Base { get; init; }

    /// <summary>The commit that is released.</summary>
    public required CommitId Commit { get; init; }

    /// <summary>The hotfix's git tag, which publishing makes.</summary>
    public required string Tag { get; init; }

    /// <summary>Where images with a source live, as graft.yaml says it.</summary>
    public required string Registry { get; init; }

    /// <summary>Where the draft goes, as graft.yaml says it.</summary>
    public required string Publisher { get; init; }

    /// <summary>Which builder.</summary>
    public required BuildSettings Build { get; init; }

    /// <summary>The images that are built.</summary>
    public required IReadOnlyList<PlannedBuild> Builds { get; init; }

    /// <summary>The entries that change version.</summary>
    public required IReadOnlyList<PlannedChange> Changes { get; init; }

    /// <summary>How many entries stay as they are.</summary>
    public required int Unchanged { get; init; }

    /// <summary>Path of the new manifest, from the repository's root.</summary>
    public required string ManifestPath { get; init; }

    /// <summary>The new manifest's bytes.</summary>
    public required byte[] Manifest { get; init; }

    /// <summary>Path of the new lock, from the repository's root.</summary>
    public required string LockPath { get; init; }

    /// <summary>What is known about the references that are not built.</summary>
    public required IReadOnlyList<LockedReference> Locked { get; init; }

    /// <summary>How the name is held until the run ends; null where the remote could not be reached when the plan was made.</summary>
    public required Reservation? Reservation { get; init; }

    /// <summary>The draft to make, or null for none.</summary>
    public required PlannedDraft? Draft { get; init; }

    /// <summary>What will be done, each naming what must be done before it.</summary>
    public required IReadOnlyList<Operation> Operations { get; init; }
}

/// <summary>An image to build: the reference that it gets, the version it replaces, its source (with platforms decided), and what it stands on.</summary>
public sealed record PlannedBuild(ImageReference Reference, string From, ImageSource Source, IReadOnlyList<PlannedBase> Bases);

/// <summary>
/// What a FROM line or a named context means: the text as the Dockerfile has it after substitution (or the context's name), the
/// reference that it stands for, its digest, and whether it is an image of the product, which lives where those do; the digest is null
/// when the image is built in the same run.
/// </summary>
public sealed record PlannedBase(string Text, ImageReference Reference, Digest? Digest, bool IsOfProduct = true);

/// <summary>An entry that changes: the image as the manifest names it, the version it had, the version (or, moved home, the whole reference) it gets, and its digest where known.</summary>
public sealed record PlannedChange(string Image, string From, string To, Digest? Digest);

/// <summary>The draft's title, notes (Markdown), and the names of its two assets.</summary>
public sealed record PlannedDraft(string Title, string Notes, string ManifestAsset, string LockAsset);

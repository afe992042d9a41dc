namespace Graft.Core.Hotfixes.Guards;

/// <summary>The names of all guards, as <c>--allow</c> takes them.</summary>
public static class GuardNames
{
    /// <summary>Tracked files are modified or staged.</summary>
    public const string DirtyTree = "dirty-tree";

    /// <summary>HEAD is an ancestor of no branch of the remote.</summary>
    public const string NotPushed = "not-pushed";

    /// <summary>HEAD does not descend from the base release's tag, or the tag is not the manifest's commit.</summary>
    public const string WrongBase = "wrong-base";

    /// <summary>The publisher says that the base is a draft.</summary>
    public const string UnpublishedBase = "unpublished-base";

    /// <summary>A later published hotfix in the base's lineage has commits that this branch lacks.</summary>
    public const string NewerHotfix = "newer-hotfix";

    /// <summary>A reference does not exist where it should.</summary>
    public const string MissingImage = "missing-image";

    /// <summary>A store could not be asked about a reference, or cannot know.</summary>
    public const string UncheckedImage = "unchecked-image";

    /// <summary>A name that the plan would write is in use.</summary>
    public const string TagTaken = "tag-taken";

    /// <summary>History needed for the comparison is missing.</summary>
    public const string ShallowClone = "shallow-clone";

    /// <summary>A changed file holds conflict markers.</summary>
    public const string ConflictMarkers = "conflict-markers";

    /// <summary>An affected image that the base has is not built.</summary>
    public const string AffectedNotBuilt = "affected-not-built";

    /// <summary>An image is built that the change does not reach.</summary>
    public const string BuiltNotAffected = "built-not-affected";

    /// <summary>Changed files reach no image.</summary>
    public const string OutsideImages = "outside-images";

    /// <summary>A reference that stays no longer has its locked digest.</summary>
    public const string DigestDrift = "digest-drift";

    /// <summary>An image that is built or changed lacks a platform that the old one had.</summary>
    public const string PlatformLost = "platform-lost";

    /// <summary>Commits have no equivalent on main: the next release would lose them.</summary>
    public const string NotOnMain = "not-on-main";

    /// <summary>More files, lines or commits are changed than the budget.</summary>
    public const string TooMuch = "too-much";

    /// <summary>The guards that can fire and can be allowed, in alphabetical order. A tag that exists is never overwritten, whatever is allowed.</summary>
    public static IReadOnlyList<string> Allowable { get; } =
    [
        AffectedNotBuilt, BuiltNotAffected, ConflictMarkers, DigestDrift, DirtyTree, MissingImage, NewerHotfix,
        NotOnMain, NotPushed, OutsideImages, PlatformLost, ShallowClone, TooMuch, UncheckedImage, UnpublishedBase, WrongBase,
    ];

    /// <summary>Whether there is a guard of this name.</summary>
    public static bool IsKnown(string name) => name == TagTaken || Allowable.Contains(name, StringComparer.Ordinal);
}

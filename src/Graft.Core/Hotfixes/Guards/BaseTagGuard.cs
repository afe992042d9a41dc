using Graft.Core.Releases;

namespace Graft.Core.Hotfixes.Guards;

/// <summary>Where a base's tag is: the tag, the base as it is shown, the commit here, by its manifest and on the remote (null where that is not known), and the remote's name.</summary>
public sealed record BaseTag(string Tag, string Base, CommitId Here, CommitId? Manifest, CommitId? There, string Remote);

/// <summary>The part of the guard <c>wrong-base</c> that looks at the base's tag alone.</summary>
public static class BaseTagGuard
{
    /// <summary>A refusal when the tag is not one commit everywhere, else null.</summary>
    public static GuardFinding? Check(BaseTag tag)
    {
        if (tag.Manifest is { } said && tag.Here != said)
        {
            return Refusal(
                $"tag '{tag.Tag}' is at {tag.Here.Short}, but the manifest of '{tag.Base}' says {said.Short}",
                tag.There == said
                    ? $"'{tag.Remote}' has it where the manifest says: `git fetch --tags --force {tag.Remote}`"
                    : "find out which one is live before going on");
        }

        return tag.There is null || tag.There == tag.Here
            ? null
            : Refusal(
                $"tag '{tag.Tag}' is at {tag.Here.Short} here{(tag.Manifest is null ? "" : $" and in the manifest of '{tag.Base}'")}, but at {tag.There.Short} on '{tag.Remote}'",
                "somebody moved it; find out which one is live before going on");
    }

    private static GuardFinding Refusal(string message, string hint) => new(GuardNames.WrongBase, GuardSeverity.Error, message, hint);
}

using Graft.Core.Products;
using Graft.Core.Releases;

namespace Graft.Core.Hotfixes.Guards;

/// <summary>The part of the guard <c>wrong-base</c> that looks at the base's tag alone: where it is here, on the remote, and by the manifest.</summary>
public static class BaseTagGuard
{
    /// <summary>A refusal when they are not one commit, else null. The manifest and the remote may be unknown.</summary>
    public static GuardFinding? Check(Product product, ReleaseName release, CommitId here, CommitId? manifest, CommitId? remote)
    {
        var tag = product.TagOf(release);
        if (manifest is not null && here != manifest)
        {
            return Refusal(
                $"tag '{tag}' is at {here.Short}, but the manifest of '{release}' says {manifest.Short}",
                remote == manifest
                    ? $"'{product.Remote}' has it where the manifest says: `git fetch --tags --force {product.Remote}`"
                    : "find out which one is live before going on");
        }

        return remote is null || remote == here
            ? null
            : Refusal(
                $"tag '{tag}' is at {here.Short} here{(manifest is null ? "" : $" and in the manifest of '{release}'")}, but at {remote.Short} on '{product.Remote}'",
                "somebody moved it; find out which one is live before going on");
    }

    private static GuardFinding Refusal(string message, string hint) => new(GuardNames.WrongBase, GuardSeverity.Error, message, hint);
}

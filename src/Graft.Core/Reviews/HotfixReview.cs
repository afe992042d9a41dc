using Graft.Core.Affected;
using Graft.Core.Hotfixes.Guards;
using Graft.Core.Releases;

namespace Graft.Core.Reviews;

/// <summary>Everything that whoever approves a hotfix should see, as it is before anything is built.</summary>
/// <param name="Product">The product's name.</param>
/// <param name="Base">The release that the branch is held against, or the commit's first digits.</param>
/// <param name="BaseCommit">The commit that it is held against.</param>
/// <param name="Branch">The branch, or null when HEAD is detached.</param>
/// <param name="Head">The commit that would be released.</param>
/// <param name="Changes">Its commits and files.</param>
/// <param name="Affected">The images that they can alter.</param>
/// <param name="Guards">What the guards found, refusals first.</param>
public sealed record HotfixReview(
    string Product,
    string Base,
    CommitId BaseCommit,
    string? Branch,
    CommitId Head,
    BranchReview Changes,
    AffectedReport Affected,
    IReadOnlyList<GuardFinding> Guards)
{
    /// <summary>Whether a guard refuses.</summary>
    public bool IsRefused => Guards.Any(finding => finding.Refuses);
}

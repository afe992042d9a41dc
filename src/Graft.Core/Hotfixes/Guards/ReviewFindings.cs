using Graft.Core.Affected;
using Graft.Core.Products;
using Graft.Core.Releases;
using Graft.Core.Reviews;

namespace Graft.Core.Hotfixes.Guards;

/// <summary>
/// What the guards find before anybody has chosen what to build or change: all that look at the branch, its content and the base. Those that look at images have their say when
/// they are chosen.
/// </summary>
public static class ReviewFindings
{
    /// <summary>The findings, refusals first. It is taken that what is affected will be built, and that nothing else changes.</summary>
    public static IReadOnlyList<GuardFinding> Of(BranchState branch, BranchReview review, AffectedReport affected, Budget budget, BaseStanding? standing)
    {
        var built = affected.Affected.Select(image => image.Source.Image).ToHashSet();
        return
        [
            .. BranchGuards.Check(branch)
                .Concat(ReviewGuards.Check(review, budget))
                .Concat(AffectedGuards.CheckOutside(affected))
                .Concat(standing is null ? [] : ReleaseGuards.Check(standing.Base.Name, standing.Published, standing.Newer, image => standing.Base.Entries.Any(entry => entry.Image.Text == image && !built.Contains(entry.Image))))
                .OrderBy(finding => finding.Severity == GuardSeverity.Error ? 0 : 1),
        ];
    }
}

/// <summary>What is known of a base whose manifest is here: how its publisher shows it, and which later hotfixes of its lineage there are.</summary>
public sealed record BaseStanding(Manifest Base, PublishedRelease? Published, IReadOnlyList<NewerHotfix> Newer);

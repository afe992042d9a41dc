using Graft.Core.Products;
using Graft.Core.Reviews;

namespace Graft.Core.Hotfixes.Guards;

/// <summary>The guards that look at what the branch has over its base: is it little enough for a hotfix, and is it on main too?</summary>
internal static class ReviewGuards
{
    private const int MostCommitsNamed = 3;

    public static IEnumerable<GuardFinding> Check(BranchReview review, Budget budget)
    {
        var over = new[]
        {
            Over(review.Files.Count, budget.Files, "file"), Over(review.Lines, budget.Lines, "line"), Over(review.Commits.Count, budget.Commits, "commit"),
        }.OfType<string>().ToList();
        if (over.Count > 0)
        {
            yield return new GuardFinding(
                GuardNames.TooMuch,
                GuardSeverity.Error,
                $"the change is more than a hotfix's budget: {string.Join(", ", over)}",
                "take out what the fix does not need, or raise `budget` in graft.yaml");
        }

        var missing = review.Commits.Where(commit => commit.OnMain == OnMain.No).ToList();
        if (missing.Count > 0)
        {
            yield return new GuardFinding(
                GuardNames.NotOnMain,
                GuardSeverity.Warning,
                missing is [var only]
                    ? $"a commit has no equivalent on '{review.Main}', so the next release would lose it: {Name(only)}"
                    : $"{missing.Count} commits have no equivalent on '{review.Main}', so the next release would lose them: {Some(missing)}",
                "bring it there as well; if it is there by now, fetch");
        }

        var unknown = review.Commits.Where(commit => commit.OnMain == OnMain.Unknown).ToList();
        if (unknown.Count > 0)
        {
            yield return new GuardFinding(
                GuardNames.NotOnMain,
                GuardSeverity.Warning,
                $"whether '{review.Main}' has {(unknown.Count == 1 ? "a commit" : $"{unknown.Count} commits")} is unknown: {Some(unknown)}{(review.Problem is null ? "" : $"; {review.Problem}")}");
        }
    }

    private static string? Over(int count, int most, string what) => count > most ? $"{count} {what}{(count == 1 ? "" : "s")} of {most}" : null;

    private static string Some(IReadOnlyList<ReviewedCommit> commits) =>
        string.Join(", ", commits.Take(MostCommitsNamed).Select(Name)) + (commits.Count > MostCommitsNamed ? $" and {commits.Count - MostCommitsNamed} more" : "");

    private static string Name(ReviewedCommit commit) => $"{commit.Commit.Id.Short} '{commit.Commit.Subject}'";
}

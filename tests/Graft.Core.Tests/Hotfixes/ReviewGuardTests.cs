using Graft.Core.Hotfixes.Guards;
using Graft.Core.Releases;
using Graft.Core.Reviews;

namespace Graft.Core.Tests.Hotfixes;

/// <summary>The guards that look at commits and sizes.</summary>
public sealed class ReviewGuardTests
{
    [Theory]
    [InlineData(20, 500, 10, null)]
    [InlineData(21, 500, 10, "the change is more than a hotfix's budget: 21 files of 20")]
    [InlineData(1, 501, 1, "the change is more than a hotfix's budget: 501 lines of 500")]
    [InlineData(1, 1, 11, "the change is more than a hotfix's budget: 11 commits of 10")]
    [InlineData(21, 501, 11, "the change is more than a hotfix's budget: 21 files of 20, 501 lines of 500, 11 commits of 10")]
    public void Too_much(int files, int lines, int commits, string? message)
    {
        var review = new BranchReview(
            "origin/main",
            [.. Enumerable.Range(0, commits).Select(number => Commit(number, OnMain.Same))],
            [.. Enumerable.Range(0, files).Select(number => new ReviewedFile($"f{number}", FileStatus.Modified, number == 0 ? lines - 1 : 0, number == 0 ? 1 : 0, null))]);

        var finding = Guards(review).SingleOrDefault();

        Assert.Equal(message, finding?.Message);
        Assert.Equal(message is not null, finding?.Refuses ?? false);
    }

    [Fact]
    public void Too_much_can_be_allowed()
    {
        var review = new BranchReview("origin/main", [.. Enumerable.Range(0, 11).Select(number => Commit(number, OnMain.Same))], []);

        var proposal = HotfixWorld.Plan(HotfixWorld.Set("bitnami/postgresql=15.3.1") with { Allowed = ["too-much"] }, HotfixWorld.Facts with { Review = review });

        Assert.Empty(proposal.Refusals);
        Assert.Contains(proposal.Guards, finding => finding is { Guard: "too-much", Allowed: true });
    }

    [Fact]
    public void Not_on_main()
    {
        var one = Guards(new BranchReview("origin/main", [Commit(1, OnMain.No), Commit(2, OnMain.Same), Commit(3, OnMain.Similar), Commit(4, null)], [])).Single();
        var many = Guards(new BranchReview("origin/main", [.. Enumerable.Range(1, 5).Select(number => Commit(number, OnMain.No))], [])).Single();

        Assert.Equal((GuardSeverity.Warning, "not-on-main", "a commit has no equivalent on 'origin/main', so the next release would lose it: 00000001 'Fix 1'"), (one.Severity, one.Guard, one.Message));
        Assert.Equal("5 commits have no equivalent on 'origin/main', so the next release would lose them: 00000001 'Fix 1', 00000002 'Fix 2', 00000003 'Fix 3' and 2 more", many.Message);
    }

    [Fact]
    public void Says_what_is_unknown_as_unknown()
    {
        var finding = Guards(new BranchReview("origin/main", [Commit(1, OnMain.Unknown)], [], "'origin/main' is not here: `git fetch origin`")).Single();

        Assert.Equal((GuardSeverity.Warning, "not-on-main"), (finding.Severity, finding.Guard));
        Assert.Equal("whether 'origin/main' has a commit is unknown: 00000001 'Fix 1'; 'origin/main' is not here: `git fetch origin`", finding.Message);
    }

    private static IReadOnlyList<GuardFinding> Guards(BranchReview review) =>
        [.. HotfixWorld.Plan(HotfixWorld.Set("bitnami/postgresql=15.3.1"), HotfixWorld.Facts with { Review = review }).Guards.Where(finding => finding.Guard is "too-much" or "not-on-main")];

    private static ReviewedCommit Commit(int number, OnMain? onMain)
    {
        var id = CommitId.Parse($"{number:x8}{new string('0', 32)}");
        return new ReviewedCommit(new BranchCommit(id, $"Fix {number}", "Ada", [id], [], []), onMain, null, []);
    }
}

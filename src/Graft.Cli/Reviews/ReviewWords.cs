using Graft.Core.Affected;
using Graft.Core.Hotfixes.Guards;
using Graft.Core.Reviews;

namespace Graft.Cli.Reviews;

/// <summary>What a review says in words, on the screen and on its page alike.</summary>
internal static class ReviewWords
{
    public static string Count(int count, string what) => count == 1 ? $"1 {what}" : $"{count} {what}s";

    /// <summary>Whether main has a commit.</summary>
    public static string OnMain(ReviewedCommit commit, string main) => commit.OnMain switch
    {
        null => $"merges {string.Join(", ", commit.Commit.Parents.Skip(1).Select(parent => parent.Short))}",
        Core.Reviews.OnMain.Same when commit.Equivalent == commit.Commit.Id => $"is on {main} itself",
        Core.Reviews.OnMain.Same => $"on {main} as {commit.Equivalent!.Short}",
        Core.Reviews.OnMain.Similar => $"on {main} as {commit.Equivalent!.Short}, changed",
        Core.Reviews.OnMain.No => $"not on {main}",
        _ => $"on {main}: unknown",
    };

    /// <summary>How a pick compares with its source.</summary>
    public static string Pick(PickedChange pick) => $"picked from {Short(pick.Source)}, " + pick.State switch
    {
        PickState.Same => "unchanged",
        PickState.Differs => "and differs from it",
        _ => "which is not here to compare with",
    };

    /// <summary>What deserves a look before all else: histories that were merged in, commits that are main's own; null when there is nothing.</summary>
    public static string? Elsewhere(BranchReview changes)
    {
        var (merges, ofMain) = (changes.Merges.Count(), changes.OfMain.Count());
        return (merges, ofMain) switch
        {
            (0, 0) => null,
            (0, _) => $"{Count(ofMain, "commit")} of {changes.Main} itself: is the base the right one?",
            (_, 0) => $"{Count(merges, "merge")} from elsewhere: a hotfix takes commits, not branches",
            _ => $"{Count(merges, "merge")} from elsewhere, with {Count(ofMain, "commit")} of {changes.Main} itself: a hotfix takes commits, not branches",
        };
    }

    public static string Letter(FileStatus status) => status switch
    {
        FileStatus.Added => "A",
        FileStatus.Deleted => "D",
        FileStatus.Retyped => "T",
        _ => "M",
    };

    public static string Lines(ReviewedFile file) => file.IsBinary ? "binary" : $"+{file.Added} -{file.Removed}";

    public static string Reason(AffectedReason reason) => $"{reason.Path} -> {reason.Dockerfile}{(reason.Line is { } line ? $":{line}" : "")}: {reason.Why}";

    public static string Label(GuardFinding finding) => finding switch
    {
        { Allowed: true } => "allowed",
        { Severity: GuardSeverity.Warning } => "warning",
        _ => "refused",
    };

    private static string Short(string name) => name.Length > 8 ? name[..8] : name;
}

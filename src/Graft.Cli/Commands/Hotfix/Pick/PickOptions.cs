using System.Globalization;
using Graft.Core.Failures;

namespace Graft.Cli.Commands.Hotfix.Pick;

/// <summary>What <c>hotfix pick</c> was asked for: one of commits, a pull request, carrying on, and taking back.</summary>
internal sealed record PickOptions(IReadOnlyList<string> Commits, int? PullRequest, int? Mainline, bool Continue, bool Abort, bool DryRun)
{
    /// <summary>Refuses lines that contradict themselves or say nothing.</summary>
    public static PickOptions Of(IReadOnlyList<string> commits, string? pullRequest, string? mainline, bool carryOn, bool abort, bool dryRun)
    {
        var kinds = new[] { (commits.Count > 0, "COMMIT"), (pullRequest is not null, "--pr"), (carryOn, "--continue"), (abort, "--abort") }.Where(kind => kind.Item1).Select(kind => kind.Item2).ToList();
        if (kinds.Count == 0)
        {
            throw GraftException.Usage("nothing to do: no commit is named", "name some: `graft hotfix pick COMMIT…`, a range `A..B`, or a pull request `--pr N`");
        }

        if (kinds.Count > 1)
        {
            throw GraftException.Usage($"`{kinds[0]}` and `{kinds[1]}` contradict each other", "leave one of them out");
        }

        if ((carryOn || abort) && (dryRun || mainline is not null))
        {
            throw GraftException.Usage($"`{kinds[0]}` and `{(dryRun ? "--dry-run" : "--mainline")}` contradict each other", "leave one of them out");
        }

        return new PickOptions(commits, Number("--pr", pullRequest?.TrimStart('#')), Number("--mainline", mainline), carryOn, abort, dryRun);
    }

    private static int? Number(string option, string? text) =>
        text is null ? null
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0 ? number
        : throw GraftException.Usage($"`{option}` takes a number from 1, not '{text}'");
}

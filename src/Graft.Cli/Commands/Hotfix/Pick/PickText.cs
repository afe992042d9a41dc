using Graft.Cli.Terminal;
using Graft.Core.Failures;
using Graft.Core.Hotfixes.Picks;

namespace Graft.Cli.Commands.Hotfix.Pick;

/// <summary>Shows what is picked and what came of it.</summary>
internal static class PickText
{
    private const int MostLines = 10;

    public static void ShowPlan(PickList list, string branch, Screen screen)
    {
        ShowLeftOut(list.LeftOut, screen);
        if (list.Commits.Count > 0)
        {
            screen.Say($"pick {Count(list.Commits.Count)} onto {branch}");
            foreach (var commit in list.Commits)
            {
                screen.Say($"  {commit.Id.Short} {Printable.Line(commit.Subject)}");
            }
        }
    }

    public static void ShowLeftOut(IEnumerable<LeftOutCommit> commits, Screen screen)
    {
        foreach (var (commit, reason) in commits)
        {
            screen.Say($"left out {commit.Id.Short} {Printable.Line(commit.Subject)}: {reason}");
        }
    }

    public static void ShowOutcome(PickOutcome outcome, Screen screen)
    {
        foreach (var pick in outcome.Picked)
        {
            screen.Say($"picked {pick.Commit.Id.Short} {Printable.Line(pick.Commit.Subject)}: {Words(pick)}");
            foreach (var difference in pick.Comparison.Differences)
            {
                screen.Say($"  {Printable.Line(difference.Path)}");
                ShowLines("source", difference.OnlySource, screen);
                ShowLines("here", difference.OnlyPick, screen);
                if (difference is { OnlySource.Count: 0, OnlyPick.Count: 0 })
                {
                    screen.Say("    the same lines, in another order");
                }
            }
        }

        foreach (var missing in outcome.Missing)
        {
            screen.Warn($"{missing.For.Id.Short} changes lines of {missing.Path} that come from {missing.Commit.Id.Short} '{missing.Commit.Subject}', which the branch has not");
        }

        foreach (var sentence in outcome.Unknown)
        {
            screen.Warn(sentence);
        }
    }

    public static void ShowNext(PickOutcome outcome, Workspace workspace, GlobalOptions options, Screen screen)
    {
        screen.Say(outcome.Head == outcome.Before ? $"{outcome.Branch} is where it was" : $"{outcome.Branch} is at {outcome.Head.Short}");
        if (outcome.Head != outcome.Before)
        {
            screen.Say("next:");
            screen.Say($"  {options.Program} hotfix affected");
            screen.Say($"  git push -u {workspace.Product.Remote} {ShellWord.Quote(outcome.Branch)}");
        }
    }

    /// <summary>What a person does about a conflict.</summary>
    public static GraftException Conflict(PickOutcome outcome, GlobalOptions options) => GraftException.Outside(
        $"cannot pick {outcome.Stopped!.Id.Short} '{outcome.Stopped.Subject}': in conflict {(outcome.Conflicts.Count == 1 ? "is" : "are")} {string.Join(", ", outcome.Conflicts.Select(path => $"'{path}'"))}{(outcome.Remaining == 0 ? "" : $"; {Count(outcome.Remaining)} to come after it")}",
        $"resolve them, `git add` them, then `{options.Program} hotfix pick --continue`; or take all of it back with `{options.Program} hotfix pick --abort`");

    private static string Words(PickedCommit pick) => (pick.Source, pick.Comparison.Likeness) switch
    {
        (null, _) => "made here, not picked",
        ({ } source, PatchLikeness.Same) => $"the same as {source.Short}",
        ({ } source, PatchLikeness.Similar) => $"the same lines as {source.Short}, among others than there",
        ({ } source, PatchLikeness.Different) => $"differs from {source.Short}",
        ({ } source, _) => $"not compared with {source.Short}",
    };

    private static void ShowLines(string side, IReadOnlyList<string> lines, Screen screen)
    {
        foreach (var line in lines.Take(MostLines))
        {
            screen.Say($"    {side,-6} {Printable.Line(line)}");
        }

        if (lines.Count > MostLines)
        {
            screen.Say($"    {side,-6} and {lines.Count - MostLines} more lines");
        }
    }

    private static string Count(int commits) => commits == 1 ? "1 commit" : $"{commits} commits";
}

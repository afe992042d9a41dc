namespace Graft.Core.Hotfixes.Guards;

/// <summary>The guards that look at the branch: is it clean, pushed, and made from the release that it fixes?</summary>
internal static class BranchGuards
{
    private const int MostPathsNamed = 5;

    public static IEnumerable<GuardFinding> Check(BranchState facts)
    {
        if (facts.DirtyPaths.Count > 0)
        {
            yield return facts.Unfinished is { } command
                ? Refusal(GuardNames.DirtyTree, $"tracked files are modified: {Some(facts.DirtyPaths)}; a {command} is not finished", $"finish it with `git {command} --continue`, or leave it with `git {command} --abort`")
                : Refusal(GuardNames.DirtyTree, $"tracked files are modified: {Some(facts.DirtyPaths)}", "commit or stash them: only what is committed is built");
        }
        else if (facts.Unfinished is { } command)
        {
            yield return new GuardFinding(GuardNames.DirtyTree, GuardSeverity.Warning, $"a {command} is not finished; what is released is HEAD {facts.Head.Short}, where it stopped");
        }

        if (!facts.Push.IsPushed)
        {
            var words = facts.Push.Unreachable is { } reason ? $" (as far as the tracking branches say; the remote was not reached: {reason})" : "";
            yield return Refusal(
                GuardNames.NotPushed,
                $"HEAD {facts.Head.Short} is on no branch of '{facts.Push.Remote}'{words}",
                facts.Push.Unreachable is not null ? $"see that `git ls-remote {facts.Push.Remote}` works, then push"
                : facts.Branch is null ? $"push it to a branch of '{facts.Push.Remote}'" : $"`git push -u {facts.Push.Remote} {facts.Branch}`");
        }
        else if (facts.Push.Unreachable is { } reason)
        {
            yield return new GuardFinding(
                GuardNames.NotPushed,
                GuardSeverity.Warning,
                $"'{facts.Push.Remote}' was not reached ({reason}); its tracking branches here have HEAD {facts.Head.Short}");
        }

        if (!facts.DescendsFromBase && facts.IsShallow)
        {
            yield return Refusal(GuardNames.ShallowClone, $"the clone is shallow: its history does not reach the tag of '{facts.Base}'", "`git fetch --unshallow --tags`");
        }
        else if (WrongBase(facts) is { } wrongBase)
        {
            yield return wrongBase;
        }

        if (facts.ConflictMarkers.Count > 0)
        {
            yield return Refusal(GuardNames.ConflictMarkers, $"changed files hold conflict markers: {Some(facts.ConflictMarkers)}", "resolve them and commit");
        }
    }

    private static GuardFinding? WrongBase(BranchState facts)
    {
        if (facts.ManifestCommit is { } said && said != facts.BaseCommit)
        {
            return Refusal(
                GuardNames.WrongBase,
                $"tag '{facts.Tag}' is at {facts.BaseCommit.Short}, but the manifest of '{facts.Base}' says {said.Short}",
                facts.RemoteTag == said
                    ? $"'{facts.Push.Remote}' has it where the manifest says: `git fetch --tags --force {facts.Push.Remote}`"
                    : "find out which one is live before going on");
        }

        if (facts.RemoteTag is { } there && there != facts.BaseCommit)
        {
            return Refusal(
                GuardNames.WrongBase,
                $"tag '{facts.Tag}' is at {facts.BaseCommit.Short} here{(facts.ManifestCommit is null ? "" : $" and in the manifest of '{facts.Base}'")}, but at {there.Short} on '{facts.Push.Remote}'",
                "somebody moved it; find out which one is live before going on");
        }

        return facts.DescendsFromBase
            ? null
            : Refusal(GuardNames.WrongBase, $"HEAD does not descend from {(facts.Tag is null ? $"'{facts.Base}'" : $"tag '{facts.Tag}'")}", $"branch from it: `git switch -c NAME {facts.Tag ?? facts.Base}`");
    }

    private static GuardFinding Refusal(string guard, string message, string hint) => new(guard, GuardSeverity.Error, message, hint);

    private static string Some(IReadOnlyList<string> paths) =>
        string.Join(", ", paths.Take(MostPathsNamed)) + (paths.Count > MostPathsNamed ? $" and {paths.Count - MostPathsNamed} more" : "");
}

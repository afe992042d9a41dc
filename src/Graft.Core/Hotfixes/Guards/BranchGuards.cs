namespace Graft.Core.Hotfixes.Guards;

/// <summary>The guards that look at the branch: is it clean, pushed, and made from the release that it fixes?</summary>
internal static class BranchGuards
{
    public static IEnumerable<GuardFinding> Check(BranchState facts)
    {
        if (facts.DirtyPaths.Count > 0)
        {
            yield return WorktreeGuard.Check(facts.DirtyPaths, facts.Unfinished, "commit or stash them: only what is committed is built")!;
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
            yield return Refusal(GuardNames.ConflictMarkers, $"changed files hold conflict markers: {WorktreeGuard.Some(facts.ConflictMarkers)}", "resolve them and commit");
        }
    }

    private static GuardFinding? WrongBase(BranchState facts)
    {
        if (facts.Tag is { } tag && BaseTagGuard.Check(new BaseTag(tag, facts.Base, facts.BaseCommit, facts.ManifestCommit, facts.RemoteTag, facts.Push.Remote)) is { } moved)
        {
            return moved;
        }

        return facts.DescendsFromBase ? null
            : facts.Tag is null ? Refusal(GuardNames.WrongBase, $"HEAD does not descend from '{facts.Base}'", $"branch from it: `git switch -c NAME {facts.Base}`")
            : Refusal(GuardNames.WrongBase, $"HEAD does not descend from tag '{facts.Tag}'", $"branch from it: `graft hotfix start NAME --release {facts.Base}`");
    }

    private static GuardFinding Refusal(string guard, string message, string hint) => new(guard, GuardSeverity.Error, message, hint);
}

namespace Graft.Core.Hotfixes.Guards;

/// <summary>The guard <c>dirty-tree</c> before a branch is left or added to: what is modified, or begun, would be lost or mixed in.</summary>
public static class WorktreeGuard
{
    private const int MostPathsNamed = 5;

    /// <summary>A refusal when tracked files are modified or staged, or a git command such as a merge is not finished; else null.</summary>
    public static GuardFinding? Check(IReadOnlyList<string> dirtyPaths, string? unfinished, string remedy) =>
        unfinished is not null ? Refusal(dirtyPaths.Count > 0 ? $"{Modified(dirtyPaths)}; a {unfinished} is not finished" : $"a {unfinished} is not finished", Finish(unfinished))
        : dirtyPaths.Count > 0 ? Refusal(Modified(dirtyPaths), remedy)
        : null;

    /// <summary>The sentence about modified paths.</summary>
    public static string Modified(IReadOnlyList<string> paths) => $"tracked files are modified: {Some(paths)}";

    /// <summary>How a git command that is not finished is brought to its end.</summary>
    public static string Finish(string command) => $"finish it with `git {command} --continue`, or leave it with `git {command} --abort`";

    /// <summary>The first few of several paths.</summary>
    public static string Some(IReadOnlyList<string> paths) =>
        string.Join(", ", paths.Take(MostPathsNamed)) + (paths.Count > MostPathsNamed ? $" and {paths.Count - MostPathsNamed} more" : "");

    private static GuardFinding Refusal(string message, string hint) => new(GuardNames.DirtyTree, GuardSeverity.Error, message, hint);
}

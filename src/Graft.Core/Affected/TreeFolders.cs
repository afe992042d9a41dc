namespace Graft.Core.Affected;

/// <summary>
/// Which folders one side has and the other has not. A build context keeps a folder whose files are all ignored, empty, so a file
/// that no rule lets in can bring one.
/// </summary>
internal sealed class TreeFolders(Func<IReadOnlyList<string>> readPaths, IReadOnlyList<FileChange> changes)
{
    private readonly Lazy<(HashSet<string> Before, HashSet<string> After)> sides = new(() =>
    {
        var paths = readPaths();
        var added = changes.Where(change => change.Before is null).Select(change => change.Path).ToHashSet(StringComparer.Ordinal);
        var removed = changes.Where(change => change.After is null).Select(change => change.Path);
        return (FoldersOf(paths.Where(path => !added.Contains(path)).Concat(removed)), FoldersOf(paths));
    });

    /// <summary>Whether a folder came or went.</summary>
    public bool CameOrWent(string folder) => sides.Value.Before.Contains(folder) != sides.Value.After.Contains(folder);

    private static HashSet<string> FoldersOf(IEnumerable<string> paths)
    {
        var folders = new HashSet<string>(StringComparer.Ordinal);
        foreach (var path in paths)
        {
            for (var folder = TreeLinks.Folder(path); folder.Length > 0 && folders.Add(folder); folder = TreeLinks.Folder(folder))
            {
            }
        }

        return folders;
    }
}

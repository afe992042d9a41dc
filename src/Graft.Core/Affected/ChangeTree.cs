namespace Graft.Core.Affected;

/// <summary>The changed paths as a tree of folders, so that an image is held against what is below its own folders and against nothing else.</summary>
internal sealed class ChangeTree
{
    private readonly SortedDictionary<string, ChangeTree> children = new(StringComparer.Ordinal);

    private ChangeTree(string path) => Path = path;

    /// <summary>The path from the root; empty for the root.</summary>
    public string Path { get; }

    /// <summary>The change of exactly this path, or null.</summary>
    public FileChange? Change { get; private set; }

    /// <summary>The changed names in this folder, and the folders with changes.</summary>
    public IReadOnlyDictionary<string, ChangeTree> Children => children;

    public static ChangeTree Of(IEnumerable<FileChange> changes)
    {
        var root = new ChangeTree("");
        foreach (var change in changes)
        {
            var node = root;
            foreach (var name in change.Path.Split('/'))
            {
                if (!node.children.TryGetValue(name, out var child))
                {
                    node.children[name] = child = new ChangeTree(node.Path.Length == 0 ? name : $"{node.Path}/{name}");
                }

                node = child;
            }

            node.Change = change;
        }

        return root;
    }

    /// <summary>The node of a path (empty for the root), or null when nothing at or below it changed.</summary>
    public ChangeTree? Find(string path)
    {
        var node = this;
        foreach (var name in path.Length == 0 ? [] : path.Split('/'))
        {
            if (!node.children.TryGetValue(name, out node!))
            {
                return null;
            }
        }

        return node;
    }

    /// <summary>The changes at a path and above it: of the path itself, or of a link or submodule that it leads through.</summary>
    public IEnumerable<FileChange> OnTheWayTo(string path)
    {
        var node = this;
        foreach (var name in path.Length == 0 ? [] : path.Split('/'))
        {
            if (!node.children.TryGetValue(name, out node!))
            {
                yield break;
            }

            if (node.Change is { } change)
            {
                yield return change;
            }
        }
    }

    /// <summary>Every change at or below this path.</summary>
    public IEnumerable<FileChange> All()
    {
        if (Change is not null)
        {
            yield return Change;
        }

        foreach (var change in children.Values.SelectMany(child => child.All()))
        {
            yield return change;
        }
    }
}

using Graft.Core.Dockerfiles;
using Graft.Core.Failures;

namespace Graft.Adapters.Builders.Embedded;

/// <summary>
/// A file system in memory: names and metadata, with content left where it is. Links are followed within the tree, whose root nothing can leave;
/// the machine's own file system is never asked.
/// </summary>
internal sealed class FileTree(TreeNode root)
{
    // What Linux allows along one path.
    private const int MostLinks = 40;

    public TreeNode Root { get; } = root;

    public static FileTree Empty() => new(TreeNode.NewFolder(0, 0));

    public FileTree Copy() => new(Root.Copy());

    /// <summary>The node at a path, links followed to the end; null when there is none.</summary>
    public TreeNode? Find(string path) => FindNode(Resolve(path, followLast: true));

    /// <summary>The node at a path whose segments are names of folders, no links; null when there is none.</summary>
    public TreeNode? FindNode(IReadOnlyList<string> segments)
    {
        var node = Root;
        foreach (var segment in segments)
        {
            if (node.Kind != TreeNodeKind.Folder || !node.Children.TryGetValue(segment, out node))
            {
                return null;
            }
        }

        return node;
    }

    /// <summary>
    /// The path with every link on the way replaced by where it leads; the last segment's too when <paramref name="followLast"/>. What is not
    /// there is kept as it is written.
    /// </summary>
    public IReadOnlyList<string> Resolve(string path, bool followLast)
    {
        var todo = new Stack<string>(path.Split('/').Reverse());
        var done = new List<string>();
        var links = 0;
        while (todo.TryPop(out var segment))
        {
            if (segment is "" or ".")
            {
                continue;
            }

            if (segment == "..")
            {
                done.RemoveRange(Math.Max(0, done.Count - 1), Math.Min(1, done.Count));
                continue;
            }

            var node = FindNode([.. done, segment]);
            if (node is not { Kind: TreeNodeKind.Link } || (!followLast && !todo.Any(rest => rest is not ("" or "."))))
            {
                done.Add(segment);
                continue;
            }

            if (++links > MostLinks)
            {
                throw GraftException.Input($"'{path}' leads through too many symbolic links");
            }

            if (node.Target.StartsWith('/'))
            {
                done.Clear();
            }

            foreach (var part in node.Target.Split('/').Reverse())
            {
                todo.Push(part);
            }
        }

        return done;
    }

    /// <summary>The nodes that a path with wildcards names, links followed, by their path as matched; empty when there is none.</summary>
    public IReadOnlyList<KeyValuePair<string, TreeNode>> Match(string pattern)
    {
        IEnumerable<string> paths = [""];
        foreach (var segment in SourcePath.Parse(pattern).Segments)
        {
            paths = segment.Pattern is { } wildcards
                ? paths.SelectMany(path => Matching(path, wildcards)).ToList()
                : paths.Select(path => $"{path}/{segment.Text}").ToList();
        }

        return [.. paths.Select(path => KeyValuePair.Create(path, Find(path))).Where(pair => pair.Value is not null).Select(pair => KeyValuePair.Create(pair.Key, pair.Value!))];
    }

    private IEnumerable<string> Matching(string folder, PathPattern pattern) =>
        Find(folder) is { Kind: TreeNodeKind.Folder } node ? node.Children.Keys.Where(pattern.IsMatch).Select(name => $"{folder}/{name}") : [];
}

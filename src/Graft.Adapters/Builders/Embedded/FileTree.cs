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

    /// <summary>The path, links followed, of what a path with wildcards names before the first of them.</summary>
    public IReadOnlyList<string> FindStart(string pattern) => Resolve(string.Join('/', Plain(UnixPath.Segments(pattern))), followLast: true);

    /// <summary>
    /// The nodes that a path with wildcards names, by their path; null when the path, or the part of it before the first wildcard, is not there. A
    /// wildcard itself may match nothing. Links are followed before the first wildcard and at the end, not in between (<c>ResolveWildcards</c> of
    /// tonistiigi/fsutil, with which BuildKit copies). A match that is a link to nothing is an input failure.
    /// </summary>
    public IReadOnlyList<KeyValuePair<string, TreeNode>>? Match(string pattern)
    {
        var segments = UnixPath.Segments(pattern);
        var plain = Plain(segments);
        var start = FindStart(pattern);
        if (FindNode(start) is not { } node)
        {
            return null;
        }

        if (plain.Count == segments.Length)
        {
            return [KeyValuePair.Create("/" + string.Join('/', plain), node)];
        }

        IEnumerable<KeyValuePair<string, TreeNode>> found = [KeyValuePair.Create(string.Concat(start.Select(segment => "/" + segment)), node)];
        foreach (var segment in segments.Skip(plain.Count).Select(PathPattern.Parse))
        {
            found = found.SelectMany(folder => folder.Value.Children.Where(child => segment.IsMatch(child.Key)).Select(child => KeyValuePair.Create($"{folder.Key}/{child.Key}", child.Value))).ToList();
        }

        return [.. found.Select(match => KeyValuePair.Create(match.Key, Find(match.Key) ?? throw GraftException.Input($"'{match.Key[1..]}' is a symbolic link to '{match.Value.Target}', which is not there")))];
    }

    private static List<string> Plain(string[] segments) => [.. segments.TakeWhile(segment => !PathPattern.HasWildcards(segment))];
}

using Graft.Core.Failures;

namespace Graft.Adapters.Builders.Embedded;

/// <summary>
/// What one instruction adds to an image. Each change is made in the tree at once; the folders above it go into the layer as they are below, for
/// an unpacker that makes each layer on its own would otherwise invent their modes.
/// </summary>
internal sealed class LayerChanges(FileTree tree)
{
    private const string Whiteout = ".wh.";
    private readonly SortedDictionary<string, TreeNode> entries = new(StringComparer.Ordinal);

    /// <summary>The layer's entries by path, without a leading slash; a folder stands before what is in it.</summary>
    public IEnumerable<KeyValuePair<string, TreeNode>> Entries => entries;

    /// <summary>The files below, with the changes made so far.</summary>
    public FileTree Tree { get; } = tree;

    /// <summary>Makes a folder, and those above it that are not there, following links that are. Returns its path without links.</summary>
    public IReadOnlyList<string> MakeFolder(string path, FileOwner owner)
    {
        var segments = Tree.Resolve(path, followLast: true);
        for (var i = 1; i <= segments.Count; i++)
        {
            string[] above = [.. segments.Take(i)];
            var node = Tree.FindNode(above);
            if (node is not null && node.Kind != TreeNodeKind.Folder)
            {
                throw GraftException.Input($"'/{string.Join('/', above)}' is not a folder in the image");
            }

            Record(above, node ?? Insert(above, TreeNode.NewFolder(owner.User, owner.Group)));
        }

        return segments;
    }

    /// <summary>Puts a file, a link or a new folder at a path whose folders are there; what was there is replaced.</summary>
    public void Put(IReadOnlyList<string> path, TreeNode node)
    {
        var name = path[^1];
        if (name.StartsWith(Whiteout, StringComparison.Ordinal))
        {
            throw GraftException.Input($"'{name}' cannot be put into an image: in a layer such a name means that a file is gone");
        }

        var old = Tree.FindNode(path);
        if (old?.Kind == TreeNodeKind.Folder && node.Kind != TreeNodeKind.Folder)
        {
            throw GraftException.Input($"'/{string.Join('/', path)}' is a folder in the image, and cannot become a file");
        }

        Record(path, Insert(path, node));
    }

    /// <summary>Puts a folder of the image into the layer as it is.</summary>
    public void Record(IReadOnlyList<string> path, TreeNode node) => entries[string.Join('/', path)] = node;

    /// <summary>Makes the same changes in another tree, where links below are not followed.</summary>
    public void ApplyTo(FileTree other)
    {
        foreach (var (path, node) in entries)
        {
            var parent = other.Root;
            var segments = path.Split('/');
            foreach (var segment in segments[..^1])
            {
                parent = parent.Children[segment];
            }

            var old = parent.Children.GetValueOrDefault(segments[^1]);
            parent.Children[segments[^1]] = node with
            {
                Children = node.Kind == TreeNodeKind.Folder && old?.Kind == TreeNodeKind.Folder ? old.Children : new(StringComparer.Ordinal),
            };
        }
    }

    private TreeNode Insert(IReadOnlyList<string> path, TreeNode node)
    {
        var parent = Tree.FindNode([.. path.Take(path.Count - 1)])!;
        parent.Children[path[^1]] = node;
        return node;
    }
}

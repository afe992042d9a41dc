using System.Formats.Tar;
using Graft.Core.Failures;

namespace Graft.Adapters.Builders.Embedded;

/// <summary>Lays the entries of layers over each other (OCI image spec, "Layer Changesets"): later ones win, whiteouts take away.</summary>
internal static class LayerStack
{
    private const string Whiteout = ".wh.";
    private const string Opaque = ".wh..wh..opq";

    /// <summary>Puts one layer on top of a tree.</summary>
    public static void Apply(FileTree tree, IReadOnlyList<LayerEntry> layer)
    {
        // A whiteout hides what is below its own layer only, wherever in the archive it stands.
        foreach (var entry in layer)
        {
            var (folder, name) = Split(entry.Path);
            if (name == Opaque)
            {
                tree.Find(folder)?.Children.Clear();
            }
            else if (name.StartsWith(Whiteout, StringComparison.Ordinal))
            {
                tree.Find(folder)?.Children.Remove(name[Whiteout.Length..]);
            }
        }

        foreach (var entry in layer.Where(entry => !Split(entry.Path).Name.StartsWith(Whiteout, StringComparison.Ordinal)))
        {
            Put(tree, entry);
        }
    }

    private static void Put(FileTree tree, LayerEntry entry)
    {
        var (folder, name) = Split(entry.Path);
        if (name.Length == 0)
        {
            return;
        }

        var parent = tree.Root;
        foreach (var segment in tree.Resolve(folder, followLast: true))
        {
            if (!parent.Children.TryGetValue(segment, out var child) || child.Kind != TreeNodeKind.Folder)
            {
                parent.Children[segment] = child = TreeNode.NewFolder(0, 0);
            }

            parent = child;
        }

        var node = entry.Type == TarEntryType.HardLink ? HardLinked(tree, entry) : entry.Node;
        parent.Children[name] = node.Kind == TreeNodeKind.Folder && parent.Children.TryGetValue(name, out var old) && old.Kind == TreeNodeKind.Folder
            ? node with { Children = old.Children }
            : node with { Children = new(StringComparer.Ordinal) };
    }

    private static TreeNode HardLinked(FileTree tree, LayerEntry entry) =>
        tree.FindNode(tree.Resolve(entry.HardLink, followLast: false)) is { Kind: not TreeNodeKind.Folder } node
            ? node
            : throw GraftException.Input($"a layer has a hard link '{entry.Path}' to '{entry.HardLink}', which is not there");

    private static (string Folder, string Name) Split(string path)
    {
        var slash = path.LastIndexOf('/');
        return slash < 0 ? ("", path) : (path[..slash], path[(slash + 1)..]);
    }
}

using System.Text;
using Graft.Core.Dockerfiles;
using Graft.Core.Failures;

namespace Graft.Adapters.Builders.Embedded;

/// <summary>Where COPY takes files from: its name in messages, its files, and, where it is a build context, that and what is taken of it.</summary>
internal sealed record CopySource(string Name, FileTree Tree, BuildContext? Context = null, TakenPaths? Taken = null);

/// <summary>A COPY or ADD after substitution. <c>Destination</c> is as written, <c>Path</c> absolute; owner and mode are null where no flag says them.</summary>
internal sealed record CopyRequest(
    Instruction Instruction,
    IReadOnlyList<string> Sources,
    string Destination,
    string Path,
    FileOwner? Owner,
    int? Mode,
    Func<Heredoc, string> Expand);

/// <summary>Copies files into an image by the rules of docker's COPY.</summary>
internal sealed class Copier(CopySource source, CopyRequest request, LayerChanges changes)
{
    private static readonly FileOwner Root = new(0, 0);

    private Instruction Instruction => request.Instruction;

    /// <summary>Makes the changes; what docker would refuse is an input failure at the instruction.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var found = request.Sources.SelectMany(Find).ToList();
        var intoFolder = request.Destination is "" or "." || request.Destination.EndsWith('/')
            || changes.Tree.Find(request.Path)?.Kind == TreeNodeKind.Folder;
        // The first source, when it is a folder, makes the destination one. Of several files all but the last would be lost, and docker's
        // documentation wants the slash.
        intoFolder |= found.Count > 1 && found[0].Value.Kind == TreeNodeKind.Folder;
        if (found.Count > 1 && !intoFolder)
        {
            throw Instruction.Location.Error(
                $"{found.Count} sources cannot be copied to '{request.Destination}'", "with more than one source the destination is a folder and ends with a `/`");
        }

        foreach (var (path, node) in found)
        {
            if (Instruction.Keyword == "ADD" && node.Content is { } content && await Archives.IsArchiveAsync(content, cancellationToken))
            {
                throw SupportedInstructions.Refuse(Instruction, $"unpacking the archive '{path.TrimStart('/')}' with ADD");
            }

            Copy(path, node, intoFolder);
        }
    }

    private IReadOnlyList<KeyValuePair<string, TreeNode>> Find(string pattern)
    {
        if (Instruction.FindHeredoc(pattern) is { } heredoc)
        {
            var content = new InlineContent(Encoding.UTF8.GetBytes(request.Expand(heredoc)));
            return [KeyValuePair.Create(heredoc.Name, new TreeNode(TreeNodeKind.File, Modes.Plain, 0, 0) { Content = content })];
        }

        if (Instruction.Keyword == "ADD" && (pattern.Contains("://", StringComparison.Ordinal) || pattern.StartsWith("git@", StringComparison.Ordinal)))
        {
            throw SupportedInstructions.Refuse(Instruction, $"'ADD {pattern}'");
        }

        try
        {
            var found = source.Tree.Match(pattern) ?? throw Instruction.Location.Error($"'{pattern}' is not in {source.Name}", HintFor(pattern));
            source.Taken?.Add(pattern, found.Select(match => string.Join('/', source.Tree.Resolve(match.Key, followLast: true))));
            // A wildcard that matches nothing copies nothing: BuildKit sets AllowEmptyWildcard.
            if (found.Count == 0 && source.Tree.FindStart(pattern) is { Count: > 0 } start)
            {
                source.Taken?.Need(string.Join('/', start), NothingMatches(pattern, string.Join('/', start)));
            }

            return found;
        }
        catch (FormatException malformed)
        {
            throw Instruction.Location.Error(malformed.Message);
        }
    }

    private GraftException NothingMatches(string pattern, string folder)
    {
        var path = string.Join('/', UnixPath.Segments(pattern));
        return Instruction.Location.Error(
            $"'{pattern}' matches nothing, and nothing else is copied from '{folder}'",
            $"docker has a folder only when something is copied from it; where nothing may be there, begin with a wildcard: `[{path[0]}]{path[1..]}`");
    }

    private string? HintFor(string pattern)
    {
        var path = string.Join('/', UnixPath.Segments(pattern));
        if (UnixPath.Clean(pattern).StartsWith("..", StringComparison.Ordinal))
        {
            return "a source cannot leave the build context; widen `context` in graft.yaml, or name a further one under `contexts`";
        }

        return source.Context is { IgnoreFile: { } file } context && !PathPattern.HasWildcards(path) && context.Rules.IsIgnored(path)
            ? $"'{file}' leaves it out"
            : null;
    }

    private void Copy(string path, TreeNode node, bool intoFolder)
    {
        if (node.Kind == TreeNodeKind.Folder)
        {
            // A folder stands for its contents: a destination that it makes is 0755, whatever its own mode or the flag says, as with BuildKit.
            CopyChildren(node, changes.MakeFolder(request.Path, request.Owner ?? Root));
            return;
        }

        var name = path[(path.LastIndexOf('/') + 1)..];
        var file = intoFolder ? $"{request.Path}/{name}" : request.Path;
        var folder = changes.MakeFolder(file[..Math.Max(0, file.LastIndexOf('/'))], request.Owner ?? Root);
        changes.Put([.. folder, file[(file.LastIndexOf('/') + 1)..]], Copied(path, node));
    }

    private void CopyChildren(TreeNode folder, IReadOnlyList<string> target)
    {
        foreach (var (name, child) in folder.Children)
        {
            string[] path = [.. target, name];
            if (child.Kind != TreeNodeKind.Folder)
            {
                changes.Put(path, Copied(name, child));
                continue;
            }

            switch (changes.Tree.FindNode(path))
            {
                case null:
                    changes.Put(path, Dress(child) with { Children = new(StringComparer.Ordinal) });
                    break;
                case { Kind: TreeNodeKind.Folder } there:
                    // Unlike the destination itself, it gets the mode and owner of what is copied (overwriteTargetMetadata of fsutil's copy).
                    changes.Put(path, Dress(child) with { Children = there.Children });
                    break;
                default:
                    throw GraftException.Input($"'/{string.Join('/', path)}' is not a folder in the image, and cannot become one");
            }

            CopyChildren(child, path);
        }
    }

    private TreeNode Copied(string path, TreeNode node) => node.Kind == TreeNodeKind.Special
        ? throw GraftException.Input($"'{path.TrimStart('/')}' is neither a file, a folder nor a link with a name in UTF-8, and cannot be copied")
        : Dress(node);

    private TreeNode Dress(TreeNode node) => node with
    {
        // What comes from a stage or an image keeps its owner, as with BuildKit; in a context everything is root's.
        User = request.Owner?.User ?? node.User,
        Group = request.Owner?.Group ?? node.Group,
        Mode = node.Kind == TreeNodeKind.Link ? Modes.Link : request.Mode ?? node.Mode,
        Modified = 0,
    };
}

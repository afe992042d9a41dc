using System.Text;
using Graft.Adapters.Git;
using Graft.Core.Affected;
using Graft.Core.Failures;
using Graft.Core.Products;
using Graft.Core.Releases;

namespace Graft.Cli.Hotfixes;

/// <summary>
/// Asks git what the images of the product can depend on in two commits: head's tree, what differs, and the few texts that decide. Three
/// processes, whatever the product's size; the worktree is not looked at.
/// </summary>
internal sealed class AffectedQuestion(Workspace workspace, Product product)
{
    private const string IgnoreFile = ".dockerignore";
    private readonly GitRepository git = workspace.Git;

    /// <summary>What the change from a commit to HEAD, whose tree is given, can alter. A graft.yaml that does not fit HEAD's files is an input failure.</summary>
    public Task<AffectedReport> AskAsync(CommitId from, Task<TreeListing> listTree, CancellationToken cancellationToken) =>
        AskAsync(git.ReadChangesAsync(from, git.Head, cancellationToken), listTree, cancellationToken);

    /// <summary>As above, for a caller that wants to know of the changes too.</summary>
    public async Task<AffectedReport> AskAsync(Task<IReadOnlyList<FileChange>> readChanges, Task<TreeListing> listTree, CancellationToken cancellationToken)
    {
        var tree = (await listTree).Outline(ImageSources.PatternsOf(product), IgnoreFile);
        var sources = ImageSources.Find(product, [.. tree.Entries.Select(entry => entry.Path)]);
        var changes = await readChanges;
        if (changes.Count == 0)
        {
            return new AffectedReport([.. sources.Select(source => new ImageEffect(source, []))], []);
        }

        var links = tree.Entries.Where(entry => entry.Kind == TreeEntryKind.SymbolicLink).ToDictionary(entry => entry.Path, entry => entry.ObjectId, StringComparer.Ordinal);
        var baseLinks = LinksBefore(links, changes);
        var texts = TextsOf(tree, sources, links.Count > 0);
        var attributes = changes.Where(change => Path.GetFileName(change.Path) == ".gitattributes").ToList();
        var file = workspace.ComparesConfiguration ? changes.FirstOrDefault(change => change is { Path: ProductFile.Name, Before: not null, After: not null }) : null;
        var objects = links.Values.Concat(baseLinks.Values).Concat(attributes.Append(file).SelectMany(change => new[] { change?.Before?.Object, change?.After?.Object }).OfType<string>());
        var contents = await git.ReadContentsAsync([.. texts.Values.Concat(objects.Select(ContentName.OfObject)).Distinct()], cancellationToken);

        string? Text(ContentName name) => contents[name] is { } bytes ? Encoding.UTF8.GetString(bytes) : null;
        string? ObjectText(FileState? state) => state is null ? null : Text(ContentName.OfObject(state.Object));
        Dictionary<string, string> Targets(Dictionary<string, string> ids) => ids.ToDictionary(link => link.Key, link => Text(ContentName.OfObject(link.Value)) ?? "", StringComparer.Ordinal);
        return AffectedImages.Find(new AffectedFacts
        {
            Product = product,
            Sources = sources,
            Paths = () => tree.Paths,
            Changes = changes,
            Links = Targets(links),
            BaseLinks = Targets(baseLinks),
            Texts = texts.ToDictionary(text => text.Key, text => Text(text.Value), StringComparer.Ordinal),
            Attributes = attributes.ToDictionary(change => change.Path, change => (ObjectText(change.Before), ObjectText(change.After)), StringComparer.Ordinal),
            BaseConfiguration = file is null ? null : ReadBase(ObjectText(file.Before) ?? "", tree.Paths, changes),
        });
    }

    private static Dictionary<string, string> LinksBefore(Dictionary<string, string> links, IReadOnlyList<FileChange> changes)
    {
        var before = new Dictionary<string, string>(links, StringComparer.Ordinal);
        foreach (var change in changes)
        {
            before.Remove(change.Path);
            if (change.Before is { Kind: FileKind.Link } link)
            {
                before[change.Path] = link.Object;
            }
        }

        return before;
    }

    // By object where the tree says which: git need not walk its folders for each. Where folders may be links, only git knows what is there.
    private Dictionary<string, ContentName> TextsOf(TreeOutline tree, IReadOnlyList<ImageSource> sources, bool hasLinks)
    {
        var files = tree.Entries.Where(entry => entry.Kind is TreeEntryKind.File or TreeEntryKind.Executable).ToDictionary(entry => entry.Path, entry => entry.ObjectId, StringComparer.Ordinal);
        bool MayExist(string path) =>
            files.ContainsKey(path) || (hasLinks && path[0] != '/' && !path.StartsWith("../", StringComparison.Ordinal) && !path.Contains("://", StringComparison.Ordinal));
        return AffectedImages.TextsOf(sources, MayExist)
            .ToDictionary(path => path, path => files.TryGetValue(path, out var id) ? ContentName.OfObject(id) : ContentName.OfFile(git.Head, path), StringComparer.Ordinal);
    }

    private static BaseConfiguration ReadBase(string text, IReadOnlyList<string> paths, IReadOnlyList<FileChange> changes)
    {
        var added = changes.Where(change => change.Before is null).Select(change => change.Path).ToHashSet(StringComparer.Ordinal);
        var before = paths.Where(path => !added.Contains(path)).Concat(changes.Where(change => change.After is null).Select(change => change.Path)).ToList();
        try
        {
            var product = ProductReader.Read(text, ProductFile.Name);
            return new BaseConfiguration(ProductFile.Name, product, ImageSources.Find(product, before));
        }
        catch (GraftException unreadable) when (unreadable.Kind == FailureKind.Input)
        {
            return new BaseConfiguration(ProductFile.Name, null, [], unreadable.Message);
        }
    }
}

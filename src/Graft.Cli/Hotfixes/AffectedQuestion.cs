using System.Text;
using Graft.Adapters.Git;
using Graft.Core.Affected;
using Graft.Core.Failures;
using Graft.Core.Products;
using Graft.Core.Releases;

namespace Graft.Cli.Hotfixes;

/// <summary>
/// Asks git what the images of the product can depend on in two commits: head's tree, what differs, and the few texts that decide; three
/// processes, whatever the product's size. The worktree is not looked at.
/// </summary>
internal sealed class AffectedQuestion(GitRepository git, Product product, bool comparesConfiguration)
{
    public async Task<AffectedReport> AskAsync(CommitId from, Task<IReadOnlyList<TreeEntry>> headTree, CancellationToken cancellationToken)
    {
        var changed = git.ReadChangesAsync(from, git.Head, cancellationToken);
        var tree = await headTree;
        var paths = tree.Select(entry => entry.Path).ToList();
        var sources = ImageSources.Find(product, paths);
        var changes = await changed;
        var links = tree.Where(entry => entry.Kind == TreeEntryKind.SymbolicLink).ToDictionary(entry => entry.Path, entry => entry.ObjectId);
        var baseLinks = LinksBefore(links, changes);
        var texts = changes.Count == 0 ? [] : TextsOf(tree, sources, links.Count > 0);
        var attributes = changes.Where(change => Path.GetFileName(change.Path) == ".gitattributes").ToList();
        var file = comparesConfiguration ? changes.FirstOrDefault(change => change is { Path: ProductFile.Name, Before: not null, After: not null }) : null;

        var contents = await git.ReadContentsAsync(
            [
                .. texts.Select(path => ContentName.OfFile(git.Head, path)),
                .. (changes.Count == 0 ? [] : links.Values.Concat(baseLinks.Values))
                    .Concat(attributes.Append(file).SelectMany(change => new[] { change?.Before?.Object, change?.After?.Object }).OfType<string>())
                    .Distinct(StringComparer.Ordinal).Select(ContentName.OfObject),
            ],
            cancellationToken);
        string? ObjectText(string? id) => id is not null && contents.GetValueOrDefault(ContentName.OfObject(id)) is { } bytes ? Encoding.UTF8.GetString(bytes) : null;
        Dictionary<string, string> Targets(Dictionary<string, string> objects) => objects.ToDictionary(link => link.Key, link => ObjectText(link.Value) ?? "");

        return AffectedImages.Find(new AffectedFacts
        {
            Product = product,
            Sources = sources,
            Paths = paths,
            Changes = changes,
            Links = Targets(links),
            BaseLinks = Targets(baseLinks),
            Texts = texts.ToDictionary(path => path, path => contents[ContentName.OfFile(git.Head, path)] is { } bytes ? Encoding.UTF8.GetString(bytes) : null),
            Attributes = attributes.ToDictionary(change => change.Path, change => (ObjectText(change.Before?.Object), ObjectText(change.After?.Object))),
            BaseConfiguration = file is null ? null : ReadBase(ObjectText(file.Before!.Object) ?? "", paths, changes),
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

    // Files of ignore rules are few and looked for in many places. Where folders may be links, only git knows what is there.
    private static IReadOnlyList<string> TextsOf(IReadOnlyList<TreeEntry> tree, IReadOnlyList<ImageSource> sources, bool hasLinks)
    {
        var ignoreFiles = tree.Select(entry => entry.Path).Where(path => path.EndsWith(".dockerignore", StringComparison.Ordinal)).ToHashSet(StringComparer.Ordinal);
        return AffectedImages.TextsOf(sources, path => ignoreFiles.Contains(path)
            || (hasLinks && !path.StartsWith('/') && !path.StartsWith("../", StringComparison.Ordinal) && !path.Contains("://", StringComparison.Ordinal)));
    }

    private static BaseConfiguration ReadBase(string text, List<string> paths, IReadOnlyList<FileChange> changes)
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

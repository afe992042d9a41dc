namespace Graft.Core.Affected;

/// <summary>
/// Changes of <c>.gitattributes</c> that alter how files below are checked out (gitattributes(5): filters such as LFS, ident, encodings)
/// though the files themselves did not change. Line ends are none of it: a clean checkout converts none.
/// </summary>
internal sealed class AttributeChanges
{
    /// <summary>The name of a file of attributes.</summary>
    public const string FileName = ".gitattributes";

    private static readonly string[] Matter = ["filter", "ident", "working-tree-encoding", "[attr]"];
    private readonly List<(string Folder, FileChange Change)> folders;

    public AttributeChanges(AffectedFacts facts) =>
        folders = [.. facts.Changes.Where(change => Is(change) && Alters(facts.Attributes.GetValueOrDefault(change.Path))).Select(change => (TreeLinks.Folder(change.Path), change))];

    /// <summary>Whether the path is a file of attributes.</summary>
    public static bool Is(FileChange change) => TreeLinks.Name(change.Path) == FileName;

    /// <summary>The changes that can alter something at, above or below a path.</summary>
    public IEnumerable<FileChange> Around(string path) =>
        folders.Count == 0 ? [] : folders.Where(attributes => IsAtOrBelow(path, attributes.Folder) || IsAtOrBelow(attributes.Folder, path)).Select(attributes => attributes.Change);

    private static bool Alters((string? Before, string? After) texts)
    {
        var before = Lines(texts.Before);
        before.SymmetricExceptWith(Lines(texts.After));
        return before.Any(line => Matter.Any(word => line.Contains(word, StringComparison.Ordinal)));
    }

    private static HashSet<string> Lines(string? text) => [.. (text ?? "").Split('\n')];

    private static bool IsAtOrBelow(string path, string folder) =>
        folder.Length == 0 || path == folder || path.StartsWith(folder + "/", StringComparison.Ordinal);
}

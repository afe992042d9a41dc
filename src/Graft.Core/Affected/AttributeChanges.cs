using Graft.Core.Failures;
using Graft.Core.Products;

namespace Graft.Core.Affected;

/// <summary>
/// Changes of <c>.gitattributes</c> that alter how files below are checked out (gitattributes(5): filters such as LFS, ident, encodings)
/// though the files themselves did not change. Line ends are none of it: a clean checkout converts none.
/// </summary>
internal sealed class AttributeChanges
{
    private const string FileName = ".gitattributes";
    private static readonly string[] Matter = ["filter", "ident", "working-tree-encoding", "[attr]"];
    private readonly List<(string Path, FileChange Change)> files;

    public AttributeChanges(AffectedFacts facts)
    {
        files = [];
        HashSet<string>? changed = null;
        foreach (var change in facts.Changes.Where(change => TreeLinks.Name(change.Path) == FileName))
        {
            var (before, after) = facts.Attributes.GetValueOrDefault(change.Path);
            var matches = Differing(before, after).Select(line => Matcher(line, TreeLinks.Folder(change.Path))).ToList();
            if (matches.Count > 0)
            {
                changed ??= facts.Changes.Select(other => other.Path).ToHashSet(StringComparer.Ordinal);
                // A file that changed itself speaks for itself.
                files.AddRange(facts.Paths().Where(path => matches.Any(isMatch => isMatch(path)) && !changed.Contains(path)).Select(path => (path, change)));
            }
        }
    }

    /// <summary>The changes that alter a file at or below a path.</summary>
    public IEnumerable<FileChange> Around(string path) =>
        files.Count == 0 ? [] : files.Where(file => IsAtOrBelow(file.Path, path)).Select(file => file.Change).Distinct();

    // The lines that are on one side only, and say something that counts.
    private static IEnumerable<string> Differing(string? before, string? after)
    {
        var lines = Lines(before);
        lines.SymmetricExceptWith(Lines(after));
        return lines.Where(line => !line.StartsWith('#') && Matter.Any(word => line.Contains(word, StringComparison.Ordinal)));
    }

    private static HashSet<string> Lines(string? text) => [.. (text ?? "").Split('\n').Select(line => line.Trim())];

    /// <summary>What a line's pattern matches (gitignore(5) has the grammar); anything below the folder where that is not plain.</summary>
    private static Predicate<string> Matcher(string line, string folder)
    {
        var pattern = line.Split((char[]?)null, 2)[0];
        var isName = !pattern.Contains('/', StringComparison.Ordinal);
        if (pattern.StartsWith('"') || pattern.StartsWith('[') || !IsReadable(pattern.TrimStart('/')))
        {
            return path => IsAtOrBelow(path, folder);
        }

        var glob = Glob.Parse(pattern.TrimStart('/'));
        return path => IsAtOrBelow(path, folder)
            && glob.IsMatch(isName ? TreeLinks.Name(path) : folder.Length == 0 ? path : path[(folder.Length + 1)..]);
    }

    private static bool IsReadable(string pattern)
    {
        try
        {
            Glob.Parse(pattern);
            return true;
        }
        catch (GraftException malformed) when (malformed.Kind == FailureKind.Input)
        {
            return false;
        }
    }

    private static bool IsAtOrBelow(string path, string folder) =>
        folder.Length == 0 || path == folder || path.StartsWith(folder + "/", StringComparison.Ordinal);
}

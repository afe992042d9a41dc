using System.Text;
using Graft.Core.Products;

namespace Graft.Adapters.Git;

/// <summary>A commit's tree as git lists it, not read yet.</summary>
public sealed class TreeListing
{
    private readonly ReadOnlyMemory<byte> listing;

    internal TreeListing(ReadOnlyMemory<byte> listing) => this.listing = listing;

    /// <summary>Reads the files that fit one of these patterns or end as said, and symbolic links.</summary>
    public TreeOutline Outline(IReadOnlyList<TreePattern> patterns, string ending) => TreeOutline.Parse(listing, patterns, ending);
}

/// <summary>
/// A commit's tree of which only what was asked for is made into text: of tens of thousands of files, hundreds. The others are read when somebody
/// needs them.
/// </summary>
public sealed class TreeOutline
{
    private readonly Lazy<IReadOnlyList<string>> paths;

    private TreeOutline(ReadOnlyMemory<byte> listing, IReadOnlyList<TreeEntry> entries)
    {
        Entries = entries;
        paths = new Lazy<IReadOnlyList<string>>(() => [.. GitRepository.ParseTree(listing.Span).Select(entry => entry.Path)]);
    }

    /// <summary>The files that fit a pattern or end as asked, and every symbolic link, in git's order.</summary>
    public IReadOnlyList<TreeEntry> Entries { get; }

    /// <summary>The path of every file, link and submodule, in git's order.</summary>
    public IReadOnlyList<string> Paths => paths.Value;

    /// <summary>Reads <c>ls-tree -r -z</c>.</summary>
    internal static TreeOutline Parse(ReadOnlyMemory<byte> listing, IReadOnlyList<TreePattern> patterns, string ending)
    {
        var wanted = patterns.Select(pattern => new Wanted(
            Encoding.UTF8.GetBytes(pattern.AnyDepth ? pattern.Folder : pattern.Folder + pattern.Name),
            pattern is { AnyDepth: true, Name: { } name } ? Encoding.UTF8.GetBytes(name) : [],
            pattern.AnyDepth)).ToArray();
        var suffix = Encoding.UTF8.GetBytes(ending);
        var entries = new List<TreeEntry>();
        var rest = listing.Span;
        while (!rest.IsEmpty)
        {
            var end = rest.IndexOf((byte)0);
            var record = rest[..end];
            rest = rest[(end + 1)..];
            var path = record[(record.IndexOf((byte)'\t') + 1)..];
            if (record.StartsWith("120000"u8) || path.EndsWith(suffix) || Fits(path, wanted))
            {
                entries.Add(GitRepository.ParseEntry(record));
            }
        }

        return new TreeOutline(listing, entries);
    }

    private static bool Fits(ReadOnlySpan<byte> path, Wanted[] wanted)
    {
        foreach (var pattern in wanted)
        {
            if (pattern.Fits(path))
            {
                return true;
            }
        }

        return false;
    }

    private sealed record Wanted(byte[] Start, byte[] Name, bool AnyDepth)
    {
        public bool Fits(ReadOnlySpan<byte> path) =>
            path.StartsWith(Start)
            && (AnyDepth
                ? path.EndsWith(Name) && (Name.Length == 0 || path.Length == Name.Length || path[^(Name.Length + 1)] == '/')
                : path.Length == Start.Length || path[Start.Length] == '/');
    }
}

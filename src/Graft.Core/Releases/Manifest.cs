using Graft.Core.Images;
using Graft.Core.Yaml;

namespace Graft.Core.Releases;

/// <summary>
/// A release as its manifest tells it: the file's bytes, and what they say. Reading never interprets a version: <c>3.10</c> is
/// <c>3.10</c>, <c>1e5</c> is <c>1e5</c>.
/// </summary>
public sealed class Manifest
{
    internal Manifest(ReadOnlyMemory<byte> bytes, YamlText source, YamlMapping root, ManifestContent content)
    {
        Bytes = bytes;
        Source = source;
        Root = root;
        Content = content;
    }

    /// <summary>The file, byte for byte.</summary>
    public ReadOnlyMemory<byte> Bytes { get; }

    /// <summary>What the file is called in messages.</summary>
    public string File => Source.File;

    /// <summary>The release's name.</summary>
    public ReleaseName Name => Content.Header.Name;

    /// <summary>The commit it was made from.</summary>
    public CommitId Commit => Content.Header.Commit;

    /// <summary>When it was made, or null where the manifest does not say.</summary>
    public DateTimeOffset? ReleasedAt => Content.Header.ReleasedAt;

    /// <summary>Every image and version listed, in the file's order.</summary>
    public IReadOnlyList<ManifestEntry> Entries => Content.Entries;

    /// <summary>What the entries refer to, each once, in the file's order.</summary>
    public IReadOnlyList<ImageReference> References => field ??= [.. Entries.Select(entry => entry.Reference).Distinct()];

    /// <summary>What the release changed from its base, or null when it is no hotfix.</summary>
    public HotfixRecord? Hotfix => Content.Hotfix;

    /// <summary>The text of the top-level key <c>notes</c>, or null where there is none (or no text).</summary>
    public string? Notes => Content.Notes;

    internal YamlText Source { get; }

    internal YamlMapping Root { get; }

    internal ManifestContent Content { get; }

    /// <summary>
    /// Reads a manifest of at most 10 MB and 64 levels. An input failure at its line and column: bytes that are not UTF-8 or hold NUL, YAML
    /// that is malformed, several documents, a name, commit, entry or <c>hotfix</c> that is missing or malformed, keys that are there twice.
    /// </summary>
    public static Manifest Parse(ReadOnlyMemory<byte> bytes, string file)
    {
        var source = YamlText.Decode(bytes.Span, file);
        var root = YamlReader.ReadMapping(source, "the manifest");
        return new Manifest(bytes, source, root, new ManifestReader(file).Read(root));
    }
}

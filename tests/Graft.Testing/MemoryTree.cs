using System.Security.Cryptography;
using System.Text;
using Graft.Core.Affected;
using Graft.Core.Products;

namespace Graft.Testing;

/// <summary>A file of a tree in memory. The content of a link is its target, that of a submodule its commit.</summary>
public sealed record MemoryFile(FileKind Kind, string Content)
{
    /// <summary>What a comparison of trees sees of it.</summary>
    public FileState State => new(Kind, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Content))));
}

/// <summary>A commit's tree in memory: what git would say of two of them, without git.</summary>
public sealed record MemoryTree(IReadOnlyDictionary<string, MemoryFile> Files)
{
    /// <summary>Reads lines <c>PATH = CONTENT</c> (a file), <c>PATH * CONTENT</c> (an executable), <c>PATH -> TARGET</c> (a link), <c>PATH @ COMMIT</c> (a submodule); <c>\n</c> in a content is a line end.</summary>
    public static MemoryTree Parse(string text)
    {
        var files = new Dictionary<string, MemoryFile>(StringComparer.Ordinal);
        foreach (var line in text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var parts = line.Split(' ', 3);
            var kind = parts[1] switch { "=" => FileKind.File, "*" => FileKind.Executable, "->" => FileKind.Link, "@" => FileKind.Submodule, _ => throw new FormatException(line) };
            files[parts[0]] = new MemoryFile(kind, (parts.ElementAtOrDefault(2) ?? "").Replace("\\n", "\n", StringComparison.Ordinal));
        }

        return new MemoryTree(files);
    }

    /// <summary>The tree with some files other, new or (as null) gone.</summary>
    public MemoryTree With(params (string Path, MemoryFile? File)[] changes)
    {
        var files = new Dictionary<string, MemoryFile>(Files, StringComparer.Ordinal);
        foreach (var (path, file) in changes)
        {
            files.Remove(path);
            if (file is not null)
            {
                files[path] = file;
            }
        }

        return new MemoryTree(files);
    }

    /// <summary>What a change from this tree to another can alter, by the graft.yaml of each; <paramref name="configured"/> stands for a <c>--config</c>.</summary>
    public AffectedReport FindAffected(MemoryTree head, string? configured = null)
    {
        var paths = head.Files.Keys.Order(StringComparer.Ordinal).ToList();
        var changes = Files.Keys.Union(paths).Order(StringComparer.Ordinal)
            .Select(path => new FileChange(path, Files.GetValueOrDefault(path)?.State, head.Files.GetValueOrDefault(path)?.State))
            .Where(change => change.Before != change.After).ToList();
        var product = ProductReader.Read(configured ?? head.Files["graft.yaml"].Content, "graft.yaml");
        var sources = ImageSources.Find(product, paths);
        var compares = configured is null && changes.Any(change => change is { Path: "graft.yaml", Before: not null, After: not null });
        return AffectedImages.Find(new AffectedFacts
        {
            Product = product,
            Sources = sources,
            Paths = () => paths,
            Changes = changes,
            Links = head.Links(),
            BaseLinks = Links(),
            Texts = AffectedImages.TextsOf(sources, _ => true).ToDictionary(path => path, head.TextOf),
            Attributes = changes.Where(change => change.Path.EndsWith(".gitattributes", StringComparison.Ordinal)).ToDictionary(change => change.Path, change => (TextOf(change.Path), head.TextOf(change.Path))),
            BaseConfiguration = compares ? Configuration() : null,
        });
    }

    private BaseConfiguration Configuration()
    {
        try
        {
            var product = ProductReader.Read(Files["graft.yaml"].Content, "graft.yaml");
            return new BaseConfiguration("graft.yaml", product, ImageSources.Find(product, [.. Files.Keys.Order(StringComparer.Ordinal)]));
        }
        catch (Core.Failures.GraftException unreadable)
        {
            return new BaseConfiguration("graft.yaml", null, [], unreadable.Message);
        }
    }

    private Dictionary<string, string> Links() =>
        Files.Where(file => file.Value.Kind == FileKind.Link).ToDictionary(file => file.Key, file => file.Value.Content, StringComparer.Ordinal);

    // Links are followed as git does for a file of a tree.
    private string? TextOf(string path)
    {
        for (var links = 0; links < 8; links++)
        {
            var link = Files.Where(file => file.Value.Kind == FileKind.Link && (path == file.Key || path.StartsWith(file.Key + "/", StringComparison.Ordinal)))
                .Select(file => KeyValuePair.Create(file.Key, file.Value.Content)).FirstOrDefault();
            if (link.Key is null)
            {
                return Files.TryGetValue(path, out var file) && file.Kind != FileKind.Submodule ? file.Content : null;
            }

            path = Core.Dockerfiles.UnixPath.Clean($"{Path.GetDirectoryName(link.Key)}/{link.Value}{path[link.Key.Length..]}").TrimStart('/');
        }

        return null;
    }
}

using System.Text;
using Graft.Core.Products;
using Graft.Core.Products.Discovery;
using Graft.Core.Releases;
using Graft.Testing.Layouts;

namespace Graft.Core.Tests.Products.Discovery;

/// <summary>A repository in a dictionary: what is found in it, what is written of it, and what is read back.</summary>
internal sealed class Layout(string product, string? owner = null)
{
    private readonly SortedDictionary<string, byte[]?> files = new(StringComparer.Ordinal);

    public IReadOnlyList<ManifestEntry> Entries { get; init; } = [];

    public static Layout Of(PublicLayout layout) => layout.Files.Aggregate(new Layout(layout.Name, layout.Owner), (made, file) => made.With(file.Key, file.Value));

    public Layout With(string path, string text)
    {
        files[path] = Encoding.UTF8.GetBytes(text);
        return this;
    }

    public Layout With(string path, byte[] bytes)
    {
        files[path] = bytes;
        return this;
    }

    public Layout WithFiles(params string[] paths)
    {
        Array.ForEach(paths, path => files[path] = []);
        return this;
    }

    public Discovered Find() => ProductDiscovery.Find(new DiscoveryFacts(product, owner, [.. files.Keys], files, Entries));

    public string Write() => ProductFileText.Write(new ProductFileFacts(product, "main", "origin", null, false), Find(), [.. files.Keys]);

    /// <summary>The image sources that the written file gives, as graft would read it.</summary>
    public IReadOnlyList<ImageSource> Sources() => ImageSources.Find(ProductReader.Read(Write(), "graft.yaml"), [.. files.Keys]);

    /// <summary>Those, a line each: <c>IMAGE = DOCKERFILE in CONTEXT [target T] [args] [contexts]</c>.</summary>
    public IReadOnlyList<string> Lines() => [.. Sources().OrderBy(source => source.Image.Text, StringComparer.Ordinal).Select(Line)];

    private static string Line(ImageSource source) =>
        $"{source.Image} = {source.Dockerfile} in {source.Context}"
        + (source.Target is null ? "" : $" target {source.Target}")
        + (source.Key == "images" ? "" : $" key {source.Key}")
        + string.Concat(source.Platforms.Select(platform => $" on {platform}"))
        + string.Concat(source.Args.Select(pair => $" {pair.Key}={pair.Value}"))
        + string.Concat(source.Contexts.Select(pair => $" {pair.Key}->{pair.Value}"));
}

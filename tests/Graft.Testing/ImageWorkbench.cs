using System.Formats.Tar;
using System.IO.Compression;
using System.Text;
using System.Text.Json;
using Graft.Adapters.Builders.Embedded;
using Graft.Adapters.Files;
using Graft.Adapters.Layout;
using Graft.Core.Images;
using Graft.Core.Products;

namespace Graft.Testing;

/// <summary>A temporary checkout in which images are built, and the means to look into them.</summary>
public sealed class ImageWorkbench : IDisposable
{
    private int builds;

    public ImageWorkbench()
    {
        // Lower case, for buildah makes a name of the path.
        Folder = Path.Combine(Path.GetTempPath(), $"graft-images-{Guid.NewGuid():N}");
        Checkout = Path.Combine(Folder, "checkout");
        Directory.CreateDirectory(Checkout);
    }

    public string Folder { get; }

    public string Checkout { get; }

    public Dictionary<string, StoredImage> Images { get; } = [];

    public List<string> Log { get; } = [];

    public ImageWorkbench Write(string path, string content, bool executable = false)
    {
        var full = Path.Combine(Checkout, path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        File.WriteAllText(full, content);
        if (executable && !OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(full, File.GetUnixFileMode(full) | UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute);
        }

        return this;
    }

    public ImageWorkbench Link(string path, string target)
    {
        var full = Path.Combine(Checkout, path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        File.CreateSymbolicLink(full, target);
        return this;
    }

    public Task<StoredImage> BuildTextAsync(string dockerfile, Func<ImageSource, ImageSource>? change = null)
    {
        Write("Dockerfile", dockerfile);
        return BuildAsync(change);
    }

    public Task<StoredImage> BuildAsync(Func<ImageSource, ImageSource>? change = null)
    {
        var none = new Dictionary<string, string>();
        var source = new ImageSource("Dockerfile", ImageName.Parse("acme/test"), "images", ".", null, [Platform.Default], none, none, [], [], none);
        var request = new BuildRequest(change?.Invoke(source) ?? source, Checkout, Images, NewOutput(), new LogList(Log));
        return new EmbeddedBuilder(new ImageLayouts()).BuildAsync(request, CancellationToken.None);
    }

    public string NewOutput() => Path.Combine(Folder, $"build-{++builds}");

    /// <summary>The entries of each layer: <c>MODE USER:GROUP PATH[ -> TARGET][ = CONTENT]</c>.</summary>
    public static async Task<IReadOnlyList<IReadOnlyList<string>>> LayersAsync(StoredImage image, int manifest = 0)
    {
        var layers = new List<IReadOnlyList<string>>();
        foreach (var layer in (await ManifestAsync(image, manifest)).Layers)
        {
            await using var stored = await image.Content.OpenAsync(layer, CancellationToken.None);
            await using var archive = layer.MediaType == MediaTypes.OciLayerGzip ? new GZipStream(stored, CompressionMode.Decompress) : stored;
            await using var tar = new TarReader(archive);
            var entries = new List<string>();
            while (await tar.GetNextEntryAsync(copyData: true) is { } entry)
            {
                entries.Add(Describe(entry));
            }

            layers.Add(entries);
        }

        return layers;
    }

    public static async Task<ImageManifest> ManifestAsync(StoredImage image, int manifest = 0)
    {
        var descriptor = image.Manifests[manifest];
        return ImageManifest.Parse(await image.Content.ReadDocumentAsync(descriptor, CancellationToken.None), "manifest");
    }

    public static async Task<JsonElement> ConfigAsync(StoredImage image, int manifest = 0)
    {
        var descriptor = (await ManifestAsync(image, manifest)).Config;
        using var document = JsonDocument.Parse(await image.Content.ReadDocumentAsync(descriptor, CancellationToken.None));
        return document.RootElement.Clone();
    }

    /// <summary>An image of one layer with these tar entries, for what no Dockerfile makes: whiteouts, odd owners, hard links.</summary>
    public async Task<StoredImage> CraftAsync(IEnumerable<IEnumerable<TarEntry>> layers, bool gzip = false, Func<string, string>? configure = null)
    {
        var output = new ImageLayouts().Create(NewOutput());
        var descriptors = new List<Descriptor>();
        var diffIds = new List<string>();
        foreach (var layer in layers)
        {
            using var archive = new MemoryStream();
            await using (var tar = new TarWriter(archive, leaveOpen: true))
            {
                foreach (var entry in layer)
                {
                    await tar.WriteEntryAsync(entry);
                }
            }

            diffIds.Add(Digest.Of(archive.ToArray()).ToString());
            descriptors.Add(await output.AddAsync(gzip ? MediaTypes.OciLayerGzip : MediaTypes.OciLayer, async (stream, token) =>
            {
                archive.Position = 0;
                if (!gzip)
                {
                    await archive.CopyToAsync(stream, token);
                    return;
                }

                await using var zip = new GZipStream(stream, CompressionLevel.Fastest, leaveOpen: true);
                await archive.CopyToAsync(zip, token);
            }, CancellationToken.None));
        }

        var json = $$$"""{"architecture":"amd64","os":"linux","config":{"Env":["PATH=/bin","BASE=1"],"Cmd":["/bin/base"]},"rootfs":{"type":"layers","diff_ids":[{{{string.Join(',', diffIds.Select(id => $"\"{id}\""))}}}]}}""";
        var config = await AddAsync(output, MediaTypes.OciConfig, Encoding.UTF8.GetBytes(configure?.Invoke(json) ?? json));
        return await output.CompleteAsync(await AddAsync(output, MediaTypes.OciManifest, new ImageManifest(MediaTypes.OciManifest, config, descriptors).ToJson()), CancellationToken.None);
    }

    public void Dispose() => FolderRemoval.Remove(Folder);

    private static Task<Descriptor> AddAsync(IImageLayoutWriter output, string mediaType, byte[] bytes) =>
        output.AddAsync(mediaType, (stream, token) => stream.WriteAsync(bytes, token).AsTask(), CancellationToken.None);

    /// <summary>An entry as <see cref="LayersAsync"/> lists it.</summary>
    public static string Describe(TarEntry entry)
    {
        var text = $"{Convert.ToString((int)entry.Mode, 8)} {entry.Uid}:{entry.Gid} {entry.Name}";
        if (entry.EntryType == TarEntryType.SymbolicLink)
        {
            return $"{text} -> {entry.LinkName}";
        }

        if (entry.DataStream is not { } data)
        {
            return entry.EntryType == TarEntryType.Directory ? text : text + " =";
        }

        using var reader = new StreamReader(data);
        return $"{text} = {reader.ReadToEnd()}";
    }

    private sealed class LogList(List<string> lines) : IProgress<string>
    {
        public void Report(string value) => lines.Add(value);
    }
}

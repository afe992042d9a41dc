using System.Diagnostics;
using Graft.Adapters.Builders.Embedded;
using Graft.Adapters.Layout;
using Graft.Core.Affected;
using Graft.Core.Dockerfiles;
using Graft.Core.Failures;
using Graft.Core.Images;
using Graft.Core.Products;
using Graft.Testing;

namespace Graft.Adapters.Tests.Affected;

/// <summary>Builds every image of a product from a tree in memory, on disk where memory is taken for one.</summary>
internal sealed class ProductBuild : IDisposable
{
    private static readonly string Fast = Directory.Exists("/dev/shm") ? "/dev/shm" : Path.GetTempPath();
    private readonly string folder = Path.Combine(Fast, $"graft-product-{Guid.NewGuid():N}");
    private readonly EmbeddedBuilder builder = new(new ImageLayouts());
    private IReadOnlyDictionary<string, MemoryFile> written = new Dictionary<string, MemoryFile>();
    private int builds;

    private string Checkout => Path.Combine(folder, "checkout");

    /// <summary>What each image came to: its digest, or the words with which its build failed.</summary>
    public async Task<IReadOnlyDictionary<string, string>> BuildAsync(MemoryTree tree)
    {
        Write(tree);
        var product = ProductReader.Read(tree.Files["graft.yaml"].Content, "graft.yaml");
        var sources = ImageSources.Find(product, [.. tree.Files.Keys.Order(StringComparer.Ordinal)]).ToDictionary(source => source.Image);
        var images = new Dictionary<ImageName, (StoredImage? Image, string Outcome)>();
        foreach (var source in sources.Values)
        {
            await BuildAsync(source, sources, images);
        }

        Directory.Delete(Path.Combine(folder, "out"), recursive: true);
        return images.ToDictionary(image => image.Key.Text, image => image.Value.Outcome, StringComparer.Ordinal);
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private async Task<StoredImage?> BuildAsync(ImageSource source, Dictionary<ImageName, ImageSource> sources, Dictionary<ImageName, (StoredImage? Image, string Outcome)> images)
    {
        if (images.TryGetValue(source.Image, out var known))
        {
            return known.Image;
        }

        // One that is made from itself finds nothing here.
        images[source.Image] = (null, "a circle");
        try
        {
            var bases = new Dictionary<string, StoredImage>(StringComparer.Ordinal);
            foreach (var need in DockerfileBases.Find(Dockerfile.Parse(ReadText(source.Dockerfile), source.Dockerfile), source.Target, source.Args, source.Contexts.Keys, [Platform.Default]))
            {
                var text = need.IsContext ? source.Contexts[need.Text] : need.Text;
                var name = ImageReference.TryParse(text, out var reference) ? reference.Name : ImageName.TryParse(text, out var plain) ? plain : null;
                if (name is not null && sources.TryGetValue(name, out var below))
                {
                    bases[need.Text] = await BuildAsync(below, sources, images) ?? throw GraftException.Input($"{below.Image}: {images[below.Image].Outcome}");
                }
            }

            await PrepareAsync(source);
            var request = new BuildRequest(source with { Platforms = [Platform.Default] }, Checkout, bases, Path.Combine(folder, "out", $"{++builds}"), new Silence());
            var built = await builder.BuildAsync(request, CancellationToken.None);
            images[source.Image] = (built, built.Descriptor.Digest.ToString());
            return built;
        }
        catch (Exception refused) when (refused is GraftException or IOException)
        {
            images[source.Image] = (null, refused.Message);
            return null;
        }
        finally
        {
            // What `prepare` made is in no tree.
            if (Path.Combine(Checkout, source.Context, RandomProduct.Prepared) is var made && Directory.Exists(made))
            {
                Directory.Delete(made, recursive: true);
            }
        }
    }

    private async Task PrepareAsync(ImageSource source)
    {
        if (source.Prepare.Count == 0)
        {
            return;
        }

        var start = new ProcessStartInfo(source.Prepare[0], source.Prepare.Skip(1)) { WorkingDirectory = Checkout, UseShellExecute = false, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
        {
            throw GraftException.Input($"`prepare` ended with {process.ExitCode}");
        }
    }

    private string ReadText(string path) =>
        File.Exists(Path.Combine(Checkout, path)) ? File.ReadAllText(Path.Combine(Checkout, path)) : throw GraftException.Input($"'{path}' is not a file");

    // Only what differs from the tree before.
    private void Write(MemoryTree tree)
    {
        Directory.CreateDirectory(Checkout);
        foreach (var path in written.Where(file => tree.Files.GetValueOrDefault(file.Key) != file.Value).Select(file => file.Key))
        {
            File.Delete(Path.Combine(Checkout, path));
            for (var parent = Path.GetDirectoryName(path)!; parent.Length > 0 && !Directory.EnumerateFileSystemEntries(Path.Combine(Checkout, parent)).Any(); parent = Path.GetDirectoryName(parent)!)
            {
                Directory.Delete(Path.Combine(Checkout, parent));
            }
        }

        foreach (var (path, file) in tree.Files.Where(file => written.GetValueOrDefault(file.Key) != file.Value))
        {
            var full = Path.Combine(Checkout, path);
            Directory.CreateDirectory(Path.GetDirectoryName(full)!);
            if (file.Kind == FileKind.Link)
            {
                File.CreateSymbolicLink(full, file.Content);
                continue;
            }

            File.WriteAllText(full, file.Content);
            if (file.Kind == FileKind.Executable && !OperatingSystem.IsWindows())
            {
                File.SetUnixFileMode(full, File.GetUnixFileMode(full) | UnixFileMode.UserExecute);
            }
        }

        written = tree.Files;
    }

    private sealed class Silence : IProgress<string>
    {
        public void Report(string value)
        {
        }
    }
}

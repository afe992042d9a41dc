using System.Formats.Tar;
using System.Text.Json;
using Graft.Core.Images;

namespace Graft.Adapters.Builders.Programs;

/// <summary>
/// Writes one platform of an image as an archive that all builders load: an image layout, with docker's <c>manifest.json</c> beside it that points at
/// the same files.
/// </summary>
internal static class ImageArchiveWriter
{
    private const UnixFileMode Mode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead;

    /// <summary>Writes the image of a manifest under a name.</summary>
    public static async Task WriteAsync(string path, string name, Descriptor manifest, IBlobSource content, CancellationToken cancellationToken)
    {
        var document = ImageManifest.Parse(await content.ReadDocumentAsync(manifest, cancellationToken), manifest.Digest.ToString());
        await using var file = new FileStream(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, bufferSize: 128 * 1024);
        await using var tar = new TarWriter(file, TarEntryFormat.Pax, leaveOpen: false);
        await AddAsync(tar, "oci-layout", new MemoryStream("""{"imageLayoutVersion":"1.0.0"}"""u8.ToArray()), cancellationToken);
        await AddAsync(tar, "index.json", new MemoryStream(Index(name, manifest)), cancellationToken);
        await AddAsync(tar, "manifest.json", new MemoryStream(DockerManifest(name, document)), cancellationToken);
        foreach (var blob in document.Layers.Append(document.Config).Append(manifest).DistinctBy(blob => blob.Digest))
        {
            await AddAsync(tar, PathOf(blob), await content.OpenAsync(blob, cancellationToken), cancellationToken);
        }
    }

    private static async Task AddAsync(TarWriter tar, string name, Stream content, CancellationToken cancellationToken)
    {
        await using (content)
        {
            await tar.WriteEntryAsync(new PaxTarEntry(TarEntryType.RegularFile, name) { DataStream = content, Mode = Mode, ModificationTime = DateTimeOffset.UnixEpoch }, cancellationToken);
        }
    }

    private static byte[] Index(string name, Descriptor manifest) => ImageJson.Write(writer =>
    {
        writer.WriteNumber("schemaVersion", 2);
        writer.WriteStartArray("manifests");
        ImageJson.WriteDescriptor(writer, manifest, name);
        writer.WriteEndArray();
    });

    private static byte[] DockerManifest(string name, ImageManifest document)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartArray();
            writer.WriteStartObject();
            writer.WriteString("Config", PathOf(document.Config));
            writer.WriteStartArray("RepoTags");
            writer.WriteStringValue(name);
            writer.WriteEndArray();
            writer.WriteStartArray("Layers");
            foreach (var layer in document.Layers)
            {
                writer.WriteStringValue(PathOf(layer));
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
            writer.WriteEndArray();
        }

        return buffer.ToArray();
    }

    private static string PathOf(Descriptor blob) => $"blobs/{blob.Digest.Algorithm}/{blob.Digest.Hex}";
}

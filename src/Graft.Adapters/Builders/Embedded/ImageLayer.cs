using System.Formats.Tar;
using System.IO.Compression;
using Graft.Core.Failures;
using Graft.Core.Images;

namespace Graft.Adapters.Builders.Embedded;

/// <summary>One entry of a layer's archive, with its path cleaned and where its content begins in the uncompressed archive.</summary>
internal sealed record LayerEntry(string Path, TarEntryType Type, TreeNode Node, string HardLink, long Offset, long Length);

/// <summary>
/// A layer of a base image. It is listed without being unpacked; the first file that is copied out of it has the whole archive
/// uncompressed into one spool file, under a name of ours, so that no name or link of the archive ever reaches the disk.
/// </summary>
internal sealed class ImageLayer(Descriptor descriptor, IBlobSource content, string spoolFolder) : IDisposable
{
    private readonly SemaphoreSlim spooling = new(1);
    private string? spool;
    private IReadOnlyList<LayerEntry>? listed;

    /// <summary>The archive's entries in order, after its digest was checked to the last byte.</summary>
    public async Task<IReadOnlyList<LayerEntry>> ListAsync(CancellationToken cancellationToken) => listed ??= await ReadAsync(cancellationToken);

    /// <summary>Opens a part of the uncompressed archive.</summary>
    public async Task<Stream> OpenAsync(long offset, long length, CancellationToken cancellationToken)
    {
        var path = await SpoolAsync(cancellationToken);
        var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1, FileOptions.Asynchronous);
        file.Position = offset;
        return new PartStream(file, length);
    }

    /// <inheritdoc/>
    public void Dispose() => spooling.Dispose();

    private async Task<IReadOnlyList<LayerEntry>> ReadAsync(CancellationToken cancellationToken)
    {
        try
        {
            await using var stored = await content.OpenAsync(descriptor, cancellationToken);
            var entries = new List<LayerEntry>();
            await using (var counted = new ArchiveStream(Uncompressed(stored)))
            {
                await using (var tar = new TarReader(counted, leaveOpen: true))
                {
                    while (await tar.GetNextEntryAsync(copyData: false, cancellationToken) is { } entry)
                    {
                        if (Read(entry, counted.Count) is { } read)
                        {
                            entries.Add(read);
                        }
                    }
                }

                // To the end, past the archive's own: only there is the digest known to be right.
                await counted.CopyToAsync(Stream.Null, cancellationToken);
                await stored.CopyToAsync(Stream.Null, cancellationToken);
            }

            return entries;
        }
        catch (Exception malformed) when (malformed is InvalidDataException or EndOfStreamException or FormatException or ArgumentException)
        {
            throw GraftException.Input($"the layer '{descriptor.Digest}' is no archive that can be read: {malformed.Message}", inner: malformed);
        }
    }

    private async Task<string> SpoolAsync(CancellationToken cancellationToken)
    {
        await spooling.WaitAsync(cancellationToken);
        try
        {
            if (spool is null)
            {
                Directory.CreateDirectory(spoolFolder);
                var path = Path.Combine(spoolFolder, Guid.NewGuid().ToString("N"));
                await using var stored = await content.OpenAsync(descriptor, cancellationToken);
                await using var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, 128 * 1024, FileOptions.Asynchronous);
                await using var archive = Uncompressed(stored);
                await archive.CopyToAsync(file, cancellationToken);
                await stored.CopyToAsync(Stream.Null, cancellationToken);
                spool = path;
            }

            return spool;
        }
        finally
        {
            spooling.Release();
        }
    }

    private Stream Uncompressed(Stream stored) => descriptor.MediaType switch
    {
        MediaTypes.OciLayer or MediaTypes.DockerLayer => new BufferedStream(stored, 128 * 1024),
        MediaTypes.OciLayerGzip or MediaTypes.DockerLayerGzip => new GZipStream(stored, CompressionMode.Decompress, leaveOpen: true),
        _ => throw GraftException.Input(
            $"the layer '{descriptor.Digest}' is of the type '{descriptor.MediaType}', which the embedded builder cannot read",
            "it reads plain and gzip-compressed layers; " + EmbeddedBuilder.Others),
    };

    private LayerEntry? Read(TarEntry entry, long offset)
    {
        if (entry.EntryType is TarEntryType.GlobalExtendedAttributes)
        {
            return null;
        }

        var path = CleanPath(entry.Name);
        var modified = entry.ModificationTime.ToUnixTimeSeconds();
        var node = new TreeNode(KindOf(entry.EntryType), (int)entry.Mode, entry.Uid, entry.Gid, modified);
        node = node.Kind switch
        {
            TreeNodeKind.File or TreeNodeKind.Link when OddName.MayBe(path) || OddName.MayBe(entry.LinkName) => node with { Kind = TreeNodeKind.Special },
            TreeNodeKind.Link => node with { Target = entry.LinkName },
            TreeNodeKind.File when entry.EntryType != TarEntryType.HardLink => node with { Content = new LayerContent(this, offset, entry.Length) },
            _ => node,
        };
        return new LayerEntry(path, entry.EntryType, node, entry.EntryType == TarEntryType.HardLink ? CleanPath(entry.LinkName) : "", offset, entry.Length);
    }

    private static TreeNodeKind KindOf(TarEntryType type) => type switch
    {
        TarEntryType.Directory => TreeNodeKind.Folder,
        TarEntryType.SymbolicLink => TreeNodeKind.Link,
        TarEntryType.RegularFile or TarEntryType.V7RegularFile or TarEntryType.ContiguousFile or TarEntryType.HardLink => TreeNodeKind.File,
        _ => TreeNodeKind.Special,
    };

    private string CleanPath(string path)
    {
        var segments = path.Split('/').Where(segment => segment is not ("" or ".")).ToList();
        return segments.Contains("..")
            ? throw GraftException.Input($"the layer '{descriptor.Digest}' has an entry that leaves the image: '{path}'")
            : string.Join('/', segments);
    }

    private sealed record LayerContent(ImageLayer Layer, long Offset, long Length) : IFileContent
    {
        public Task<Stream> OpenAsync(CancellationToken cancellationToken) => Layer.OpenAsync(Offset, Length, cancellationToken);
    }
}

using System.Formats.Tar;
using Graft.Adapters.Builders.Embedded;
using Graft.Core.Failures;
using Graft.Core.Images;

namespace Graft.Adapters.Builders.Programs;

/// <summary>
/// A tar archive that a builder wrote: docker's (<c>manifest.json</c>) or OCI's (an image layout). It is listed once; content is read from where it is in
/// the archive and never unpacked, so that no name in it can lead anywhere.
/// </summary>
internal sealed class ImageArchive : IBlobSource
{
    private const int MostEntries = 100_000;
    private const int MostLinks = 16;
    private readonly string path;
    private readonly Dictionary<string, Entry> entries = new(StringComparer.Ordinal);

    private ImageArchive(string path) => this.path = path;

    /// <summary>Lists an archive. A name or link that leads out of it, an entry that is no file, link or folder, and a name that is there twice: an outside failure.</summary>
    public static async Task<ImageArchive> OpenAsync(string path, CancellationToken cancellationToken)
    {
        var archive = new ImageArchive(path);
        try
        {
            await using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 64 * 1024);
            await using var tar = new TarReader(file);
            while (await tar.GetNextEntryAsync(copyData: false, cancellationToken) is { } entry)
            {
                archive.Add(entry);
            }
        }
        catch (Exception problem) when (problem is FormatException or InvalidDataException or EndOfStreamException or FileNotFoundException)
        {
            throw GraftException.Outside($"the archive that the builder wrote cannot be read: {problem.Message.TrimEnd('.')}", inner: problem);
        }

        return archive;
    }

    /// <summary>Whether the archive has this file.</summary>
    public bool Has(string name) => entries.ContainsKey(name);

    /// <summary>How long a file is, in bytes; one that is not there is an outside failure.</summary>
    public long LengthOf(string name) => Follow(name).Length;

    /// <summary>Opens a file; one that is not there is an outside failure.</summary>
    public Stream Open(string name)
    {
        var entry = Follow(name);
        var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 128 * 1024) { Position = entry.Offset };
        return new PartStream(file, entry.Length);
    }

    /// <summary>Reads a small file whole.</summary>
    public async Task<byte[]> ReadAsync(string name, CancellationToken cancellationToken)
    {
        var length = LengthOf(name);
        if (length > BlobReading.DocumentLimit)
        {
            throw Lie($"'{name}' has {length} bytes; it may have at most {BlobReading.DocumentLimit}");
        }

        var bytes = new byte[length];
        await using var file = Open(name);
        await file.ReadExactlyAsync(bytes, cancellationToken);
        return bytes;
    }

    /// <inheritdoc/>
    public Task<Stream> OpenAsync(Descriptor descriptor, CancellationToken cancellationToken) =>
        Task.FromResult<Stream>(Verify($"blobs/{descriptor.Digest.Algorithm}/{descriptor.Digest.Hex}", descriptor));

    /// <summary>Opens a file that should have this content.</summary>
    public VerifyingStream Verify(string name, Descriptor descriptor) => new(Open(name), descriptor, "the archive that the builder wrote");

    /// <summary>The failure for an archive that does not hold what it says.</summary>
    public static GraftException Lie(string what) => GraftException.Outside($"the archive that the builder wrote is malformed: {what}");

    private void Add(TarEntry entry)
    {
        if (entry.EntryType is TarEntryType.Directory or TarEntryType.GlobalExtendedAttributes)
        {
            return;
        }

        var name = Resolve("", entry.Name);
        var found = entry.EntryType switch
        {
            TarEntryType.RegularFile or TarEntryType.V7RegularFile or TarEntryType.ContiguousFile => new Entry(entry.DataOffset, entry.Length, null),
            TarEntryType.SymbolicLink => new Entry(0, 0, Resolve(name[..(name.LastIndexOf('/') + 1)], entry.LinkName)),
            TarEntryType.HardLink => new Entry(0, 0, Resolve("", entry.LinkName)),
            _ => throw Lie($"'{name}' is neither a file nor a link"),
        };
        if (!entries.TryAdd(name, found))
        {
            throw Lie($"'{name}' is there twice");
        }

        if (entries.Count > MostEntries)
        {
            throw Lie($"it has more than {MostEntries} entries");
        }
    }

    private Entry Follow(string name)
    {
        var at = name;
        for (var links = 0; links <= MostLinks; links++)
        {
            if (!entries.TryGetValue(at, out var entry))
            {
                throw Lie($"'{name}' is missing");
            }

            if (entry.Link is null)
            {
                return entry;
            }

            at = entry.Link;
        }

        throw Lie($"'{name}' is a circle of links");
    }

    // docker writes a layer that an image has twice as a link to `../ID/layer.tar`.
    private static string Resolve(string folder, string name)
    {
        if (name.Length == 0 || name[0] == '/' || name.AsSpan().ContainsAny('\\', '\0'))
        {
            throw Lie($"'{name}' is no path in it");
        }

        var parts = new List<string>();
        foreach (var part in (folder + name).Split('/').Where(part => part is not ("" or ".")))
        {
            if (part != "..")
            {
                parts.Add(part);
            }
            else if (folder.Length == 0 || parts.Count == 0)
            {
                throw Lie($"'{name}' leads out of it");
            }
            else
            {
                parts.RemoveAt(parts.Count - 1);
            }
        }

        return string.Join('/', parts);
    }

    private sealed record Entry(long Offset, long Length, string? Link);
}

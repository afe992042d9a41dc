using System.Security.Cryptography;
using Graft.Core.Images;

namespace Graft.Adapters.Layout;

/// <summary>
/// The content of an image layout: one file per digest under <c>blobs/</c> (OCI image layout spec, "Blobs"). What is not lasting (a build's
/// output, which is made again when the machine stops) does not wait for the disk.
/// </summary>
internal sealed class LayoutBlobs(string folder, bool lasting) : IBlobSource
{
    /// <inheritdoc/>
    public Task<Stream> OpenAsync(Descriptor descriptor, CancellationToken cancellationToken)
    {
        var path = PathOf(descriptor.Digest);
        var size = SizeOf(path);
        if (size != descriptor.Size)
        {
            throw size is null
                ? new ContentException(ContentFault.Missing, $"'{descriptor.Digest}' is not in the image layout '{folder}'")
                : new ContentException(ContentFault.Different, $"'{descriptor.Digest}' in the image layout '{folder}' has {size} bytes, not {descriptor.Size}");
        }

        return Task.FromResult<Stream>(new VerifyingStream(LayoutFiles.OpenRead(path), descriptor, $"the image layout '{folder}'"));
    }

    /// <summary>Whether this content is here, judged by its name and size.</summary>
    public bool Has(Descriptor descriptor) => SizeOf(PathOf(descriptor.Digest)) == descriptor.Size;

    /// <summary>Copies content in; the digest is checked on the way.</summary>
    public async Task AddAsync(Descriptor descriptor, IBlobSource content, CancellationToken cancellationToken)
    {
        if (Has(descriptor))
        {
            return;
        }

        await using var source = await content.OpenAsync(descriptor, cancellationToken);
        var path = PathOf(descriptor.Digest);
        CreateFolder(Path.GetDirectoryName(path)!);
        // The source checks itself by the port's promise; a second look costs little next to an image that is wrong for ever.
        await using var verified = new VerifyingStream(source, descriptor, "what was to be copied");
        await LayoutFiles.WriteAsync(path, lasting, async (file, token) =>
        {
            await verified.CopyToAsync(file, token);
            return null;
        }, cancellationToken);
    }

    /// <summary>Stores content that is named by what was written.</summary>
    public async Task<Descriptor> AddAsync(string mediaType, Func<Stream, CancellationToken, Task> write, CancellationToken cancellationToken)
    {
        var blobs = Path.Combine(folder, "blobs", "sha256");
        CreateFolder(blobs);
        Descriptor? descriptor = null;
        await LayoutFiles.WriteAsync(Path.Combine(blobs, "new"), lasting, async (file, token) =>
        {
            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            await using var hashing = new HashingStream(file, hash);
            await write(hashing, token);
            descriptor = new Descriptor(mediaType, Digest.OfSha256(hash.GetHashAndReset()), hashing.Length);
            return PathOf(descriptor.Digest);
        }, cancellationToken);
        return descriptor!;
    }

    private void CreateFolder(string path)
    {
        LayoutFiles.RefuseLink(Path.Combine(folder, "blobs"));
        LayoutFiles.RefuseLink(path);
        Directory.CreateDirectory(path);
    }

    private long? SizeOf(string path)
    {
        LayoutFiles.RefuseLink(Path.Combine(folder, "blobs"));
        LayoutFiles.RefuseLink(Path.GetDirectoryName(path)!);
        LayoutFiles.RefuseLink(path);
        return new FileInfo(path) is { Exists: true } file ? file.Length : null;
    }

    // A digest is hex digits by its type, so it cannot lead out of the folder.
    private string PathOf(Digest digest) => Path.Combine(folder, "blobs", digest.Algorithm, digest.Hex);
}

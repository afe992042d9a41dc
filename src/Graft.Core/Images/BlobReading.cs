using Graft.Core.Failures;

namespace Graft.Core.Images;

/// <summary>Reads small content, such as manifests and configurations, whole.</summary>
public static class BlobReading
{
    /// <summary>The most bytes that a manifest, an index or a configuration may have (the limit that registries use).</summary>
    public const long DocumentLimit = 4 * 1024 * 1024;

    /// <summary>Reads a manifest, an index or a configuration; one over <see cref="DocumentLimit"/> is an input failure.</summary>
    public static async Task<byte[]> ReadDocumentAsync(this IBlobSource content, Descriptor descriptor, CancellationToken cancellationToken)
    {
        if (descriptor.Size is < 0 or > DocumentLimit)
        {
            throw GraftException.Input($"'{descriptor.Digest}' says that it has {descriptor.Size} bytes; a manifest or configuration has at most {DocumentLimit}");
        }

        await using var stream = await content.OpenAsync(descriptor, cancellationToken);
        using var memory = new MemoryStream((int)descriptor.Size);
        await stream.CopyToAsync(memory, cancellationToken);
        return memory.ToArray();
    }
}

using System.IO.Compression;

namespace Graft.Adapters.Builders.Embedded;

/// <summary>Tells the archives that ADD would unpack from other files, by their content as docker does.</summary>
internal static class Archives
{
    private static readonly byte[][] Compressed = ["BZh"u8.ToArray(), [0xFD, (byte)'7', (byte)'z', (byte)'X', (byte)'Z', 0], [0x28, 0xB5, 0x2F, 0xFD]];

    /// <summary>Whether the content is a tar archive, or compressed in a way that may hide one.</summary>
    public static async Task<bool> IsArchiveAsync(IFileContent content, CancellationToken cancellationToken)
    {
        await using var stream = await content.OpenAsync(cancellationToken);
        var start = await StartAsync(stream, cancellationToken);
        if (start.AsSpan().StartsWith<byte>([0x1F, 0x8B]))
        {
            await using var again = await content.OpenAsync(cancellationToken);
            await using var unzipped = new GZipStream(again, CompressionMode.Decompress);
            try
            {
                return IsTar(await StartAsync(unzipped, cancellationToken));
            }
            catch (InvalidDataException)
            {
                return false;
            }
        }

        return IsTar(start) || Compressed.Any(magic => start.AsSpan().StartsWith(magic));
    }

    private static bool IsTar(byte[] start) => start.Length > 262 && start.AsSpan(257, 5).SequenceEqual("ustar"u8);

    private static async Task<byte[]> StartAsync(Stream stream, CancellationToken cancellationToken)
    {
        var start = new byte[512];
        var count = await stream.ReadAtLeastAsync(start, start.Length, throwOnEndOfStream: false, cancellationToken);
        return start[..count];
    }
}

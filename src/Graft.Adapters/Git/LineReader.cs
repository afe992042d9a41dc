namespace Graft.Adapters.Git;

/// <summary>Lines of bytes, as they stream by.</summary>
internal static class LineReader
{
    private const int FirstSize = 64 * 1024;

    /// <summary>Each line without its end. What is given is overwritten when the next one is asked for.</summary>
    public static async IAsyncEnumerable<ReadOnlyMemory<byte>> ReadAsync(Stream stream)
    {
        var buffer = new byte[FirstSize];
        var (start, length) = (0, 0);
        while (true)
        {
            var end = buffer.AsSpan(start, length - start).IndexOf((byte)'\n');
            if (end >= 0)
            {
                yield return buffer.AsMemory(start, end);
                start += end + 1;
                continue;
            }

            buffer.AsSpan(start, length - start).CopyTo(buffer);
            (length, start) = (length - start, 0);
            if (length == buffer.Length)
            {
                Array.Resize(ref buffer, buffer.Length * 2);
            }

            var read = await stream.ReadAsync(buffer.AsMemory(length));
            if (read == 0)
            {
                break;
            }

            length += read;
        }

        if (length > 0)
        {
            yield return buffer.AsMemory(0, length);
        }
    }
}

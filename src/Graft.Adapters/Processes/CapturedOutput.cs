namespace Graft.Adapters.Processes;

/// <summary>
/// Collects what a program writes. Memory that is touched for the first time costs more than anything else here, so it is neither cleared nor copied
/// more than it must be: a large buffer is asked for at once, of which only what is filled becomes real.
/// </summary>
internal sealed class CapturedOutput
{
    private static readonly int[] Sizes = [16 * 1024, 128 * 1024, 8 * 1024 * 1024];

    private volatile Filled filled = new([], 0);

    /// <summary>What has come so far. It stays as it is, even when a program's own child outlives it, keeps the pipe open and writes on.</summary>
    public ReadOnlyMemory<byte> Bytes
    {
        get
        {
            var now = filled;
            return now.Buffer.AsMemory(0, now.Length);
        }
    }

    /// <summary>Reads to the end.</summary>
    public async Task FillAsync(Stream source)
    {
        var buffer = GC.AllocateUninitializedArray<byte>(Sizes[0]);
        var length = 0;
        int read;
        while ((read = await source.ReadAsync(buffer.AsMemory(length))) > 0)
        {
            length += read;
            if (length == buffer.Length)
            {
                buffer = Grow(buffer);
            }

            filled = new Filled(buffer, length);
        }
    }

    private static byte[] Grow(byte[] full)
    {
        var larger = GC.AllocateUninitializedArray<byte>(Sizes.FirstOrDefault(size => size > full.Length, full.Length * 2));
        full.CopyTo(larger, 0);
        return larger;
    }

    private sealed record Filled(byte[] Buffer, int Length);
}

using System.Text;

namespace Graft.Testing;

/// <summary>Spoils an input: pieces put in, parts taken out, doubled, moved, repeated many times, bytes changed, two inputs joined.</summary>
internal sealed class FuzzMutation(Random random, IReadOnlyList<string> pieces)
{
    /// <summary>The longest input: long enough that work which grows with the square of it is seen.</summary>
    public const int MostBytes = 128 * 1024;

    private readonly byte[][] pieces = [.. pieces.Select(piece => piece.Any(char.IsSurrogate) && !IsWhole(piece) ? [0xED, 0xA0, 0x80] : Encoding.UTF8.GetBytes(piece))];

    /// <summary>A spoilt copy.</summary>
    public byte[] Mangle(byte[] input, IReadOnlyList<byte[]> others)
    {
        for (var changes = random.Next(1, 6); changes > 0; changes--)
        {
            input = Change(input, others);
        }

        return input.Length <= MostBytes ? input : input[..MostBytes];
    }

    /// <summary>An input without the parts that it need not have to keep failing.</summary>
    public static byte[] Shorten(byte[] input, Func<byte[], bool> fails)
    {
        for (var length = input.Length / 2; length > 0; length /= 2)
        {
            for (var start = 0; start + length <= input.Length;)
            {
                byte[] shorter = [.. input[..start], .. input[(start + length)..]];
                if (fails(shorter))
                {
                    input = shorter;
                }
                else
                {
                    start += length;
                }
            }
        }

        return input;
    }

    private byte[] Change(byte[] input, IReadOnlyList<byte[]> others)
    {
        var start = random.Next(input.Length + 1);
        var end = Math.Min(input.Length, start + random.Next(1, random.Next(4) == 0 ? 200 : 12));
        var part = input[start..end];
        var rest = input[end..];
        return random.Next(12) switch
        {
            0 or 1 or 2 => [.. input[..start], .. Piece(), .. input[start..]],
            3 or 4 => [.. input[..start], .. Piece(), .. rest],
            5 => [.. input[..start], .. rest],
            6 => [.. input[..end], .. part, .. rest],
            7 => [.. input[..start], (byte)random.Next(256), .. input[Math.Min(input.Length, start + 1)..]],
            8 => [.. input[..start], .. Repeated(random.Next(2) == 0 ? part : Piece()), .. rest],
            9 => [.. input[..start], .. others[random.Next(others.Count)]],
            10 => Moved(input, part),
            _ => input[..start],
        };
    }

    private byte[] Piece() => pieces[random.Next(pieces.Length)];

    private byte[] Repeated(byte[] part)
    {
        // Mostly a few times; now and then more often than any nesting may be deep.
        var times = random.Next(40) == 0 ? random.Next(1, 20_000) : random.Next(1, 80);
        return [.. Enumerable.Repeat(part, part.Length == 0 ? 0 : Math.Min(times, MostBytes / part.Length)).SelectMany(bytes => bytes)];
    }

    private byte[] Moved(byte[] input, byte[] part)
    {
        var place = random.Next(input.Length + 1);
        return [.. input[..place], .. part, .. input[place..]];
    }

    private static bool IsWhole(string text) => new UTF8Encoding(false, throwOnInvalidBytes: false).GetString(Encoding.UTF8.GetBytes(text)) == text;
}

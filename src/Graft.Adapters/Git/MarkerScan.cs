namespace Graft.Adapters.Git;

/// <summary>A line of a file, counted from 1, that is a conflict marker; of its text the beginning.</summary>
internal readonly record struct MarkerLine(int Number, string Text);

/// <summary>Looks for conflict markers in a file as it streams by, whatever its size and the length of its lines.</summary>
internal static class MarkerScan
{
    private const int LongestText = 100;
    private const int MostMarkers = 1000;

    // How far git looks for a NUL to call a file binary (`buffer_is_binary`); a merge leaves no marker in such a file.
    private const int Head = 8000;

    /// <summary>The markers of a file; none for a binary one, which is read no further than it takes to know.</summary>
    public static async Task<IReadOnlyList<MarkerLine>> ReadAsync(Stream file)
    {
        var buffer = new byte[64 * 1024];
        var length = await file.ReadAtLeastAsync(buffer, Head, throwOnEndOfStream: false);
        var markers = new List<MarkerLine>();
        if (buffer.AsSpan(0, Math.Min(length, Head)).Contains((byte)0))
        {
            return markers;
        }

        var number = 1;
        var isLineStart = true;
        while (length > 0 && markers.Count < MostMarkers)
        {
            var rest = Scan(buffer.AsSpan(0, length), ref number, ref isLineStart, markers);
            buffer.AsSpan(length - rest, rest).CopyTo(buffer);
            var read = await file.ReadAsync(buffer.AsMemory(rest));
            if (read == 0)
            {
                // The last line has no end.
                Take(buffer.AsSpan(0, rest), number, markers);
                break;
            }

            length = rest + read;
        }

        return markers;
    }

    /// <summary>Whether a line begins as a conflict marker with a name after it.</summary>
    public static bool IsMarker(ReadOnlySpan<byte> line) => line.StartsWith("<<<<<<< "u8) || line.StartsWith(">>>>>>> "u8) || line.StartsWith("||||||| "u8);

    /// <summary>Takes whole lines, and the beginnings of long ones; how many bytes at the end are the beginning of a line that is not decided yet.</summary>
    private static int Scan(ReadOnlySpan<byte> bytes, ref int number, ref bool isLineStart, List<MarkerLine> markers)
    {
        while (!bytes.IsEmpty)
        {
            var end = bytes.IndexOf((byte)'\n');
            if (isLineStart)
            {
                if (end < 0 && bytes.Length < LongestText)
                {
                    return bytes.Length;
                }

                Take(end < 0 ? bytes : bytes[..end], number, markers);
            }

            isLineStart = end >= 0;
            if (end < 0)
            {
                return 0;
            }

            number++;
            bytes = bytes[(end + 1)..];
        }

        return 0;
    }

    private static void Take(ReadOnlySpan<byte> line, int number, List<MarkerLine> markers)
    {
        if (IsMarker(line))
        {
            markers.Add(new MarkerLine(number, GitPath.Decode(line[..Math.Min(line.Length, LongestText)])));
        }
    }
}

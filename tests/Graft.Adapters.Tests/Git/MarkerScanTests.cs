using System.Text;
using Graft.Adapters.Git;

namespace Graft.Adapters.Tests.Git;

public sealed class MarkerScanTests
{
    private static readonly string[] Pieces = ["<<<<<<< HEAD", ">>>>>>> x", "||||||| y", "=======", "<<<<<<<", " <<<<<<< z", "\n", "\r\n", "text", new string('l', 70_000)];

    [Fact]
    public async Task Finds_in_chunks_of_any_size_what_a_look_at_the_lines_finds()
    {
        var random = new Random(7);
        for (var round = 0; round < 200; round++)
        {
            var text = string.Concat(Enumerable.Range(0, random.Next(60)).Select(_ => Pieces[random.Next(Pieces.Length)]));
            var expected = text.Split('\n').Select((line, index) => (Number: index + 1, line)).Where(line => MarkerScan.IsMarker(Encoding.UTF8.GetBytes(line.line))).Select(line => line.Number);

            var found = await MarkerScan.ReadAsync(new ChunkedStream(Encoding.UTF8.GetBytes(text), random));

            Assert.Equal(expected, found.Select(line => line.Number));
        }
    }

    [Fact]
    public async Task A_binary_file_has_none() =>
        Assert.Empty(await MarkerScan.ReadAsync(new MemoryStream("\0\n<<<<<<< HEAD\n"u8.ToArray())));

    // Gives as much at once as a pipe may: anything from one byte on.
    private sealed class ChunkedStream(byte[] bytes, Random random) : MemoryStream(bytes)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            base.ReadAsync(buffer[..Math.Min(buffer.Length, random.Next(3) == 0 ? random.Next(1, 200) : 50_000)], cancellationToken);
    }
}

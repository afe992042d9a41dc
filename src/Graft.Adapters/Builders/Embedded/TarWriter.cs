using System.Globalization;
using System.Text;
using Graft.Core.Failures;

namespace Graft.Adapters.Builders.Embedded;

/// <summary>
/// Writes a tar archive (POSIX ustar with pax records where ustar is too small) whose bytes follow from its entries alone. The archive writer of
/// the platform does not serve: it names the process in pax headers.
/// </summary>
internal sealed class TarWriter(Stream output)
{
    private const int Block = 512;
    private const int NameLength = 100;
    private const long LargestOctalSize = (1L << 33) - 1;
    private const long LargestOctalId = (1L << 21) - 1;

    /// <summary>Writes one file, folder or link under a path without a leading slash.</summary>
    public async Task WriteAsync(string path, TreeNode node, CancellationToken cancellationToken)
    {
        var name = node.Kind == TreeNodeKind.Folder ? path + "/" : path;
        var size = node.Content?.Length ?? 0;
        var pax = Pax(name, node, size);
        if (pax.Length > 0)
        {
            output.Write(Header("PaxHeaders/entry", 'x', new TreeNode(TreeNodeKind.File, Modes.Plain, 0, 0), pax.Length));
            output.Write(pax);
            Pad(pax.Length);
        }

        output.Write(Header(name, node.Kind switch { TreeNodeKind.Folder => '5', TreeNodeKind.Link => '2', _ => '0' }, node, size));
        if (node.Content is { } content)
        {
            await CopyAsync(path, content, cancellationToken);
            Pad(size);
        }
    }

    /// <summary>Writes the end of the archive.</summary>
    public void Finish() => output.Write(new byte[2 * Block]);

    private async Task CopyAsync(string path, IFileContent content, CancellationToken cancellationToken)
    {
        await using var source = await content.OpenAsync(cancellationToken);
        var buffer = new byte[128 * 1024];
        var left = content.Length;
        while (left > 0)
        {
            var count = await source.ReadAsync(buffer.AsMemory(0, (int)Math.Min(buffer.Length, left)), cancellationToken);
            if (count == 0)
            {
                break;
            }

            await output.WriteAsync(buffer.AsMemory(0, count), cancellationToken);
            left -= count;
        }

        if (left > 0 || await source.ReadAsync(buffer.AsMemory(0, 1), cancellationToken) > 0)
        {
            throw GraftException.Outside($"'{path}' changed while it was read");
        }
    }

    private static byte[] Pax(string name, TreeNode node, long size)
    {
        var records = new MemoryStream();
        // In alphabetical order, for one entry has one form only.
        Add("gid", node.Group > LargestOctalId ? Number(node.Group) : null);
        Add("linkpath", Fits(node.Target) ? null : node.Target);
        Add("path", Fits(name) ? null : name);
        Add("size", size > LargestOctalSize ? Number(size) : null);
        Add("uid", node.User > LargestOctalId ? Number(node.User) : null);
        return records.ToArray();

        void Add(string key, string? value)
        {
            if (value is null)
            {
                return;
            }

            var body = Encoding.UTF8.GetBytes($" {key}={value}\n");
            // A record begins with its own length, its digits included.
            var length = body.Length + 1;
            while (length != body.Length + Number(length).Length)
            {
                length = body.Length + Number(length).Length;
            }

            records.Write(Encoding.ASCII.GetBytes(Number(length)));
            records.Write(body);
        }
    }

    private static byte[] Header(string name, char type, TreeNode node, long size)
    {
        var header = new byte[Block];
        Text(header, 0, NameLength, name);
        Octal(header, 100, 8, node.Mode);
        Octal(header, 108, 8, node.User > LargestOctalId ? 0 : node.User);
        Octal(header, 116, 8, node.Group > LargestOctalId ? 0 : node.Group);
        Octal(header, 124, 12, size > LargestOctalSize ? 0 : size);
        Octal(header, 136, 12, Math.Clamp(node.Modified, 0, LargestOctalSize));
        header[156] = (byte)type;
        Text(header, 157, NameLength, node.Target);
        "ustar\000"u8.CopyTo(header.AsSpan(257));
        Octal(header, 329, 8, 0);
        Octal(header, 337, 8, 0);
        // The checksum is taken with its own field full of spaces.
        header.AsSpan(148, 8).Fill((byte)' ');
        Octal(header, 148, 7, header.Sum(b => (long)b));
        return header;
    }

    private static bool Fits(string text) => text.Length <= NameLength && Ascii.IsValid(text);

    private static void Text(byte[] header, int at, int length, string text)
    {
        // A name that does not fit stands in a pax record; what is here is for the eye.
        var ascii = string.Concat(text.Select(c => char.IsAscii(c) ? c : '_'));
        Encoding.ASCII.GetBytes(ascii.AsSpan(0, Math.Min(length, ascii.Length)), header.AsSpan(at, length));
    }

    private static void Octal(byte[] header, int at, int length, long value) =>
        Encoding.ASCII.GetBytes(Convert.ToString(value, 8).PadLeft(length - 1, '0') + "\0", header.AsSpan(at, length));

    private static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);

    private void Pad(long size) => output.Write(new byte[(Block - (size % Block)) % Block]);
}

using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Graft.Cli.Terminal;

/// <summary>Writes the one JSON document that <c>--json</c> promises.</summary>
internal static class JsonDocuments
{
    private const int MostDeep = 100_000;

    public static byte[] Write(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>();
        // Not HTML: a path or a message is easier read unescaped. A lineage is as deep as it is long.
        using (var writer = new Utf8JsonWriter(buffer, new JsonWriterOptions { Indented = true, MaxDepth = MostDeep, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            write(writer);
        }

        buffer.Write("\n"u8);
        var text = Encoding.UTF8.GetString(buffer.WrittenSpan);
        var plain = Printable.Escape(text);
        return ReferenceEquals(plain, text) ? buffer.WrittenSpan.ToArray() : Encoding.UTF8.GetBytes(plain);
    }
}

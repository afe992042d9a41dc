using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Graft.Cli.Terminal;

/// <summary>Writes the one JSON document that <c>--json</c> promises.</summary>
internal static class JsonDocuments
{
    public static byte[] Write(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>();
        // Not HTML: a path or a message is easier read unescaped.
        using (var writer = new Utf8JsonWriter(buffer, new JsonWriterOptions { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            write(writer);
        }

        return [.. buffer.WrittenSpan, (byte)'\n'];
    }
}

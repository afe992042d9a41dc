using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Graft.Core.Releases;

/// <summary>A release's lock, <c>NAME.lock.json</c>: the digests behind its manifest's references.</summary>
public sealed class ReleaseLock
{
    private const int Schema = 1;
    private readonly SortedDictionary<string, LockedReference> references = new(StringComparer.Ordinal);

    /// <summary>Creates a lock; a reference that is there twice is a bug.</summary>
    public ReleaseLock(IEnumerable<LockedReference> references)
    {
        foreach (var reference in references)
        {
            this.references.Add(reference.Reference, reference);
        }
    }

    /// <summary>The name of a release's lock, on disk and on a publisher.</summary>
    public static string FileOf(ReleaseName name) => $"{name}.lock.json";

    /// <summary>Every locked reference, ordered by its text.</summary>
    public IReadOnlyCollection<LockedReference> References => references.Values;

    /// <summary>What is locked for this reference's text, or null.</summary>
    public LockedReference? Find(string reference) => references.GetValueOrDefault(reference);

    /// <summary>Reads a lock; an input failure when it is not JSON of this shape.</summary>
    public static ReleaseLock Parse(ReadOnlyMemory<byte> bytes, string file) => new(ReleaseLockReader.Read(bytes, file));

    /// <summary>The lock as JSON that depends on nothing but its contents: ordered, indented, LF, UTF-8.</summary>
    public byte[] ToBytes()
    {
        var buffer = new ArrayBufferWriter<byte>();
        // Relaxed: the `+` of media types stays readable, and nobody puts this into HTML.
        using (var writer = new Utf8JsonWriter(buffer, new JsonWriterOptions { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            writer.WriteStartObject();
            writer.WriteNumber("schema", Schema);
            writer.WriteStartObject("references");
            foreach (var reference in references.Values)
            {
                Write(writer, reference);
            }

            writer.WriteEndObject();
            writer.WriteEndObject();
        }

        return [.. buffer.WrittenSpan, (byte)'\n'];
    }

    private static void Write(Utf8JsonWriter writer, LockedReference reference)
    {
        writer.WriteStartObject(reference.Reference);
        writer.WriteString("digest", reference.Digest.ToString());
        writer.WriteString("mediaType", reference.MediaType);
        WriteDigests(writer, "platforms", reference.Platforms.Select(pair => (pair.Key.ToString(), pair.Value.ToString())));
        if (reference.From.Count > 0)
        {
            WriteDigests(writer, "from", reference.From.Select(pair => (pair.Key, pair.Value.ToString())));
        }

        writer.WriteEndObject();
    }

    private static void WriteDigests(Utf8JsonWriter writer, string key, IEnumerable<(string Name, string Digest)> digests)
    {
        writer.WriteStartObject(key);
        foreach (var (name, digest) in digests.OrderBy(pair => pair.Name, StringComparer.Ordinal))
        {
            writer.WriteString(name, digest);
        }

        writer.WriteEndObject();
    }
}

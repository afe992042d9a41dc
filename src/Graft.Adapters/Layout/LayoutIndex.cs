using System.Text;
using System.Text.Json;
using Graft.Core.Failures;
using Graft.Core.Images;

namespace Graft.Adapters.Layout;

/// <summary>
/// A layout's <c>index.json</c>. Entries and members that Graft does not know are kept as they are: other tools write here too.
/// </summary>
internal sealed class LayoutIndex
{
    private const string ReferenceName = "org.opencontainers.image.ref.name";
    private const string MarkerFile = "oci-layout";
    private readonly byte[] json;

    private LayoutIndex(byte[] json, IReadOnlyList<LayoutEntry> entries)
    {
        this.json = json;
        Entries = entries;
    }

    /// <summary>What the layout holds, in order.</summary>
    public IReadOnlyList<LayoutEntry> Entries { get; }

    /// <summary>Reads the index of a layout. A folder that is no layout is an input failure.</summary>
    public static Task<LayoutIndex> ReadAsync(string folder, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var marker = Path.Combine(folder, MarkerFile);
        ImageJson.Read(LayoutFiles.Find(marker, BlobReading.DocumentLimit) ?? throw NoLayout(folder, MarkerFile), marker, root =>
            root.GetProperty("imageLayoutVersion").GetString() is "1.0.0" ? true : throw new FormatException("only version 1.0.0 is known"));
        var path = Path.Combine(folder, "index.json");
        return Task.FromResult(Parse(LayoutFiles.Find(path, BlobReading.DocumentLimit * 16) ?? throw NoLayout(folder, "index.json"), path));
    }

    /// <summary>Whether a folder has the marker of a layout; an input failure where nobody may look.</summary>
    public static bool Exists(string folder) => LayoutFiles.Find(Path.Combine(folder, MarkerFile), BlobReading.DocumentLimit) is not null;

    /// <summary>Makes a folder a layout with nothing in it, if it is none yet. The caller holds the lock where another could do the same.</summary>
    public static async Task CreateAsync(string folder, CancellationToken cancellationToken)
    {
        if (!File.Exists(Path.Combine(folder, "index.json")))
        {
            await WriteAsync(folder, "index.json", Encoding.UTF8.GetBytes($$"""{"schemaVersion":2,"mediaType":"{{MediaTypes.OciIndex}}","manifests":[]}"""), cancellationToken);
        }

        // The marker comes last: with it the folder is a layout, whole.
        if (!Exists(folder))
        {
            await WriteAsync(folder, MarkerFile, """{"imageLayoutVersion":"1.0.0"}"""u8.ToArray(), cancellationToken);
        }
    }

    /// <summary>Writes the index with one more entry.</summary>
    public Task WriteWithAsync(string folder, Descriptor descriptor, string? referenceName, CancellationToken cancellationToken) =>
        WriteAsync(folder, _ => true, writer => ImageJson.WriteDescriptor(writer, descriptor, referenceName), cancellationToken);

    /// <summary>Writes the index without some of its entries.</summary>
    public Task WriteWithoutAsync(string folder, Func<LayoutEntry, bool> isGone, CancellationToken cancellationToken) =>
        WriteAsync(folder, entry => !isGone(entry), _ => { }, cancellationToken);

    private async Task WriteAsync(string folder, Func<LayoutEntry, bool> stays, Action<Utf8JsonWriter> writeMore, CancellationToken cancellationToken)
    {
        using var document = JsonDocument.Parse(json);
        var bytes = ImageJson.Write(writer =>
        {
            foreach (var member in document.RootElement.EnumerateObject())
            {
                if (!member.NameEquals("manifests"))
                {
                    member.WriteTo(writer);
                    continue;
                }

                writer.WriteStartArray("manifests");
                // As it was read: the entries are those of the array, in its order.
                foreach (var (entry, _) in member.Value.EnumerateArray().Zip(Entries).Where(pair => stays(pair.Second)))
                {
                    entry.WriteTo(writer);
                }

                writeMore(writer);
                writer.WriteEndArray();
            }
        });
        await WriteAsync(folder, "index.json", bytes, cancellationToken);
    }

    private static GraftException NoLayout(string folder, string missing) => GraftException.Input($"'{folder}' is not an OCI image layout: it has no '{missing}'");

    private static LayoutIndex Parse(byte[] json, string path) => new(json, ImageJson.Read(json, path, root =>
    {
        ImageJson.RequireWritable(root);
        return root.GetProperty("manifests").EnumerateArray().Select(entry => new LayoutEntry(ImageJson.ReadDescriptor(entry), NameOf(entry))).ToList();
    }));

    private static string? NameOf(JsonElement entry) =>
        entry.TryGetProperty("annotations", out var annotations) && annotations.ValueKind == JsonValueKind.Object && annotations.TryGetProperty(ReferenceName, out var name)
            ? ImageJson.Text(name)
            : null;

    private static Task WriteAsync(string folder, string name, byte[] bytes, CancellationToken cancellationToken)
    {
        var path = Path.Combine(folder, name);
        LayoutFiles.RefuseLink(path);
        return LayoutFiles.WriteAsync(path, lasting: true, async (file, token) =>
        {
            await file.WriteAsync(bytes, token);
            return null;
        }, cancellationToken);
    }
}

/// <summary>One entry of an index: what it points at and the name that it carries, if any.</summary>
internal sealed record LayoutEntry(Descriptor Descriptor, string? Name)
{
    /// <summary>The name as a reference; null when it has none or one of another shape (a bare tag).</summary>
    public ImageReference? Reference { get; } = ImageReference.TryParse(Name, out var reference) ? reference : null;
}

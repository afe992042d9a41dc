namespace Graft.Core.Images;

/// <summary>An image manifest (OCI image spec, "Image Manifest"; docker's schema 2 has the same shape): its configuration and its layers, lowest first.</summary>
public sealed record ImageManifest(string MediaType, Descriptor Config, IReadOnlyList<Descriptor> Layers)
{
    /// <summary>Reads a manifest; what is malformed is an input failure that names <paramref name="subject"/>.</summary>
    public static ImageManifest Parse(ReadOnlyMemory<byte> json, string subject) => ImageJson.Read(json, subject, root => new ImageManifest(
        root.TryGetProperty("mediaType", out var type) ? ImageJson.Text(type) : MediaTypes.OciManifest,
        ImageJson.ReadDescriptor(root.GetProperty("config")),
        [.. root.GetProperty("layers").EnumerateArray().Select(ImageJson.ReadDescriptor)]));

    /// <summary>The manifest's bytes: compact JSON in a fixed order.</summary>
    public byte[] ToJson() => ImageJson.Write(writer =>
    {
        writer.WriteNumber("schemaVersion", 2);
        writer.WriteString("mediaType", MediaType);
        writer.WritePropertyName("config");
        ImageJson.WriteDescriptor(writer, Config);
        writer.WriteStartArray("layers");
        foreach (var layer in Layers)
        {
            ImageJson.WriteDescriptor(writer, layer);
        }

        writer.WriteEndArray();
    });
}

/// <summary>An image index (OCI image spec, "Image Index"; docker's manifest list has the same shape): manifests, each with its platform.</summary>
public sealed record ImageIndex(string MediaType, IReadOnlyList<Descriptor> Manifests)
{
    /// <summary>Reads an index; what is malformed is an input failure that names <paramref name="subject"/>.</summary>
    public static ImageIndex Parse(ReadOnlyMemory<byte> json, string subject) => ImageJson.Read(json, subject, root => new ImageIndex(
        root.TryGetProperty("mediaType", out var type) ? ImageJson.Text(type) : MediaTypes.OciIndex,
        [.. root.GetProperty("manifests").EnumerateArray().Select(ImageJson.ReadDescriptor)]));

    /// <summary>The manifests of images: those for <c>unknown/unknown</c> are attestations, which run nowhere.</summary>
    public IReadOnlyList<Descriptor> Images => [.. Manifests.Where(manifest => manifest.Platform is not { Os: "unknown" })];

    /// <summary>The index's bytes: compact JSON in a fixed order.</summary>
    public byte[] ToJson() => ImageJson.Write(writer =>
    {
        writer.WriteNumber("schemaVersion", 2);
        writer.WriteString("mediaType", MediaType);
        writer.WriteStartArray("manifests");
        foreach (var manifest in Manifests)
        {
            ImageJson.WriteDescriptor(writer, manifest);
        }

        writer.WriteEndArray();
    });
}

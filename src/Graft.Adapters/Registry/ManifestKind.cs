using Graft.Core.Failures;
using Graft.Core.Images;

namespace Graft.Adapters.Registry;

/// <summary>Which media type a manifest has: as the registry says and as it says itself, which have to agree.</summary>
internal static class ManifestKind
{
    /// <summary>
    /// The media type. A document that is malformed, of an unknown kind, or could be read as two kinds (CVE-2021-41190) is an outside
    /// failure that names <paramref name="subject"/>.
    /// </summary>
    public static string Of(ReadOnlyMemory<byte> json, string? header, string subject)
    {
        try
        {
            var type = Decide(json, header, subject);
            _ = MediaTypes.IsIndex(type) ? ImageIndex.Parse(json, subject).Manifests.Count : ImageManifest.Parse(json, subject).Layers.Count;
            return type;
        }
        catch (GraftException malformed) when (malformed.Kind == FailureKind.Input)
        {
            throw GraftException.Outside(malformed.Message, malformed.Hint, malformed);
        }
    }

    private static string Decide(ReadOnlyMemory<byte> json, string? header, string subject)
    {
        var (written, hasManifests, hasLayers) = ImageJson.Read(json, subject, root => (
            root.TryGetProperty("mediaType", out var type) ? ImageJson.Text(type) : null,
            root.TryGetProperty("manifests", out _),
            root.TryGetProperty("layers", out _) || root.TryGetProperty("config", out _)));
        // Some registries say no more than that it is JSON.
        var said = header is "application/json" or "text/plain" or "application/octet-stream" ? null : header;
        var type = said ?? written ?? (hasManifests ? MediaTypes.OciIndex : MediaTypes.OciManifest);
        if (written is not null && written != type)
        {
            throw GraftException.Outside($"'{subject}' is sent as '{type}', but says of itself that it is '{written}'");
        }

        if (!MediaTypes.IsIndex(type) && !MediaTypes.IsManifest(type))
        {
            throw GraftException.Outside($"'{subject}' is of a kind that graft does not know, '{type}'");
        }

        return MediaTypes.IsIndex(type) ? hasLayers ? throw Ambiguous(subject) : type : hasManifests ? throw Ambiguous(subject) : type;
    }

    private static GraftException Ambiguous(string subject) => GraftException.Outside($"'{subject}' can be read as an index and as a manifest");
}

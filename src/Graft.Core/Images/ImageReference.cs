using System.Diagnostics.CodeAnalysis;
using Graft.Core.Failures;

namespace Graft.Core.Images;

/// <summary>An image's name with a version: <c>acme/core-api:3.2</c>, <c>registry.k8s.io/x@sha256:…</c>, <c>x:1@sha256:…</c>.</summary>
public sealed record ImageReference(ImageName Name, ImageVersion Version)
{
    /// <summary>Reads <c>NAME:TAG</c>, <c>NAME@DIGEST</c> or <c>NAME:TAG@DIGEST</c>; an input failure when it is none of them.</summary>
    public static ImageReference Parse(string text) =>
        TryParse(text, out var reference) ? reference : throw GraftException.Input($"'{text}' is not an image reference", "a reference is `NAME:TAG`, `NAME@sha256:…`, or `NAME:TAG@sha256:…`");

    /// <summary>Reads <c>NAME:TAG</c>, <c>NAME@DIGEST</c> or <c>NAME:TAG@DIGEST</c>.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out ImageReference? reference)
    {
        reference = null;
        if (text is null)
        {
            return false;
        }

        var at = text.IndexOf('@', StringComparison.Ordinal);
        var end = at < 0 ? text.Length : at;
        // A colon before the last slash belongs to the host's port.
        var slash = text.LastIndexOf('/', Math.Max(0, end - 1));
        var colon = text.IndexOf(':', slash + 1, end - slash - 1);
        var nameEnd = colon < 0 ? end : colon;
        var versionText = colon < 0 ? text[end..] : text[(colon + 1)..];
        if (!ImageName.TryParse(text[..nameEnd], out var name) || !ImageVersion.TryParse(versionText, out var version) || (colon >= 0 && version.Tag is null))
        {
            return false;
        }

        reference = new ImageReference(name, version);
        return true;
    }

    /// <summary>The reference as one would type it.</summary>
    public override string ToString() => Version.Tag is null ? $"{Name}{Version}" : $"{Name}:{Version}";
}

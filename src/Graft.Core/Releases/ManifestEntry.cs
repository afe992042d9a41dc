using Graft.Core.Images;

namespace Graft.Core.Releases;

/// <summary>
/// One line of a manifest that names an image and a version: the key it is listed under (<c>images</c>, <c>core_images</c>), its
/// index in that list (from 0), the image, the version's text as written, and the line (from 1).
/// </summary>
public sealed record ManifestEntry(string List, int Index, ImageName Image, string Version, int Line)
{
    /// <summary>The reference that the entry stands for.</summary>
    public ImageReference Reference => new(Image, ImageVersion.Parse(Version));
}

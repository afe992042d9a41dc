using Graft.Core.Products;

namespace Graft.Core.Affected;

/// <summary>
/// Why an image is affected: the changed path, the Dockerfile of the image, its line where one names the path (else null), and a sentence.
/// Where another image of the product stands between, the path is the one that affects that image.
/// </summary>
public sealed record AffectedReason(string Path, string Dockerfile, int? Line, string Why);

/// <summary>An image of the product, and why the change can alter it: no reason, not affected.</summary>
public sealed record ImageEffect(ImageSource Source, IReadOnlyList<AffectedReason> Reasons)
{
    /// <summary>Whether the change can alter its content.</summary>
    public bool IsAffected => Reasons.Count > 0;
}

/// <summary>Every image source of the product, in graft.yaml's order, and the changed paths that reach none.</summary>
public sealed record AffectedReport(IReadOnlyList<ImageEffect> Images, IReadOnlyList<string> Outside)
{
    /// <summary>The images that the change can alter.</summary>
    public IEnumerable<ImageEffect> Affected => Images.Where(image => image.IsAffected);
}

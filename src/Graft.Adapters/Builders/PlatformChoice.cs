using Graft.Core.Failures;
using Graft.Core.Images;

namespace Graft.Adapters.Builders;

/// <summary>Picks the one of an image's manifests that a platform runs.</summary>
internal static class PlatformChoice
{
    /// <summary>The manifest for a platform; an input failure that names the image as <paramref name="key"/> when it has none.</summary>
    public static Descriptor Choose(string key, StoredImage image, Platform platform) =>
        image.Manifests.FirstOrDefault(manifest => manifest.Platform is { } own && IsSame(own, platform))
        ?? (image.Manifests is [{ Platform: null } only] ? only : null)
        ?? throw GraftException.Input(
            $"'{key}' has no manifest for '{platform}'",
            $"it has {string.Join(", ", image.Manifests.Select(manifest => manifest.Platform?.ToString() ?? "one of unknown platform"))}");

    /// <summary>Whether two ways to write a platform mean the same.</summary>
    public static bool IsSame(Platform one, Platform other) => Normal(one) == Normal(other);

    // `arm64` and `arm64/v8` are one platform, as are `arm` and `arm/v7` (containerd's normalisation).
    private static Platform Normal(Platform platform) => platform switch
    {
        { Architecture: "arm64", Variant: "v8" } or { Architecture: "amd64", Variant: "v1" } => platform with { Variant = null },
        { Architecture: "arm", Variant: null } => platform with { Variant = "v7" },
        _ => platform,
    };
}

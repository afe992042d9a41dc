using Graft.Core.Releases;

namespace Graft.Cli;

/// <summary>Which asset of a published release is its manifest.</summary>
internal static class PublishedManifest
{
    /// <summary>The asset's name: <c>NAME.yaml</c>, or <c>manifest.yaml</c> from older tools; null when the release has neither.</summary>
    public static string? AssetOf(PublishedRelease release, ReleaseName name) =>
        new[] { $"{name}.yaml", "manifest.yaml" }.FirstOrDefault(asset => release.FindAsset(asset) is not null);
}

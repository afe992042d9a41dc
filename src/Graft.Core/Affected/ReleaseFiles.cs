using Graft.Core.Products;
using Graft.Core.Releases;

namespace Graft.Core.Affected;

/// <summary>Which paths are a release's own files: written after its images are built, they are no part of what they are built from, also where they are committed.</summary>
internal sealed class ReleaseFiles(Product product)
{
    private static readonly string[] Suffixes = [".yaml", ".lock.json", ".notes.md"];
    private readonly string folder = product.Releases + "/";

    /// <summary>Whether a path is in the folder of releases.</summary>
    public bool IsBeside(string path) => path.StartsWith(folder, StringComparison.Ordinal);

    /// <summary>Whether a path is the manifest, the lock or the notes of a release, by the name that they have there.</summary>
    public bool IsOne(string path) =>
        IsBeside(path) && Suffixes.Any(suffix => path.EndsWith(suffix, StringComparison.Ordinal) && ReleaseName.TryParse(path[folder.Length..^suffix.Length], out _));
}

using Graft.Core.Failures;
using Graft.Core.Images;
using Graft.Core.Releases;

namespace Graft.Core.Hotfixes;

/// <summary>Names entries of a manifest as a user does: <c>IMAGE</c>, or <c>IMAGE:OLD</c> where it has several versions.</summary>
public sealed record EntryChoice(ImageName Image, string? Version)
{
    /// <summary>Reads <c>IMAGE</c> or <c>IMAGE:OLD</c>; an input failure when it is neither.</summary>
    public static EntryChoice Parse(string text) =>
        ImageName.TryParse(text, out var name) ? new EntryChoice(name, null)
        : ImageReference.TryParse(text, out var reference) ? new EntryChoice(reference.Name, reference.Version.ToString())
        : throw GraftException.Input(
            $"'{text}' is not an image",
            text.Contains(',', StringComparison.Ordinal) ? "separate several with blanks" : "name it as the manifest does: `acme/core-api`, or `acme/core-api:OLD`");

    /// <summary>
    /// The entries meant: all with one image and one version. An image without an entry, or with several versions of which none is
    /// named, is an input failure.
    /// </summary>
    public IReadOnlyList<ManifestEntry> In(Manifest manifest)
    {
        var named = manifest.Entries.Where(entry => entry.Image == Image).ToList();
        if (named.Count == 0)
        {
            var nearest = Nearest.To(Image.Text, manifest.Entries.Select(entry => entry.Image.Text).Distinct(StringComparer.Ordinal));
            throw GraftException.Input(
                $"release '{manifest.Name}' has no entry for '{Image}'",
                nearest is null ? $"`graft release images {manifest.Name}` lists its images" : $"did you mean `{nearest}`?");
        }

        var chosen = Version is null ? named : named.Where(entry => entry.Version == Version).ToList();
        var versions = named.Select(entry => entry.Version).Distinct(StringComparer.Ordinal).ToList();
        if (chosen.Count == 0)
        {
            throw GraftException.Input($"release '{manifest.Name}' has no '{Image}' at '{Version}'", $"it has {Listed(versions)}");
        }

        return Version is not null || versions.Count == 1
            ? chosen
            : throw GraftException.Input($"'{Image}' is ambiguous: release '{manifest.Name}' has it at {versions.Count} versions", $"name one: {Listed(versions)}");
    }

    /// <inheritdoc/>
    public override string ToString() => Version is null ? Image.Text : Written(Version);

    private string Written(string version) => version.StartsWith('@') ? $"{Image}{version}" : $"{Image}:{version}";

    private string Listed(IEnumerable<string> versions) => string.Join(", ", versions.Select(version => $"`{Written(version)}`"));
}

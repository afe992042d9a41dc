using Graft.Core.Failures;
using Graft.Core.Images;

namespace Graft.Core.Hotfixes;

/// <summary>One change of version: which entries, the version they get, and the image's new name where it moved home.</summary>
public sealed record VersionChange(EntryChoice Entry, ImageName? NewImage, ImageVersion To)
{
    /// <summary>
    /// Reads <c>IMAGE[:OLD]=NEW</c>, where NEW is a tag, <c>@sha256:…</c>, <c>TAG@sha256:…</c>, or a whole reference; an input failure when it is not that.
    /// </summary>
    public static VersionChange Parse(string text)
    {
        var equals = text.IndexOf('=', StringComparison.Ordinal);
        return equals > 0 && equals < text.Length - 1
            ? Parse(EntryChoice.Parse(text[..equals]), text[(equals + 1)..])
            : throw GraftException.Input($"'{text}' is not a change of version", "write `IMAGE=NEW`, or `IMAGE:OLD=NEW` where the release has several versions of it");
    }

    /// <summary>Reads the new version of an entry: a tag, <c>@sha256:…</c>, <c>TAG@sha256:…</c>, or a whole reference.</summary>
    public static VersionChange Parse(EntryChoice entry, string newVersion)
    {
        if (ImageVersion.TryParse(newVersion, out var version))
        {
            return new VersionChange(entry, null, version);
        }

        return ImageReference.TryParse(newVersion, out var reference)
            ? new VersionChange(entry, reference.Name.Text == entry.Image.Text ? null : reference.Name, reference.Version)
            : throw GraftException.Input($"'{newVersion}' is not a version of '{entry.Image}'", "a version is a tag, `@sha256:…`, `TAG@sha256:…`, or a whole reference");
    }
}

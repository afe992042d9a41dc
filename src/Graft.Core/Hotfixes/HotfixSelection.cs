using Graft.Core.Failures;
using Graft.Core.Images;
using Graft.Core.Products;
using Graft.Core.Releases;

namespace Graft.Core.Hotfixes;

/// <summary>A request applied to a base: which sources are built for which entries, and which entries change to what.</summary>
public sealed record HotfixSelection(IReadOnlyList<SelectedBuild> Builds, IReadOnlyList<SelectedChange> Changes, IReadOnlyList<ManifestEntry> Unchanged)
{
    /// <summary>The references that the changed entries get.</summary>
    public IEnumerable<ImageReference> ChangedReferences => Changes.Select(change => change.To).Distinct();

    /// <summary>
    /// Decides what a request means for this base. Unknown or ambiguous images and images without a source are input failures; asking for
    /// nothing, or for two things of one entry, is a usage failure.
    /// </summary>
    public static HotfixSelection Of(HotfixRequest request, Manifest manifest, IReadOnlyList<ImageSource> sources)
    {
        var builds = request.Build
            .Select(choice => new SelectedBuild(SourceOf(choice.Image, sources), choice.In(manifest)))
            .DistinctBy(build => build.Entries[0])
            .ToList();
        var changes = request.Changes
            .Select(change => new SelectedChange(change.Entry.In(manifest), new ImageReference(change.NewImage ?? change.Entry.In(manifest)[0].Image, change.To)))
            .ToList();

        if (builds.Count + changes.Count == 0)
        {
            throw GraftException.Usage("nothing to do: no image is built and none changes", "choose images with `--build IMAGE` or `--set IMAGE=VERSION`");
        }

        var touched = new HashSet<ManifestEntry>();
        foreach (var entry in builds.SelectMany(build => build.Entries).Concat(changes.SelectMany(change => change.Entries)))
        {
            if (!touched.Add(entry))
            {
                throw GraftException.Usage($"'{entry.Reference}' is asked for twice", "build an image or set its version once");
            }
        }

        foreach (var change in changes)
        {
            if (change.Entries[0].Reference.ToString() == change.To.ToString())
            {
                throw GraftException.Usage($"nothing to do: '{change.To}' is what the release has already", "leave it out, or name another version");
            }
        }

        return new HotfixSelection(builds, changes, [.. manifest.Entries.Where(entry => !touched.Contains(entry))]);
    }

    private static ImageSource SourceOf(ImageName image, IReadOnlyList<ImageSource> sources)
    {
        var source = sources.FirstOrDefault(source => source.Image == image);
        if (source is not null)
        {
            return source;
        }

        var nearest = sources.FirstOrDefault(candidate => candidate.Image.Text.EndsWith("/" + image.Text, StringComparison.Ordinal))?.Image.Text
            ?? Nearest.To(image.Text, sources.Select(candidate => candidate.Image.Text));
        throw GraftException.Input(
            $"'{image}' has no Dockerfile that graft.yaml knows, so it cannot be built",
            nearest is null ? $"give it another version with `--set {image}=VERSION`" : $"did you mean `{nearest}`?");
    }
}

/// <summary>A source to build, and the entries (all of one reference) that its image replaces.</summary>
public sealed record SelectedBuild(ImageSource Source, IReadOnlyList<ManifestEntry> Entries);

/// <summary>Entries (all of one reference) that change, and the reference that they get.</summary>
public sealed record SelectedChange(IReadOnlyList<ManifestEntry> Entries, ImageReference To);

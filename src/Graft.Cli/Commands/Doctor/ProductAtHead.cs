using System.Text;
using Graft.Core.Dockerfiles;
using Graft.Core.Failures;
using Graft.Core.Images;
using Graft.Core.Products;
using Graft.Core.Releases;

namespace Graft.Cli.Commands.Doctor;

/// <summary>What of the product the builder and the registries are asked about: its image sources at HEAD with their Dockerfiles, and its newest release here.</summary>
/// <param name="Sources">The image sources; their platforms are those of graft.yaml, or the usual one.</param>
/// <param name="Dockerfiles">The Dockerfiles that can be read, by path.</param>
/// <param name="Problems">Why the others cannot.</param>
/// <param name="Newest">The newest release whose manifest is here, of those that have their tag if there are any; or null.</param>
/// <param name="HasTag">Whether its tag is here.</param>
internal sealed record ProductAtHead(
    IReadOnlyList<ImageSource> Sources, IReadOnlyDictionary<string, Dockerfile> Dockerfiles, IReadOnlyList<GraftException> Problems, Manifest? Newest, bool HasTag)
{
    /// <summary>The images of others that builds stand on, as far as the Dockerfiles say it.</summary>
    public IEnumerable<ImageReference> Bases => Sources.SelectMany(BasesOf).Distinct();

    /// <summary>Reads it; an input failure when graft.yaml does not fit the files of HEAD.</summary>
    public static async Task<ProductAtHead> ReadAsync(Workspace workspace, CancellationToken cancellationToken)
    {
        var (git, product) = (workspace.Git, workspace.Product);
        var sources = ImageSources.Find(product, await git.ReadPathsAsync(git.Head, ImageSources.PatternsOf(product), cancellationToken));
        var texts = await git.ReadFilesAsync(git.Head, [.. sources.Select(source => source.Dockerfile).Distinct(StringComparer.Ordinal)], cancellationToken);
        var dockerfiles = new Dictionary<string, Dockerfile>(StringComparer.Ordinal);
        var problems = new List<GraftException>();
        foreach (var (path, text) in texts)
        {
            try
            {
                dockerfiles[path] = Dockerfile.Parse(Encoding.UTF8.GetString(text ?? []), path);
            }
            catch (GraftException malformed) when (malformed.Kind == FailureKind.Input)
            {
                problems.Add(malformed);
            }
        }

        var tags = await git.ReadTagsAsync(cancellationToken);
        var releases = workspace.Manifests.ReadAll().Releases.Where(release => !release.Header.Name.IsPreRelease).ToList();
        // A draft has no tag yet, and is no release to fix.
        var live = releases.Find(release => tags.ContainsKey(product.TagOf(release.Header.Name)));
        var newest = live ?? releases.FirstOrDefault();
        return new ProductAtHead(
            [.. sources.Select(source => source with { Platforms = source.Platforms.Count > 0 ? source.Platforms : [Platform.Default] })],
            dockerfiles,
            problems,
            newest is null ? null : workspace.Manifests.Read(newest.Path),
            live is not null);
    }

    /// <summary>Whether an image is built from HEAD.</summary>
    public bool IsOfProduct(ImageName image) => Sources.Any(source => source.Image == image);

    private IEnumerable<ImageReference> BasesOf(ImageSource source)
    {
        if (!Dockerfiles.TryGetValue(source.Dockerfile, out var dockerfile))
        {
            return [];
        }

        try
        {
            return
            [
                .. DockerfileBases.Find(dockerfile, source.Target, source.Args, source.Contexts.Keys, source.Platforms)
                    .Where(needed => !needed.IsContext || !NamedContext.IsFolder(source.Contexts[needed.Text], IsOfProduct))
                    .Select(needed => needed.IsContext ? NamedContext.WithoutScheme(source.Contexts[needed.Text]) : needed.Text)
                    .Select(text => ImageReference.TryParse(text, out var reference) ? reference : ImageName.TryParse(text, out var name) ? new ImageReference(name, ImageVersion.Parse("latest")) : null)
                    .OfType<ImageReference>()
                    .Where(reference => !IsOfProduct(reference.Name)),
            ];
        }
        catch (GraftException unknown) when (unknown.Kind == FailureKind.Input)
        {
            // The builder's findings say it.
            return [];
        }
    }
}

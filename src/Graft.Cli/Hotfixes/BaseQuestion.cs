using System.Text;
using Graft.Core.Dockerfiles;
using Graft.Core.Failures;
using Graft.Core.Hotfixes;
using Graft.Core.Images;
using Graft.Core.Products;
using Graft.Core.Releases;

namespace Graft.Cli.Hotfixes;

/// <summary>
/// Asks what the FROM lines and named contexts of the builds mean. An image of the product means this run's build of it if there is one, else the
/// base release's version, whatever the tag; every other image has to be in the store.
/// </summary>
internal sealed class BaseQuestion(Workspace workspace, IImageBuilder builder, HotfixFacts facts, HotfixSelection selection, ReleaseName name)
{
    private const string LayoutScheme = "layout:";

    public async Task<IReadOnlyDictionary<ImageName, IReadOnlyList<PlannedBase>>> AskAsync(
        IReadOnlyDictionary<ImageName, StoredImage> replaced, CancellationToken cancellationToken)
    {
        var sources = selection.Builds.Select(build => build.Source).ToList();
        var dockerfiles = sources.Count == 0
            ? new Dictionary<string, byte[]?>()
            : await workspace.Git.ReadFilesAsync(facts.Head, [.. sources.Select(source => source.Dockerfile).Distinct(StringComparer.Ordinal)], cancellationToken);
        var bases = new Dictionary<ImageName, IReadOnlyList<PlannedBase>>();
        foreach (var source in sources)
        {
            var text = Encoding.UTF8.GetString(dockerfiles[source.Dockerfile] ?? throw GraftException.Input($"'{source.Dockerfile}' is not in HEAD"));
            var platforms = HotfixPlanner.PlatformsOf(source, replaced.GetValueOrDefault(source.Image));
            var dockerfile = Dockerfile.Parse(text, source.Dockerfile);
            builder.Check(source with { Platforms = platforms, Contexts = source.Contexts.ToDictionary(context => context.Key, context => NamedContext.Explicit(context.Value, HasSource), StringComparer.Ordinal) }, dockerfile);
            BuildSecrets.Require(source, workspace.Git.Root);
            var needed = DockerfileBases.Find(dockerfile, source.Target, source.Args, source.Contexts.Keys, platforms);
            var planned = new List<PlannedBase>();
            foreach (var need in needed)
            {
                if (ReferenceOf(need, source) is { } reference)
                {
                    planned.Add(await ResolveAsync(need, reference, cancellationToken));
                }
            }

            bases[source.Image] = planned;
        }

        return bases;
    }

    private bool IsFolder(string context) => NamedContext.IsFolder(context, HasSource);

    // Null for a named context that is a folder of the repository.
    private ImageReference? ReferenceOf(BaseReference need, ImageSource source)
    {
        var text = need.IsContext ? source.Contexts[need.Text] : need.Text;
        if (need.IsContext && IsFolder(text))
        {
            return null;
        }

        text = NamedContext.WithoutScheme(text);
        return ImageName.TryParse(text, out var image) ? new ImageReference(image, ImageVersion.Parse("latest"))
            : ImageReference.TryParse(text, out var reference) ? reference
            : throw need.Location.Error($"'{text}' is not an image reference");
    }

    private async Task<PlannedBase> ResolveAsync(BaseReference need, ImageReference reference, CancellationToken cancellationToken)
    {
        if (selection.Builds.FirstOrDefault(build => build.Source.Image == reference.Name) is { } build)
        {
            return new PlannedBase(need.Text, HotfixPlanner.BuiltReference(build.Entries[0].Image, name, facts.Head), null);
        }

        var isOfProduct = HasSource(reference.Name);
        var meant = isOfProduct ? InRelease(need, reference) : reference;
        var image = await workspace.Images.FindBaseAsync(meant, isOfProduct, cancellationToken)
            ?? throw need.Location.Error($"'{meant}', which the build stands on, is not in {workspace.Images.PlacesOf(meant, isOfProduct)}", Remedy(meant));
        return new PlannedBase(need.Text, meant, image.Descriptor.Digest, isOfProduct);
    }

    private bool HasSource(ImageName name) => facts.Sources.Any(source => source.Image == name);

    private string? Remedy(ImageReference missing) =>
        HasSource(missing.Name) ? $"build it too: `--build {missing.Name}`"
        : facts.Product.Registry.StartsWith(LayoutScheme, StringComparison.Ordinal) ? $"put it there: `skopeo copy docker://{missing.Name.Registry}/{missing.Name.Repository}{missing.ToString()[missing.Name.Text.Length..]} oci:{facts.Product.Registry[LayoutScheme.Length..]}:{missing}`"
        : null;

    private ImageReference InRelease(BaseReference need, ImageReference reference)
    {
        var versions = facts.Base.Entries.Where(entry => entry.Image == reference.Name).Select(entry => entry.Reference).Distinct().ToList();
        return versions.Count switch
        {
            0 => reference,
            1 => versions[0],
            _ => versions.FirstOrDefault(version => version.Version == reference.Version)
                ?? throw need.Location.Error(
                    $"'{reference.Name}' is ambiguous: release '{facts.Base.Name}' has it at {versions.Count} versions",
                    $"name one in the FROM line: {string.Join(", ", versions.Select(version => $"`{version}`"))}"),
        };
    }
}

using Graft.Adapters.Manifests;
using Graft.Core.Products;
using Graft.Core.Releases;

namespace Graft.Cli.Releases;

/// <summary>Looks at every reference of a release where it lives, and at its manifest on the publisher. Changes nothing.</summary>
internal sealed class ReleaseVerifier(Workspace workspace)
{
    private const int AtOnce = 16;

    /// <summary>The release as it is found.</summary>
    public async Task<VerifiedRelease> RunAsync(Manifest manifest, CancellationToken cancellationToken)
    {
        var compare = CompareAsync(manifest, cancellationToken);
        var references = await LookAsync(manifest, cancellationToken);
        return new VerifiedRelease(manifest, references, await compare);
    }

    private async Task<PublishedState> CompareAsync(Manifest manifest, CancellationToken cancellationToken)
    {
        if (await workspace.Publisher.FindAsync(workspace.Product.TagOf(manifest.Name), cancellationToken) is not { } release
            || PublishedManifest.AssetOf(release, manifest.Name) is not { } asset)
        {
            return PublishedState.None;
        }

        var bytes = await workspace.Publisher.FetchAssetAsync(release, asset, ManifestFolder.SizeLimit, cancellationToken);
        return manifest.Bytes.Span.SequenceEqual(bytes) ? PublishedState.Same : PublishedState.Different;
    }

    private async Task<IReadOnlyList<VerifiedReference>> LookAsync(Manifest manifest, CancellationToken cancellationToken)
    {
        var locked = workspace.Manifests.ReadLock(manifest.Name);
        var paths = await workspace.Git.ReadPathsAsync(workspace.Git.Head, ImageSources.PatternsOf(workspace.Product), cancellationToken);
        var withSource = ImageSources.Find(workspace.Product, paths).Select(source => source.Image).ToHashSet();
        var references = manifest.Entries.Select(entry => entry.Reference).Distinct().ToList();
        var verdicts = new VerifiedReference[references.Count];
        await Parallel.ForAsync(0, references.Count, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken }, async (index, token) =>
        {
            var state = await workspace.Images.LookUpAsync(references[index], withSource.Contains(references[index].Name), isChanged: false, locked: null, token);
            verdicts[index] = VerifiedReference.Of(state, locked?.Find(references[index].ToString()));
        });
        return verdicts;
    }
}

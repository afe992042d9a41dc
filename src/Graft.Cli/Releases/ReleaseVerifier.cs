using Graft.Adapters.Manifests;
using Graft.Core.Images;
using Graft.Core.Products;
using Graft.Core.Releases;

namespace Graft.Cli.Releases;

/// <summary>Looks at every reference of a release where it lives, and at its manifest and lock on the publisher. Changes nothing.</summary>
internal sealed class ReleaseVerifier(Workspace workspace, CheckDepth depth)
{
    private const int AtOnce = 32;

    /// <summary>The release as it is found; <paramref name="progress"/> hears how many references were looked at, out of order.</summary>
    public async Task<VerifiedRelease> RunAsync(Manifest manifest, IProgress<int> progress, CancellationToken cancellationToken)
    {
        var compare = CompareAsync(manifest, cancellationToken);
        var references = await LookAsync(manifest, progress, cancellationToken);
        var (same, sameLock) = await compare;
        return new VerifiedRelease(manifest, references, same, sameLock);
    }

    private async Task<(PublishedState Manifest, PublishedState Lock)> CompareAsync(Manifest manifest, CancellationToken cancellationToken)
    {
        if (await workspace.Publisher.FindAsync(workspace.Product.TagOf(manifest.Name), cancellationToken) is not { } release
            || PublishedManifest.AssetOf(release, manifest.Name) is not { } asset)
        {
            return (PublishedState.None, PublishedState.None);
        }

        async Task<PublishedState> Compare(string name, byte[]? local)
        {
            var published = await workspace.Publisher.FetchAssetAsync(release, name, ManifestFolder.SizeLimit, cancellationToken);
            return local is not null && local.AsSpan().SequenceEqual(published) ? PublishedState.Same : PublishedState.Different;
        }

        var lockAsset = ReleaseLock.FileOf(manifest.Name);
        return (
            await Compare(asset, manifest.Bytes.ToArray()),
            release.FindAsset(lockAsset) is not null ? await Compare(lockAsset, workspace.Manifests.FindLock(manifest.Name)) : PublishedState.None);
    }

    private async Task<IReadOnlyList<VerifiedReference>> LookAsync(Manifest manifest, IProgress<int> progress, CancellationToken cancellationToken)
    {
        var locks = workspace.Manifests.ReadLock(manifest.Name);
        var paths = await workspace.Git.ReadPathsAsync(workspace.Git.Head, ImageSources.PatternsOf(workspace.Product), cancellationToken);
        var withSource = ImageSources.Find(workspace.Product, paths).Select(source => source.Image).ToHashSet();
        var check = new ImageCheck(depth);
        var references = manifest.References;
        var verdicts = new VerifiedReference[references.Count];
        var looked = 0;
        await Parallel.ForAsync(0, references.Count, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken }, async (index, token) =>
        {
            var locked = locks?.Find(references[index].ToString());
            var hasSource = withSource.Contains(references[index].Name);
            // Whose digest is locked was in the product's own store once.
            var question = new ReferenceQuestion(references[index], hasSource) { MustBeThere = hasSource && locked is not null, Check = check };
            verdicts[index] = VerifiedReference.Of(await workspace.Images.LookUpAsync(question, token), locked);
            progress.Report(Interlocked.Increment(ref looked));
        });
        return verdicts;
    }
}

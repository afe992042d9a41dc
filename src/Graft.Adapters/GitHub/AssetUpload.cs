using Graft.Adapters.Http;
using Graft.Core.Failures;
using Graft.Core.Releases;

namespace Graft.Adapters.GitHub;

/// <summary>
/// Attaches one file to a draft. What is there with the same bytes stays; what is half there, or arrived as other bytes, is removed first. To what is
/// published in the meantime nothing is done.
/// </summary>
internal sealed class AssetUpload(GitHubRepository repository, ReleaseResource release, ReleaseAsset asset)
{
    public Task RunAsync(CancellationToken cancellationToken) => repository.Host.RunAsync(
        async token => await IsThereAsync(token) || await UploadAsync(token),
        cancellationToken);

    private async Task<bool> IsThereAsync(CancellationToken cancellationToken)
    {
        var now = await repository.GetReleaseAsync(release, cancellationToken);
        foreach (var there in (now.Assets ?? []).Where(there => there.Name == asset.Name))
        {
            if (there.IsWhole && await DraftDiscipline.IsSameAsync(repository, there, asset, cancellationToken))
            {
                return true;
            }

            await RemoveAsync(now, there, cancellationToken);
        }

        return now.Draft ? false : throw Published();
    }

    private async Task<bool> UploadAsync(CancellationToken cancellationToken)
    {
        // What is in the way and was not shown is looked for again.
        var there = await repository.UploadAssetAsync(release, asset, cancellationToken) ?? throw new HttpFaultException(HttpFault.Busy, $"it has '{asset.Name}' already");
        if (there.Name != asset.Name)
        {
            await repository.DeleteAssetAsync(there.Id, cancellationToken);
            throw GraftException.Input($"GitHub does not keep the name '{asset.Name}': it makes '{there.Name}' of it");
        }

        return there.IsWhole && await DraftDiscipline.IsSameAsync(repository, there, asset, cancellationToken)
            ? true
            : throw new HttpFaultException(HttpFault.Broken, $"'{asset.Name}' did not arrive as it was sent");
    }

    private async Task RemoveAsync(ReleaseResource now, AssetResource there, CancellationToken cancellationToken)
    {
        if (!now.Draft)
        {
            throw Published();
        }

        await repository.DeleteAssetAsync(there.Id, cancellationToken);
    }

    private GraftException Published() => GraftException.Input($"'{release.TagName}' of {repository.Subject} was published while its files were on their way", "nothing is attached to a published release");
}

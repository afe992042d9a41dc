using Graft.Core.Failures;
using Graft.Core.Images;

namespace Graft.Adapters.Registry;

/// <summary>Copies an image into a repository: blobs, then manifests by digest, then the tag, once.</summary>
internal sealed class RegistryPush(RegistryRepository repository)
{
    private const int BlobsAtOnce = 3;
    private const int Deepest = 4;

    private readonly BlobUpload upload = new(repository);

    private Scope Scope => new(repository.Path, Writes: true);

    public async Task RunAsync(ImageReference reference, StoredImage image, CancellationToken cancellationToken)
    {
        var tag = reference.Version.Tag;
        if (tag is not null && await IsThereAsync(reference, tag, image.Descriptor, cancellationToken))
        {
            return;
        }

        await CopyAsync(image.Descriptor, image.Content, depth: 0, cancellationToken);
        if (tag is not null)
        {
            var bytes = await image.Content.ReadDocumentAsync(image.Descriptor, cancellationToken);
            await repository.Host.RunAsync(
                async token =>
                {
                    // Asked again, and before each attempt: another may have taken the tag meanwhile, and an attempt whose answer was lost may have given it.
                    if (!await IsThereAsync(reference, tag, image.Descriptor, token))
                    {
                        await repository.PutManifestAsync(tag, image.Descriptor, bytes, token);
                    }

                    return true;
                },
                cancellationToken);
        }
    }

    private async Task<bool> IsThereAsync(ImageReference reference, string tag, Descriptor image, CancellationToken cancellationToken)
    {
        var taken = await repository.ResolveAsync(tag, Scope, cancellationToken);
        return taken is null || taken.Digest == image.Digest
            ? taken is not null
            : throw new GraftException(FailureKind.Guard, $"'{reference}' exists with other content, '{taken.Digest}'", "a tag that exists is never overwritten; take another name");
    }

    private async Task CopyAsync(Descriptor descriptor, IBlobSource content, int depth, CancellationToken cancellationToken)
    {
        if (depth > Deepest)
        {
            throw GraftException.Input($"'{descriptor.Digest}' holds indexes within indexes, too deep");
        }

        var parts = await content.ReadPartsAsync(descriptor, cancellationToken);
        if (MediaTypes.IsIndex(descriptor.MediaType))
        {
            foreach (var manifest in parts)
            {
                await CopyAsync(manifest, content, depth + 1, cancellationToken);
            }
        }
        else
        {
            var options = new ParallelOptions { MaxDegreeOfParallelism = BlobsAtOnce, CancellationToken = cancellationToken };
            await Parallel.ForEachAsync(
                parts.DistinctBy(part => part.Digest),
                options,
                async (blob, token) => await upload.RunAsync(blob, content, OriginOf(blob, content), token));
        }

        var bytes = await content.ReadDocumentAsync(descriptor, cancellationToken);
        await repository.Host.RunAsync(
            async token =>
            {
                // An attempt whose answer was lost, or a run that was cut off, may have brought it.
                if (await repository.ResolveAsync(descriptor.Digest.ToString(), Scope, token) is null)
                {
                    await repository.PutManifestAsync(descriptor.Digest.ToString(), descriptor, bytes, token);
                }

                return true;
            },
            cancellationToken);
    }

    // A repository of the same registry that has the blob, or null.
    private string? OriginOf(Descriptor blob, IBlobSource content)
    {
        var origin = content is RegistryContent { Repository: var source } && source.Host == repository.Host ? source.Path : repository.Host.SeenIn.GetValueOrDefault(blob.Digest);
        return origin == repository.Path ? null : origin;
    }
}

using Graft.Core.Failures;
using Graft.Core.Images;

namespace Graft.Adapters.Layout;

/// <summary>Layouts of one image each, as builders write them.</summary>
public sealed class ImageLayouts : IImageLayouts
{
    /// <inheritdoc/>
    public IImageLayoutWriter Create(string folder)
    {
        if (Path.Exists(folder))
        {
            throw GraftException.Input($"'{folder}' exists already");
        }

        Directory.CreateDirectory(folder);
        return new Writer(folder);
    }

    /// <inheritdoc/>
    public async Task<StoredImage> ReadAsync(string folder, CancellationToken cancellationToken)
    {
        var index = await LayoutIndex.ReadAsync(folder, cancellationToken);
        return index.Entries is [{ } entry]
            ? await new LayoutBlobs(folder, lasting: false).ReadImageAsync(entry.Descriptor, cancellationToken)
            : throw GraftException.Input($"the image layout '{folder}' holds {index.Entries.Count} images, not one");
    }

    private sealed class Writer(string folder) : IImageLayoutWriter
    {
        private readonly LayoutBlobs blobs = new(folder, lasting: false);

        public Task<Descriptor> AddAsync(string mediaType, Func<Stream, CancellationToken, Task> write, CancellationToken cancellationToken) =>
            blobs.AddAsync(mediaType, write, cancellationToken);

        public Task AddAsync(Descriptor descriptor, IBlobSource content, CancellationToken cancellationToken) =>
            blobs.AddAsync(descriptor, content, cancellationToken);

        public async Task<StoredImage> CompleteAsync(Descriptor image, CancellationToken cancellationToken)
        {
            await LayoutIndex.CreateAsync(folder, cancellationToken);
            var index = await LayoutIndex.ReadAsync(folder, cancellationToken);
            await index.WriteWithAsync(folder, image, null, cancellationToken);
            return await blobs.ReadImageAsync(image, cancellationToken);
        }
    }
}

using Graft.Core.Images;
using Graft.Core.Products;

namespace Graft.Adapters.Builders.Embedded;

/// <summary>x</summary>
public sealed class EmbeddedBuilder(IImageLayouts layouts) : IImageBuilder
{
    /// <inheritdoc/>
    public Task<StoredImage> BuildAsync(BuildRequest request, CancellationToken cancellationToken) => throw new InvalidOperationException(layouts.GetType().Name);
}

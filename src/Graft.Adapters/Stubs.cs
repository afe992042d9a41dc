#pragma warning disable CS1591, MA0048
using Graft.Core.Images;
using Graft.Core.Products;
namespace Graft.Adapters.Layout
{
    public sealed class LayoutStore(string f) : IImageStore
    {
        public bool KnowsAbsence => f.Length == 0;
        public Task<StoredImage?> FindAsync(ImageReference reference, CancellationToken cancellationToken) => Task.FromResult<StoredImage?>(null);
        public Task PushAsync(ImageReference reference, StoredImage image, CancellationToken cancellationToken) => Task.CompletedTask;
    }
    public static class LayoutImage { public static Task<StoredImage> OpenAsync(string f, CancellationToken c) => throw new InvalidOperationException(f); }
}
namespace Graft.Adapters.Builders.Embedded
{
    public sealed class EmbeddedBuilder : IImageBuilder { public Task<StoredImage> BuildAsync(BuildRequest request, CancellationToken cancellationToken) => throw new InvalidOperationException(); }
}

using Graft.Adapters.Layout;
using Graft.Core.Images;

namespace Graft.Adapters.Tests.Images;

public sealed class LayoutImageStoreTests : ImageStoreTests
{
    public LayoutImageStoreTests() => Store = new LayoutStore(Path.Combine(Bench.Folder, "images"));

    protected override IImageStore Store { get; }

    [Fact]
    public void Knows_only_what_was_put_into_it() => Assert.False(Store.KnowsAbsence);
}

using Graft.Core.Images;
using Graft.Core.Releases;

namespace Graft.Core.Tests.Releases;

public sealed class PublishedAssetTests
{
    private static readonly byte[] Bytes = [1, 2, 3];

    [Fact]
    public void Is_known_by_its_digest() => Assert.True(new PublishedAsset("a.yaml", "1", 3, Digest.Of(Bytes)).IsKnownToBe(Bytes));

    [Fact]
    public void Is_not_known_by_its_size_alone() => Assert.False(new PublishedAsset("a.yaml", "1", 3).IsKnownToBe(Bytes));

    [Fact]
    public void Is_another_with_another_digest_or_size()
    {
        Assert.False(new PublishedAsset("a.yaml", "1", 3, Digest.Of([1, 2, 4])).IsKnownToBe(Bytes));
        Assert.False(new PublishedAsset("a.yaml", "1", 4, Digest.Of(Bytes)).IsKnownToBe(Bytes));
    }

    [Fact]
    public void Is_not_known_by_a_digest_that_is_not_computed_here() =>
        Assert.False(new PublishedAsset("a.yaml", "1", 3, Digest.Parse("sha512:" + new string('0', 128))).IsKnownToBe(Bytes));
}

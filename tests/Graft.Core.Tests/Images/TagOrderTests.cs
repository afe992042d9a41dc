using CsCheck;
using Graft.Core.Images;

namespace Graft.Core.Tests.Images;

public sealed class TagOrderTests
{
    private static readonly string[] Tags =
    [
        "7", "7.2", "7.2.4", "7.2.10", "7.10.0", "07.2.4", "v7.2.4", "7.2.4-alpine", "7.2.4-rc1", "7.2.5-rc2", "8.0.0-beta", "latest", "nightly", "15.3.0-debian-11-r17", "15.3.0-debian-11-r9",
        "3.2.202511230446-5c1f0a77", "3.2.202511251200-77aa00bb", "20251103", "sha-5c1f0a77", "_", "-", "1e5", "99999999999999999999999999", "5c1f0a77", "1234567", "abcdefa",
    ];

    [Theory]
    [InlineData("7.2.4", "7.2.4 7.10.0 7.2.10 7.9.0", "7.10.0 7.9.0 7.2.10 7.2.4")]
    [InlineData("7.2.4", "latest 7.2 7.2.5-rc1 7.2.5-alpine 7.2.5 7", "7.2.5 7.2.5-alpine 7.2 7 7.2.5-rc1 latest")]
    [InlineData("15.3.0-debian-11-r17", "16.1.0 15.3.0-debian-11-r9 15.3.0-debian-11-r18 15.4.0-debian-12-r1", "15.4.0-debian-12-r1 15.3.0-debian-11-r18 15.3.0-debian-11-r9 16.1.0")]
    [InlineData("v4.1.0", "4.3.0 v4.2.0 v4.10.0 v4.2.0-rc1", "v4.10.0 v4.2.0 4.3.0 v4.2.0-rc1")]
    [InlineData("1.0-rc1", "1.0 1.0-rc2 1.0-rc10 1.0-beta1", "1.0-rc10 1.0-rc2 1.0 1.0-beta1")]
    [InlineData("3.2.202511230446-5c1f0a77", "3.2.202511251200-77aa00bb 3.10.202401010000-0a0b0c0d 3.2.202511241200-aaaabbb1 4.0", "3.10.202401010000-0a0b0c0d 3.2.202511251200-77aa00bb 3.2.202511241200-aaaabbb1 4.0")]
    [InlineData(null, "latest 2 10 rc", "10 2 rc latest")]
    public void Newest_of_the_same_scheme_come_first(string? current, string tags, string expected) =>
        Assert.Equal(expected.Split(' '), TagOrder.NewestFirst(tags.Split(' '), current));

    [Fact]
    public void Signatures_are_not_offered()
    {
        var digest = new string('a', 64);

        Assert.Equal(["1", "sha256-abc"], TagOrder.NewestFirst([$"sha256-{digest}", $"sha256-{digest}.sig", $"sha256-{digest}.att", "1", "sha256-abc"], "1"));
    }

    [Fact]
    public void Does_not_depend_on_the_order_of_the_list() =>
        Gen.Select(Gen.Shuffle(Tags), Generators.AnyOf(Tags)).Sample((shuffled, current) =>
        {
            var ordered = TagOrder.NewestFirst(shuffled, current);
            Assert.Equal(TagOrder.NewestFirst(Tags, current), ordered);
            Assert.Equal(Tags.Order(StringComparer.Ordinal), ordered.Order(StringComparer.Ordinal));
        });

    [Fact]
    public void Comparing_is_consistent() =>
        Gen.Select(Generators.AnyOf(Tags), Generators.AnyOf(Tags), Generators.AnyOf(Tags)).Sample((a, b, c) =>
        {
            var (one, two, three) = (new VersionTag(a), new VersionTag(b), new VersionTag(c));
            Assert.Equal(Math.Sign(VersionTag.Compare(one, two)), -Math.Sign(VersionTag.Compare(two, one)));
            Assert.False(VersionTag.Compare(one, two) > 0 && VersionTag.Compare(two, three) > 0 && VersionTag.Compare(one, three) <= 0);
        });
}

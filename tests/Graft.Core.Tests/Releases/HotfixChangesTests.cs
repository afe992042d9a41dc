using System.Text;
using Graft.Core.Releases;

namespace Graft.Core.Tests.Releases;

public sealed class HotfixChangesTests
{
    private const string Base = "name: 3.2.202511230446\ncommit: 5c1f000000000000000000000000000000000000\nimages:\n  acme/api: 1\n  acme/web: 1\ncore_images:\n  - redis:7.2.4\n";

    [Fact]
    public void All_is_explained_of_a_hotfix_that_says_what_it_changes() =>
        Assert.Empty(Find("  acme/api: 1", "  acme/api: 2", "- { image: acme/api, from: 1, to: 2 }"));

    [Fact]
    public void An_image_that_moved_home_is_explained() =>
        Assert.Empty(Find("redis:7.2.4", "quay.io/acme/redis:7.2.5", "- { image: redis, from: 7.2.4, to: quay.io/acme/redis:7.2.5 }"));

    [Fact]
    public void A_digest_is_explained()
    {
        var digest = $"@sha256:{new string('a', 64)}";

        Assert.Empty(Find("  acme/api: 1", $"  acme/api: \"{digest}\"", $"- {{ image: acme/api, from: \"1\", to: \"{digest}\" }}"));
    }

    [Theory]
    [InlineData("  acme/web: 1\n", "", "acme/web:1 is gone")]
    [InlineData("  acme/web: 1\n", "  acme/web: 1\n  acme/miner: 1\n", "acme/miner:1 is new")]
    [InlineData("  acme/api: 2\n", "  acme/api: 1\n", "acme/api:1 is still there", "acme/api:2 is missing")]
    public void What_is_not_explained_is_named(string text, string by, params string[] what)
    {
        var changed = Base.Replace("  acme/api: 1", "  acme/api: 2", StringComparison.Ordinal);
        Assert.Contains(text, changed, StringComparison.Ordinal);

        Assert.Equal(what, HotfixChanges.FindUnexplained(Read(Base), Hotfix(changed.Replace(text, by, StringComparison.Ordinal), "- { image: acme/api, from: 1, to: 2 }")));
    }

    [Fact]
    public void A_release_that_is_no_hotfix_has_nothing_to_explain() => Assert.Empty(HotfixChanges.FindUnexplained(Read(Base), Read(Base.Replace("acme/api: 1", "acme/api: 9", StringComparison.Ordinal))));

    private static IReadOnlyList<string> Find(string text, string by, string change) =>
        HotfixChanges.FindUnexplained(Read(Base), Hotfix(Base.Replace(text, by, StringComparison.Ordinal), change));

    private static Manifest Hotfix(string text, string change) =>
        Read(text.Replace("name: 3.2.202511230446", "name: 3.2.202511251200", StringComparison.Ordinal) + $"hotfix:\n  of: 3.2.202511230446\n  built: []\n  changed:\n    {change}\n");

    private static Manifest Read(string text) => Manifest.Parse(Encoding.UTF8.GetBytes(text), "m.yaml");
}

using Graft.Core.Hotfixes;
using Graft.Core.Hotfixes.Guards;
using Graft.Core.Images;
using Graft.Core.Releases;

namespace Graft.Core.Tests.Hotfixes;

/// <summary>What references point at: what stays is what it was, and what comes runs where the old one ran.</summary>
public sealed class ContentGuardTests
{
    private static readonly HotfixRequest Request = HotfixWorld.Set("bitnami/postgresql=16");
    private static readonly Platform Arm = Platform.Parse("linux/arm64");

    [Fact]
    public void An_unchanged_reference_with_its_locked_digest_is_fine() =>
        Assert.Empty(Guards(Lock("bitnami/redis:7.0", "a", ("linux/amd64", "x")), Found("bitnami/redis:7.0", "a", (Platform.Default, "x"))));

    [Fact]
    public void Digest_drift_when_another_image_has_its_tag()
    {
        var finding = Assert.Single(Guards(Lock("bitnami/redis:7.0", "a", ("linux/amd64", "x")), Found("bitnami/redis:7.0", "b", (Platform.Default, "y"))));

        Assert.Equal((GuardNames.DigestDrift, true), (finding.Guard, finding.Refuses));
        Assert.Equal($"'bitnami/redis:7.0' is not what it was in '3.2.202511230446': it was {Of("a")}, and is {Of("b")}", finding.Message);
        Assert.Equal($"find out who moved it; `--set bitnami/redis=7.0@{Of("a")}` keeps what is live", finding.Hint);
    }

    [Fact]
    public void An_index_that_was_written_anew_around_the_same_images_is_no_drift() =>
        Assert.Empty(Guards(Lock("bitnami/redis:7.0", "a", ("linux/amd64", "x")), Found("bitnami/redis:7.0", "b", (Platform.Default, "x"))));

    [Fact]
    public void A_platform_that_came_to_it_is_no_drift() =>
        Assert.Empty(Guards(Lock("bitnami/redis:7.0", "a", ("linux/amd64", "x")), Found("bitnami/redis:7.0", "b", (Platform.Default, "x"), (Arm, "y"))));

    [Fact]
    public void Digest_drift_when_an_unchanged_reference_lost_a_platform() =>
        Assert.Equal(GuardNames.DigestDrift, Assert.Single(Guards(Lock("bitnami/redis:7.0", "a", ("linux/amd64", "x"), ("linux/arm64", "y")), Found("bitnami/redis:7.0", "b", (Platform.Default, "x")))).Guard);

    [Fact]
    public void Platform_lost_when_a_changed_image_is_not_for_what_the_lock_says_of_the_old_one()
    {
        var finding = Assert.Single(Guards(Lock("bitnami/postgresql:15.3.0", "a", ("linux/amd64", "x"), ("linux/arm64", "y")), Found("bitnami/postgresql:16", "b", (Platform.Default, "z"))));

        Assert.Equal((GuardNames.PlatformLost, true), (finding.Guard, finding.Refuses));
        Assert.Equal("'bitnami/postgresql:16' is not for linux/arm64, which the one before it is for", finding.Message);
    }

    [Fact]
    public void Platform_lost_when_a_changed_image_is_not_for_what_the_store_says_of_the_old_one()
    {
        var old = new Dictionary<ImageReference, StoredImage> { [ImageReference.Parse("bitnami/postgresql:15.3.0")] = Image("a", (Platform.Default, "x"), (Arm, "y")) };
        var proposal = HotfixWorld.Plan(Request, HotfixWorld.Facts, [Found("bitnami/postgresql:16", "b", (Platform.Default, "z"))], before: old);

        Assert.Equal(GuardNames.PlatformLost, Assert.Single(proposal.Guards).Guard);
    }

    [Fact]
    public void Platform_lost_when_an_image_is_built_for_fewer()
    {
        var facts = HotfixWorld.Facts with { BaseLock = new ReleaseLock([Lock("acme/api:3.2.202511230446-5c1f0a77", "a", ("linux/amd64", "x"), ("linux/arm64", "y"))]) };

        var finding = Assert.Single(HotfixWorld.Plan(HotfixWorld.Build("acme/api"), facts).Guards, guard => guard.Guard == GuardNames.PlatformLost);

        Assert.Contains("is not for linux/arm64", finding.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_changed_image_for_more_platforms_is_fine() =>
        Assert.Empty(Guards(Lock("bitnami/postgresql:15.3.0", "a", ("linux/amd64", "x")), Found("bitnami/postgresql:16", "b", (Platform.Default, "z"), (Arm, "y"))));

    private static IReadOnlyList<GuardFinding> Guards(LockedReference locked, ReferenceState state) =>
        HotfixWorld.Plan(Request, HotfixWorld.Facts with { BaseLock = new ReleaseLock([locked]) }, [state]).Guards;

    private static LockedReference Lock(string reference, string digest, params (string Platform, string Digest)[] platforms) => new(
        reference, Of(digest), MediaTypes.OciIndex, platforms.ToDictionary(pair => Platform.Parse(pair.Platform), pair => Of(pair.Digest)), new Dictionary<string, Digest>(StringComparer.Ordinal));

    private static ReferenceState Found(string reference, string digest, params (Platform Platform, string Digest)[] platforms) =>
        new(ImageReference.Parse(reference), ReferenceAnswer.Found, Image(digest, platforms));

    private static StoredImage Image(string digest, params (Platform Platform, string Digest)[] platforms) => new(
        new Descriptor(MediaTypes.OciIndex, Of(digest), 1), [.. platforms.Select(pair => new Descriptor(MediaTypes.OciManifest, Of(pair.Digest), 1) { Platform = pair.Platform })], null!);

    private static Digest Of(string text) => Digest.Of(System.Text.Encoding.UTF8.GetBytes(text));
}

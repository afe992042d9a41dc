using CsCheck;
using Graft.Core.Releases;

namespace Graft.Core.Tests.Releases;

public sealed class DownloadPlanTests
{
    private static readonly DownloadChoice All = new(IncludesDrafts: true, [], null);
    private static readonly string[] Names = ["3.9.202601010000", "3.10.202501010000", "3.10.202501010001", "10.0.202001010000", "pre-A"];
    private static readonly Gen<string> Name = Gen.Int[0, Names.Length - 1].Select(index => Names[index]);

    [Fact]
    public void Takes_the_newest_first_and_pre_releases_last() =>
        Assert.Equal(["10.0.202001010000", "3.10.202501010001", "3.10.202501010000", "3.9.202601010000", "pre-A"], Fetched(All, Names));

    [Fact]
    public void Takes_the_newest_where_there_is_a_limit() => Assert.Equal(["10.0.202001010000", "3.10.202501010001"], Fetched(All with { Limit = 2 }, Names));

    [Fact]
    public void Takes_only_the_series_that_are_wanted() =>
        Assert.Equal(["3.10.202501010001", "3.9.202601010000"], Fetched(All with { Series = [new(3, 9), new(3, 10)] }, ["3.9.202601010000", "3.10.202501010001", "3.11.202501010001", "pre-A"]));

    [Fact]
    public void Takes_drafts_only_when_asked()
    {
        var published = new PublishedReleases([Release("3.9.202601010000", isDraft: true), Release("3.9.202601010001")], []);

        Assert.Equal("3.9.202601010001", Assert.Single(DownloadPlan.Of(published, NameOf, All with { IncludesDrafts = false }).Releases).Name.ToString());
        Assert.Equal(2, DownloadPlan.Of(published, NameOf, All).Releases.Count);
    }

    [Fact]
    public void Takes_the_release_and_not_the_drafts_of_the_same_tag()
    {
        var published = new PublishedReleases([Release("3.9.202601010000", isDraft: true), Release("3.9.202601010000"), Release("3.9.202601010000", isDraft: true)], []);

        Assert.False(Assert.Single(DownloadPlan.Of(published, NameOf, All).Releases).Release.IsDraft);
    }

    [Fact]
    public void Leaves_out_drafts_of_which_nobody_knows_which_one_is_meant()
    {
        var published = new PublishedReleases([Release("3.9.202601010000", isDraft: true), Release("3.9.202601010000", isDraft: true)], []);

        var plan = DownloadPlan.Of(published, NameOf, All);

        Assert.Empty(plan.Releases);
        Assert.Equal("the publisher has 2 drafts 'v3.9.202601010000'", Assert.Single(plan.LeftOut).Reason);
        Assert.Empty(DownloadPlan.Of(published, NameOf, All with { IncludesDrafts = false }).LeftOut);
    }

    [Fact]
    public void Passes_over_what_is_of_no_release_and_what_is_unreadable_of_another_series()
    {
        var published = new PublishedReleases([Release("3.9.202601010000") with { Tag = "nightly" }], [new("v3.8.202601010000", "why"), new("v3.9.202601010000", "why"), new("?", "why")]);

        var plan = DownloadPlan.Of(published, NameOf, All with { Series = [new(3, 9)] });

        Assert.Empty(plan.Releases);
        Assert.Equal(["v3.9.202601010000", "?"], plan.LeftOut.Select(release => release.Tag));
    }

    [Fact]
    public void Finds_gone_what_is_not_older_than_all_that_is_listed()
    {
        var published = new PublishedReleases([Release("3.9.202601010000"), Release("3.9.202601010005", isDraft: true)], [new("v3.9.202601010006", "why")]);

        var gone = Gone(published, All, "3.9.202512310000", "3.9.202601010000", "3.9.202601010001", "3.9.202601010005", "3.9.202601010006", "3.10.202401010000", "pre-A");

        Assert.Equal(["pre-A", "3.10.202401010000", "3.9.202601010001"], gone);
        Assert.Equal(["3.9.202601010001"], Gone(published, All with { Series = [new(3, 9)] }, "3.9.202601010001", "3.10.202401010000", "pre-A"));
    }

    [Fact]
    public void Finds_nothing_gone_from_a_publisher_that_lists_nothing() => Assert.Empty(Gone(new PublishedReleases([], []), All, Names));

    [Fact]
    public void Never_finds_gone_what_is_listed() =>
        Gen.Select(Name.Array, Name.Array, Gen.Bool).Sample((local, listed, isDraft) =>
        {
            var gone = Gone(new PublishedReleases([.. listed.Select(name => Release(name, isDraft))], []), All, local);
            Assert.DoesNotContain(gone, listed.Contains);
            Assert.Subset(local.ToHashSet(), gone.ToHashSet());
        });

    private static IEnumerable<string> Fetched(DownloadChoice choice, string[] names) =>
        DownloadPlan.Of(new PublishedReleases([.. names.Select(name => Release(name))], []), NameOf, choice).Releases.Select(release => release.Name.ToString());

    private static List<string> Gone(PublishedReleases published, DownloadChoice choice, params string[] local) =>
        [.. DownloadPlan.FindGone(local.Select(ReleaseName.Parse), published, NameOf, choice).Select(name => name.ToString())];

    private static PublishedRelease Release(string name, bool isDraft = false) => new("1", "v" + name, null, isDraft, [], "", "");

    private static ReleaseName? NameOf(string tag) => tag.StartsWith('v') && ReleaseName.TryParse(tag[1..], out var name) ? name : null;
}

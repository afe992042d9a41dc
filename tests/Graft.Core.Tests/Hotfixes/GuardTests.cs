using Graft.Core.Hotfixes;
using Graft.Core.Hotfixes.Guards;
using Graft.Core.Images;
using Graft.Core.Releases;

namespace Graft.Core.Tests.Hotfixes;

public sealed class GuardTests
{
    private static readonly HotfixFacts Facts = HotfixWorld.Facts;
    private static readonly HotfixRequest Request = HotfixWorld.Set("bitnami/postgresql=16");

    [Fact]
    public void Nothing_fires_on_a_branch_that_is_right() => Assert.Empty(HotfixWorld.Plan(Request).Guards);

    [Fact]
    public void Dirty_tree() => Refuses("dirty-tree", Facts with { DirtyPaths = ["a", "b", "c", "d", "e", "f"] }, "a, b, c, d, e and 1 more");

    [Fact]
    public void Dirty_tree_in_the_middle_of_something() =>
        Refuses("dirty-tree", Facts with { DirtyPaths = ["a"], Unfinished = "cherry-pick" }, "tracked files are modified: a; a cherry-pick is not finished");

    [Fact]
    public void A_clean_tree_in_the_middle_of_something_is_only_a_warning()
    {
        var finding = Assert.Single(HotfixWorld.Plan(Request, Facts with { Unfinished = "rebase" }).Guards);

        Assert.Equal(("dirty-tree", GuardSeverity.Warning), (finding.Guard, finding.Severity));
        Assert.Equal("a rebase is not finished; what is released is HEAD 77aa00bb, where it stopped", finding.Message);
    }

    [Fact]
    public void Not_pushed() => Refuses("not-pushed", Facts with { Push = new PushState(false, "origin") }, "on no branch of 'origin'");

    [Fact]
    public void Not_pushed_as_far_as_tracking_branches_say() =>
        Refuses("not-pushed", Facts with { Push = new PushState(false, "origin", "host is down") }, "host is down");

    [Fact]
    public void A_remote_out_of_reach_is_only_a_warning_when_tracking_branches_have_it()
    {
        var finding = Assert.Single(HotfixWorld.Plan(Request, Facts with { Push = new PushState(true, "origin", "host is down") }).Guards);

        Assert.Equal(("not-pushed", GuardSeverity.Warning, false), (finding.Guard, finding.Severity, finding.Refuses));
    }

    [Fact]
    public void Wrong_base_when_head_does_not_descend() => Refuses("wrong-base", Facts with { DescendsFromBase = false }, "does not descend");

    [Fact]
    public void Wrong_base_when_the_tag_is_not_the_manifests_commit() => Refuses("wrong-base", Facts with { BaseTag = HotfixWorld.Head }, "5c1f0a77");

    [Fact]
    public void Wrong_base_when_the_remotes_tag_is_elsewhere() =>
        Refuses("wrong-base", Facts with { RemoteBaseTag = HotfixWorld.Head }, "5c1f0a77 here and in the manifest of '3.2.202511230446', but at 77aa00bb on 'origin'");

    [Fact]
    public void Wrong_base_says_how_to_take_the_remotes_tag_where_that_is_the_right_one()
    {
        var finding = Assert.Single(HotfixWorld.Plan(Request, Facts with { BaseTag = HotfixWorld.Head, RemoteBaseTag = HotfixWorld.BaseCommit }).Guards);

        Assert.Equal("'origin' has it where the manifest says: `git fetch --tags --force origin`", finding.Hint);
    }

    [Fact]
    public void A_remote_with_the_same_tag_is_fine() => Assert.Empty(HotfixWorld.Plan(Request, Facts with { RemoteBaseTag = HotfixWorld.BaseCommit }).Guards);

    [Fact]
    public void Shallow_clone_rather_than_wrong_base_when_history_is_cut() =>
        Refuses("shallow-clone", Facts with { DescendsFromBase = false, IsShallow = true }, "shallow");

    [Fact]
    public void A_shallow_clone_with_enough_history_is_fine() => Assert.Empty(HotfixWorld.Plan(Request, Facts with { IsShallow = true }).Guards);

    [Fact]
    public void Conflict_markers() => Refuses("conflict-markers", Facts with { ConflictMarkers = ["src/a:3"] }, "src/a:3");

    [Fact]
    public void Unpublished_base() =>
        Refuses("unpublished-base", Facts with { PublishedBase = new PublishedRelease("1", "v", HotfixWorld.BaseCommit, IsDraft: true, [], "", "") }, "draft");

    [Theory]
    [InlineData(null, "not here to compare")]
    [InlineData(1, "a commit that this branch lacks")]
    [InlineData(3, "3 commits")]
    public void Newer_hotfix(int? missing, string words) =>
        Refuses("newer-hotfix", Facts with { NewerHotfixes = [new NewerHotfix(ReleaseName.Parse("3.2.202511240000"), missing, [])] }, words);

    [Fact]
    public void Newer_hotfix_that_would_be_undone() =>
        Refuses("newer-hotfix", Facts with { NewerHotfixes = [new NewerHotfix(ReleaseName.Parse("3.2.202511240000"), 0, ["acme/api", "bitnami/postgresql"])] }, "set 'acme/api' back");

    [Fact]
    public void A_newer_hotfix_whose_images_all_change_again_is_no_matter() =>
        Assert.Empty(HotfixWorld.Plan(Request, Facts with { NewerHotfixes = [new NewerHotfix(ReleaseName.Parse("3.2.202511240000"), 0, ["bitnami/postgresql"])] }).Guards);

    [Theory]
    [InlineData("bitnami/postgresql:16")]
    [InlineData("acme/api:3.2.202511230446-5c1f0a77")]
    public void Missing_image_whether_changed_or_not(string reference) =>
        Refuses("missing-image", Facts, reference, [new ReferenceState(ImageReference.Parse(reference), ReferenceAnswer.Missing)]);

    [Fact]
    public void Unchecked_image_refuses_a_changed_reference() =>
        Refuses("unchecked-image", Facts, "cannot be asked", [Unknown("bitnami/postgresql:16")]);

    [Fact]
    public void Unchecked_image_only_warns_offline()
    {
        var finding = Assert.Single(HotfixWorld.Plan(Request with { Offline = true }, references: [Unknown("bitnami/postgresql:16")]).Guards);

        Assert.Equal(("unchecked-image", GuardSeverity.Warning), (finding.Guard, finding.Severity));
    }

    [Fact]
    public void Unchecked_images_that_stay_as_they_are_are_one_warning()
    {
        var finding = Assert.Single(HotfixWorld.Plan(Request, references: [Unknown("a:1"), Unknown("b:1")]).Guards);

        Assert.Equal(GuardSeverity.Warning, finding.Severity);
        Assert.Contains("2 unchanged references", finding.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Many_reasons_are_not_all_told()
    {
        var states = Enumerable.Range(0, 9).Select(i => Unknown($"i{i}:1") with { Reason = $"reason {i / 2}" }).ToList();

        Assert.Equal(
            "9 unchanged references were not checked: reason 0 (2); reason 1 (2); reason 2 (2); and other reasons (3)",
            Assert.Single(HotfixWorld.Plan(Request, references: states).Guards).Message);
    }

    [Fact]
    public void Tag_taken_cannot_be_allowed()
    {
        var proposal = HotfixWorld.Plan(Request with { Allowed = ["tag-taken"] }, takenBy: "git tag 'v3.2.202511251200' exists");

        Assert.Equal("tag-taken", Assert.Single(proposal.Refusals).Guard);
    }

    [Fact]
    public void All_that_refuse_are_reported_together()
    {
        var facts = Facts with { DirtyPaths = ["a"], ConflictMarkers = ["a:1"], Push = new PushState(false, "origin") };

        Assert.Equal(["dirty-tree", "not-pushed", "conflict-markers"], HotfixWorld.Plan(Request, facts).Refusals.Select(finding => finding.Guard));
    }

    [Fact]
    public void Allowing_a_guard_that_does_not_fire_is_no_error() => Assert.Empty(HotfixWorld.Plan(Request with { Allowed = ["too-much"] }).Guards);

    private static ReferenceState Unknown(string reference) => new(ImageReference.Parse(reference), ReferenceAnswer.Unknown, null, "it cannot be asked");

    private static void Refuses(string guard, HotfixFacts facts, string words, IReadOnlyList<ReferenceState>? references = null)
    {
        var refused = Assert.Single(HotfixWorld.Plan(Request, facts, references).Guards);
        Assert.Equal((guard, true), (refused.Guard, refused.Refuses));
        Assert.Contains(words, refused.Message, StringComparison.Ordinal);
        Assert.Contains(guard, GuardNames.Allowable);

        var allowed = Assert.Single(HotfixWorld.Plan(Request with { Allowed = [guard] }, facts, references).Guards);
        Assert.Equal((guard, true, false), (allowed.Guard, allowed.Allowed, allowed.Refuses));
    }
}

using Graft.Core.Releases;
using Graft.Core.Reviews;

namespace Graft.Core.Tests.Reviews;

/// <summary>Commits of a branch held against those of main: what is known, and that nothing else counts as no.</summary>
public sealed class MainComparisonTests
{
    private static readonly BranchCommit Fix = Commit('1', paths: ["a"]);
    private static readonly BranchCommit There = Commit('2', paths: ["a"]);

    [Fact]
    public void Is_the_same_where_the_change_is()
    {
        var found = Compare(Known() with { Fingerprints = Words((Fix, "x"), (There, "x")) });

        Assert.Equal((OnMain.Same, There.Id), (found.OnMain, found.Equivalent));
    }

    [Fact]
    public void Is_not_there_where_the_change_is_another_or_of_other_paths()
    {
        Assert.Equal(OnMain.No, Compare(Known() with { Fingerprints = Words((Fix, "x"), (There, "y")) }).OnMain);
        Assert.Equal(OnMain.No, Compare(Known() with { Candidates = [There with { Paths = ["a", "b"] }] }).OnMain);
        Assert.Equal(OnMain.No, Compare(Known() with { Candidates = [] }).OnMain);
    }

    [Fact]
    public void Is_unknown_where_something_could_not_be_compared()
    {
        Assert.Equal(OnMain.Unknown, Compare(Known()).OnMain);
        Assert.Equal(OnMain.Unknown, Compare(Known() with { Candidates = null }).OnMain);
        Assert.Equal(OnMain.Unknown, Compare(Known() with { NotOnMain = null }).OnMain);
        Assert.Equal(OnMain.Unknown, Compare(Known() with { Candidates = [], IsIncomplete = true }).OnMain);
        Assert.Equal(OnMain.Unknown, Compare(Known() with { Candidates = [], Commits = [Fix with { PickedFrom = ["3333333"] }] }).OnMain);
    }

    [Fact]
    public void Is_similar_where_a_message_says_so_in_either_direction()
    {
        var source = Commit('3', paths: ["a", "b"]).Id;
        var picked = Compare(Known() with
        {
            Candidates = [],
            Commits = [Fix with { PickedFrom = ["3333333"] }],
            Sources = new Dictionary<string, CommitId?>(StringComparer.Ordinal) { ["3333333"] = source },
            SourcesOnMain = new HashSet<CommitId> { source },
            Fingerprints = new Dictionary<CommitId, string> { [Fix.Id] = "x", [source] = "y" },
        });
        var brought = Compare(Known() with { Candidates = [There with { PickedFrom = [Fix.Id.ToString()[..12]] }], Fingerprints = Words((Fix, "x"), (There, "y")) });

        Assert.Equal((OnMain.Similar, source), (picked.OnMain, picked.Equivalent));
        Assert.Equal(new PickedChange("3333333", PickState.Differs), Assert.Single(picked.Picks));
        Assert.Equal((OnMain.Similar, There.Id), (brought.OnMain, brought.Equivalent));
    }

    [Fact]
    public void Takes_a_commit_of_main_itself_for_what_it_is()
    {
        var found = Compare(Known() with { NotOnMain = new HashSet<CommitId>() });

        Assert.Equal((OnMain.Same, Fix.Id), (found.OnMain, found.Equivalent));
    }

    [Fact]
    public void Says_nothing_of_a_merge()
    {
        var merge = Fix with { Parents = [There.Id, Fix.Id], Paths = [] };

        Assert.Null(Compare(Known() with { Commits = [merge] }).OnMain);
    }

    [Fact]
    public void Compares_only_what_may_be_alike()
    {
        Assert.Equal([Fix.Id, There.Id], Known().Compared());
        Assert.Empty((Known() with { Candidates = [There with { Paths = ["b"] }] }).Compared());
        Assert.Empty((Known() with { NotOnMain = new HashSet<CommitId>() }).Compared());
    }

    [Fact]
    public void Reads_what_cherry_pick_writes()
    {
        var message = "Fix\n\nBody (cherry picked from commit 1111111) in a sentence.\n\n(cherry picked from commit 0123456789ABCDEF0123456789abcdef01234567)\n(cherry picked from commit 7654321)\n";

        Assert.Equal(["0123456789abcdef0123456789abcdef01234567", "7654321"], BranchCommit.PicksIn(message));
    }

    private static MainComparison Known() => new()
    {
        Commits = [Fix],
        NotOnMain = new HashSet<CommitId> { Fix.Id },
        Candidates = [There],
        Sources = new Dictionary<string, CommitId?>(StringComparer.Ordinal),
        SourcesOnMain = new HashSet<CommitId>(),
        Fingerprints = new Dictionary<CommitId, string>(),
        IsIncomplete = false,
    };

    private static ReviewedCommit Compare(MainComparison comparison) => Assert.Single(comparison.Review());

    private static Dictionary<CommitId, string> Words(params (BranchCommit Commit, string Word)[] words) => words.ToDictionary(word => word.Commit.Id, word => word.Word);

    private static BranchCommit Commit(char digit, IReadOnlyList<string> paths) =>
        new(CommitId.Parse(new string(digit, 40)), "Fix", "Ada", [CommitId.Parse(new string('f', 40))], paths, []);
}

using CsCheck;
using Graft.Core.Hotfixes.Notes;
using Graft.Core.Releases;

namespace Graft.Core.Tests.Hotfixes.Notes;

public sealed class FixReaderTests
{
    [Theory]
    [InlineData("Let sessions last an hour", "", FixKind.Fix, "Let sessions last an hour", null)]
    [InlineData("fix: sessions", "", FixKind.Fix, "sessions", null)]
    [InlineData("fix(api): sessions (#12)", "", FixKind.Fix, "sessions", 12)]
    [InlineData("feat!: sessions", "", FixKind.BreakingChange, "sessions", null)]
    [InlineData("feat(api)!: sessions", "", FixKind.BreakingChange, "sessions", null)]
    [InlineData("feat: sessions", "", FixKind.NewFeature, "sessions", null)]
    [InlineData("perf: sessions", "", FixKind.Enhancement, "sessions", null)]
    [InlineData("Chore: sessions", "", FixKind.UnderTheHood, "sessions", null)]
    [InlineData("fix: sessions", "Text.\n\nBREAKING CHANGE: all log in again\n", FixKind.BreakingChange, "sessions", null)]
    [InlineData("note: sessions", "", FixKind.Fix, "note: sessions", null)]
    [InlineData("fix:", "", FixKind.Fix, "fix:", null)]
    [InlineData("Merge pull request #7 from acme/sessions", "feat: Let sessions last\n\nMore.\n", FixKind.NewFeature, "Let sessions last", 7)]
    [InlineData("Merge pull request #7 from acme/sessions", "", FixKind.Fix, "Merge pull request #7 from acme/sessions", 7)]
    [InlineData("Close (#99999999999999999999)", "", FixKind.Fix, "Close (#99999999999999999999)", null)]
    [InlineData("(#12)", "", FixKind.Fix, "(#12)", null)]
    public void Reads_subjects(string subject, string body, FixKind kind, string text, int? number)
    {
        var fix = FixReader.Read(Commit(1, subject, body), null);

        Assert.Equal((kind, text, number), (fix.Kind, fix.Text, fix.PullRequest));
    }

    [Theory]
    [InlineData("feat: x", "bug", FixKind.Fix)]
    [InlineData("x", "Breaking Change", FixKind.BreakingChange)]
    [InlineData("feat: x", "size/S", FixKind.NewFeature)]
    [InlineData("fix!: x", "enhancement", FixKind.BreakingChange)]
    public void Believes_labels_before_prefixes(string subject, string label, FixKind kind) =>
        Assert.Equal((kind, 5), (FixReader.Read(Commit(1, subject), new PullRequest(5, "title", "", "ada", [label], "")) is var fix ? fix.Kind : default, fix.PullRequest));

    [Fact]
    public void Takes_a_pull_request_for_what_came_with_it()
    {
        CommitMessage[] commits = [Commit(5, "Merge pull request #7 from acme/x", parents: [4, 3]), Commit(4, "own", parents: [1]), Commit(3, "of the request", parents: [2]), Commit(2, "of the request too")];

        Assert.Equal(["Merge pull request #7 from acme/x", "own"], Subjects(commits));
    }

    [Fact]
    public void Takes_what_came_with_any_other_merge()
    {
        CommitMessage[] commits = [Commit(5, "Merge branch 'fix'", parents: [4, 3]), Commit(4, "own", parents: [1]), Commit(3, "merged", parents: [2]), Commit(2, "merged too")];

        Assert.Equal(["own", "merged", "merged too"], Subjects(commits));
    }

    [Fact]
    public void Takes_what_came_by_both_ways()
    {
        CommitMessage[] commits = [Commit(5, "Merge pull request #7 from acme/x", parents: [4, 3]), Commit(4, "own", parents: [3]), Commit(3, "on the line")];

        Assert.Equal(["Merge pull request #7 from acme/x", "own", "on the line"], Subjects(commits));
    }

    [Fact]
    public void Never_fails_and_never_takes_a_commit_twice() =>
        Gen.Select(Gen.String, Gen.String, Gen.Int[0, 3].Array[0, 3]).Array[0, 12].Sample(parts =>
        {
            var commits = parts.Select((part, index) => Commit(parts.Length - index, part.Item1, part.Item2, [.. part.Item3.Select(step => parts.Length - index - step)])).ToArray();

            var chosen = FixReader.Choose(commits);

            Assert.Equal(chosen.DistinctBy(commit => commit.Id), chosen);
            Assert.Subset(commits.ToHashSet(), chosen.ToHashSet());
            Assert.All(chosen, commit => FixReader.Read(commit, null));
        });

    private static IEnumerable<string> Subjects(CommitMessage[] commits) => FixReader.Choose(commits).Select(commit => commit.Subject);

    private static CommitMessage Commit(int id, string subject, string body = "", int[]? parents = null) =>
        new(Id(id), [.. (parents ?? [id - 1]).Select(Id)], subject, body);

    private static CommitId Id(int id) => CommitId.Parse(id.ToString("x40", System.Globalization.CultureInfo.InvariantCulture));
}

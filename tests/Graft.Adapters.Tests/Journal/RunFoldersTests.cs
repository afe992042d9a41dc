using System.Text;
using Graft.Adapters.Journal;
using Graft.Core.Failures;
using Graft.Core.Hotfixes;
using Graft.Core.Products;
using Graft.Core.Releases;
using Graft.Testing;

namespace Graft.Adapters.Tests.Journal;

public sealed class RunFoldersTests : IDisposable
{
    private readonly TemporaryFolder temporary = new();

    private CancellationToken Cancellation { get; } = TestContext.Current.CancellationToken;

    private RunFolders Runs => new(Path.Combine(temporary.Path, "runs"), TimeProvider.System, path => Path.GetRelativePath(temporary.Path, path));

    public void Dispose() => temporary.Dispose();

    [Fact]
    public void Lists_nothing_before_the_first_run() => Assert.Empty(Runs.List());

    [Fact]
    public async Task Is_running_while_somebody_has_it_and_interrupted_afterwards()
    {
        using (var run = await Runs.BeginAsync(Plan("3.2.202511251200"), Cancellation))
        {
            run.Started(run.Plan.Operations[0]);
            Assert.Equal((RunState.Running, "write releases/3.2.202511251200.lock.json"), (Single().State, Single().Operation));
        }

        Assert.Equal((RunState.Interrupted, "write releases/3.2.202511251200.lock.json"), (Single().State, Single().Operation));
    }

    [Fact]
    public async Task Is_finished_when_it_says_so()
    {
        using (var run = await Runs.BeginAsync(Plan("3.2.202511251200"), Cancellation))
        {
            run.Started(run.Plan.Operations[0]);
            run.Done(run.Plan.Operations[0], "sha256:…");
            run.Finished();
        }

        Assert.Equal((RunState.Finished, null), (Single().State, Single().Operation));
    }

    [Fact]
    public async Task Keeps_the_plan()
    {
        (await Runs.BeginAsync(Plan("3.2.202511251200"), Cancellation)).Dispose();

        using var reopened = Runs.Reopen(ReleaseName.Parse("3.2.202511251200"));
        Assert.Equal("releases/3.2.202511251200.yaml", reopened.Plan.ManifestPath);
    }

    [Fact]
    public async Task Takes_no_second_run_of_the_same_name()
    {
        (await Runs.BeginAsync(Plan("3.2.202511251200"), Cancellation)).Dispose();

        var failure = await Assert.ThrowsAsync<NameTakenException>(() => Runs.BeginAsync(Plan("3.2.202511251200"), Cancellation));
        Assert.Contains("resume", failure.Hint, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Is_not_taken_up_while_another_has_it()
    {
        using var run = await Runs.BeginAsync(Plan("3.2.202511251200"), Cancellation);

        Assert.Contains("another process", Assert.Throws<GraftException>(() => Runs.Reopen(run.Name)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Reads_a_journal_whose_last_line_was_cut_off()
    {
        string journal;
        using (var run = await Runs.BeginAsync(Plan("3.2.202511251200"), Cancellation))
        {
            run.Started(run.Plan.Operations[0]);
            journal = Path.Combine(run.Folder, "journal.jsonl");
        }

        await File.AppendAllTextAsync(journal, "{\"at\":\"2025-", Cancellation);
        Assert.Equal(RunState.Interrupted, Single().State);
        using (var reopened = Runs.Reopen(ReleaseName.Parse("3.2.202511251200")))
        {
            reopened.Finished();
        }

        Assert.Equal(RunState.Finished, Single().State);
    }

    [Fact]
    public async Task An_abandoned_run_gives_its_name_back()
    {
        using (var run = await Runs.BeginAsync(Plan("3.2.202511251200"), Cancellation))
        {
            Directory.CreateDirectory(Path.Combine(run.Folder, "logs"));
            run.Started(run.Plan.Operations[0]);
            run.Abandoned();
        }

        Assert.Equal(RunState.Abandoned, Single().State);
        using (var again = await Runs.BeginAsync(Plan("3.2.202511251200"), Cancellation))
        {
            Assert.False(again.HadStarted(again.Plan.Operations[0]));
            Assert.False(Directory.Exists(Path.Combine(again.Folder, "logs")));
        }

        Assert.Equal(RunState.Interrupted, Single().State);
    }

    [Fact]
    public async Task Knows_what_had_begun_and_what_came_of_it()
    {
        using (var run = await Runs.BeginAsync(Plan("3.2.202511251200"), Cancellation))
        {
            run.Started(run.Plan.Operations[0]);
            run.Done(run.Plan.Operations[0], "sha256:1");
            Assert.False(run.HadStarted(run.Plan.Operations[0]));
        }

        using var reopened = Runs.Reopen(ReleaseName.Parse("3.2.202511251200"));
        Assert.True(reopened.HadStarted(reopened.Plan.Operations[0]));
        Assert.Equal("sha256:1", reopened.FindResult(reopened.Plan.Operations[0].Id));
        Assert.Null(reopened.FindResult("push b"));
    }

    [Fact]
    public async Task One_that_is_discarded_was_never_there()
    {
        using (var run = await Runs.BeginAsync(Plan("3.2.202511251200"), Cancellation))
        {
            run.Discard();
        }

        Assert.Empty(Runs.List());
        (await Runs.BeginAsync(Plan("3.2.202511251200"), Cancellation)).Dispose();
    }

    [Fact]
    public async Task Lists_what_can_be_read_beside_what_cannot()
    {
        (await Runs.BeginAsync(Plan("3.2.202511251200"), Cancellation)).Dispose();
        temporary.Write("runs/3.2.202511251300/plan.json", "{ nonsense");

        var (runs, unreadable) = Runs.ListAll();

        Assert.Equal(["3.2.202511251200"], runs.Select(run => run.Name.ToString()));
        Assert.Equal(["3.2.202511251300"], unreadable.Select(run => run.Name.ToString()));
        Assert.StartsWith("runs/3.2.202511251300/plan.json:1:3: ", unreadable[0].Reason, StringComparison.Ordinal);
    }

    private RunSummary Single() => Assert.Single(Runs.List());

    private static HotfixPlan Plan(string name) => new()
    {
        Name = ReleaseName.Parse(name),
        Base = ReleaseName.Parse("3.2.202511230446"),
        Commit = CommitId.Parse("5c1f0a7700000000000000000000000000000000"),
        Tag = "v" + name,
        Registry = "layout:x",
        Publisher = "folder:x",
        Build = new BuildSettings("embedded", 1, null, []),
        Builds = [],
        Changes = [],
        Unchanged = 0,
        ManifestPath = $"releases/{name}.yaml",
        Manifest = Encoding.UTF8.GetBytes($"name: {name}\ncommit: 5c1f0a7700000000000000000000000000000000\nhotfix: {{ of: 3.2.202511230446 }}\n"),
        LockPath = $"releases/{name}.lock.json",
        Locked = [],
        Reservation = null,
        Draft = null,
        Operations = [new WriteLock($"releases/{name}.lock.json", [])],
    };
}

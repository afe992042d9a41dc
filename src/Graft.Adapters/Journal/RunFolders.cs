using System.Text;
using Graft.Adapters.Files;
using Graft.Core.Failures;
using Graft.Core.Hotfixes;
using Graft.Core.Releases;

namespace Graft.Adapters.Journal;

/// <summary>How far a run has come.</summary>
public enum RunState
{
    /// <summary>A process is carrying it out.</summary>
    Running,

    /// <summary>Everything is done.</summary>
    Finished,

    /// <summary>It was cut off, and can be resumed.</summary>
    Interrupted,

    /// <summary>What it had done is undone.</summary>
    Abandoned,
}

/// <summary>A run as <c>hotfix runs</c> lists it; <c>Operation</c> is the last one that began and is not done, or null; whether it makes a draft.</summary>
public sealed record RunSummary(ReleaseName Name, ReleaseName Base, RunState State, string? Operation, bool HasDraft);

/// <summary>What runs there are, newest first, and those of which nobody can say how far they are.</summary>
public sealed record RunListing(IReadOnlyList<RunSummary> Runs, IReadOnlyList<UnreadableRun> Unreadable);

/// <summary>A run that cannot be read, by its folder's name, and why.</summary>
public sealed record UnreadableRun(ReleaseName Name, string Reason);

/// <summary>
/// The runs of a repository, each a folder <c>runs/NAME</c> with <c>plan.json</c>, <c>journal.jsonl</c> and build logs. Messages have paths as
/// <paramref name="display"/> shows them.
/// </summary>
public sealed class RunFolders(string folder, TimeProvider clock, Func<string, string> display)
{
    private const long SizeLimit = 64 * 1024 * 1024;
    internal const string PlanFile = "plan.json";
    internal const string JournalFile = "journal.jsonl";
    private const string LockFile = "lock";

    /// <summary>
    /// Begins a run: its plan is on disk before the call returns. A run of that name that is there already, unless it was abandoned, is a
    /// <see cref="NameTakenException"/>.
    /// </summary>
    public async Task<Run> BeginAsync(HotfixPlan plan, CancellationToken cancellationToken)
    {
        var path = PathOf(plan.Name);
        Directory.CreateDirectory(path);
        var held = FolderLock.TryAcquire(Path.Combine(path, LockFile)) ?? throw Taken(plan.Name, "`graft hotfix runs` shows how far it is");
        try
        {
            var journal = ReadJournal(path);
            if (IsAbandoned(journal))
            {
                Clear(path);
            }

            if (!await AtomicFile.TryCreateAsync(Path.Combine(path, PlanFile), PlanJson.Write(plan), cancellationToken))
            {
                throw Taken(plan.Name, IsFinished(journal) ? "it is finished; take another name" : $"carry it on with `graft hotfix resume {plan.Name}`");
            }

            return Begun(path, plan, held);
        }
        catch
        {
            held.Dispose();
            throw;
        }
    }

    /// <summary>Takes up a run that was cut off; an input failure when there is none of that name or another process has it.</summary>
    public Run Reopen(ReleaseName name)
    {
        var path = PathOf(name);
        // Read before the lock is taken, which writes: what cannot be carried out stays as it is.
        var plan = FindPlan(path) ?? throw GraftException.Input($"there is no run '{name}'", "`graft hotfix runs` lists them");
        _ = ReadJournal(path);
        var held = Acquire(path, name);
        try
        {
            AtomicFile.RemoveLeft(path);
            return new Run(path, plan, ReadJournal(path), held, clock);
        }
        catch
        {
            held.Dispose();
            throw;
        }
    }

    /// <summary>Every run that can be read, newest first.</summary>
    public IReadOnlyList<RunSummary> List() => ListAll().Runs;

    /// <summary>Every run. One that cannot be read keeps no other away.</summary>
    public RunListing ListAll()
    {
        var runs = new List<RunSummary>();
        var unreadable = new List<UnreadableRun>();
        foreach (var name in ListNames())
        {
            try
            {
                if (Summarize(PathOf(name)) is { } run)
                {
                    runs.Add(run);
                }
            }
            catch (GraftException problem) when (problem.Kind == FailureKind.Input)
            {
                unreadable.Add(new UnreadableRun(name, problem.Message));
            }
        }

        return new RunListing(runs, unreadable);
    }

    private List<ReleaseName> ListNames()
    {
        try
        {
            return Directory.Exists(folder)
                ? [.. Directory.EnumerateDirectories(folder).Select(path => ReleaseName.TryParse(Path.GetFileName(path), out var name) ? name : null).OfType<ReleaseName>().OrderDescending()]
                : [];
        }
        catch (UnauthorizedAccessException problem)
        {
            throw GraftException.Input($"'{display(folder)}' cannot be read: permission denied", inner: problem);
        }
    }

    private RunSummary? Summarize(string path)
    {
        if (FindPlan(path) is not { } plan)
        {
            return null;
        }

        var journal = ReadJournal(path);
        if (IsAbandoned(journal))
        {
            return new RunSummary(plan.Name, plan.Base, RunState.Abandoned, null, plan.Draft is not null);
        }

        if (IsFinished(journal))
        {
            return new RunSummary(plan.Name, plan.Base, RunState.Finished, null, plan.Draft is not null);
        }

        var done = journal.Where(entry => entry.Event == JournalEntry.Done).Select(entry => entry.Operation).ToHashSet();
        var begun = journal.LastOrDefault(entry => entry.Event == JournalEntry.Started && !done.Contains(entry.Operation))?.Operation;
        return new RunSummary(plan.Name, plan.Base, FolderLock.IsHeld(Path.Combine(path, LockFile)) ? RunState.Running : RunState.Interrupted, begun, plan.Draft is not null);
    }

    private HotfixPlan? FindPlan(string path)
    {
        var file = ContainedPath.Combine(path, PlanFile);
        if (WholeFile.Find(file, display(file), SizeLimit) is not { } json)
        {
            return null;
        }

        var plan = PlanJson.Read(json, display(file));
        return plan.Name.ToString() == Path.GetFileName(path)
            ? plan
            : throw GraftException.Input($"'{display(file)}' cannot be carried out: it is the plan of '{plan.Name}'");
    }

    private List<JournalEntry> ReadJournal(string path)
    {
        var file = ContainedPath.Combine(path, JournalFile);
        var lines = Encoding.UTF8.GetString(WholeFile.Find(file, display(file), SizeLimit) ?? []).Split('\n');
        return [.. lines.Select(JournalEntry.TryParse).OfType<JournalEntry>()];
    }

    // The plan is there: what goes wrong now is a run that was cut off.
    private Run Begun(string path, HotfixPlan plan, FolderLock held)
    {
        try
        {
            return new Run(path, plan, [], held, clock);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw GraftException.Outside(FileProblem.Describe(problem, display), $"carry on with `graft hotfix resume {plan.Name}`", problem);
        }
    }

    private static bool IsAbandoned(List<JournalEntry> journal) => journal.Any(entry => entry.Event == JournalEntry.Abandoned);

    // The plan goes last: without it there is no run, and with it one that is abandoned still.
    private static void Clear(string path)
    {
        foreach (var inner in Directory.EnumerateDirectories(path))
        {
            FolderRemoval.Remove(inner);
        }

        File.Delete(Path.Combine(path, PlanFile));
        File.Delete(Path.Combine(path, JournalFile));
    }

    private static bool IsFinished(List<JournalEntry> journal) => journal.Any(entry => entry.Event == JournalEntry.Finished);

    private static NameTakenException Taken(ReleaseName name, string hint) => new(name, $"there is already a run '{name}'", hint);

    private static FolderLock Acquire(string path, ReleaseName name) =>
        FolderLock.TryAcquire(Path.Combine(path, LockFile))
        ?? throw GraftException.Input($"another process is carrying out '{name}'", "`graft hotfix runs` shows how far it is");

    private string PathOf(ReleaseName name) => ContainedPath.Combine(folder, name.ToString());
}

using Graft.Adapters.Files;
using Graft.Core.Hotfixes;
using Graft.Core.Releases;

namespace Graft.Adapters.Journal;

/// <summary>
/// A run that this process carries out: its plan, its folder, and the journal, of which every line is on disk before the call returns.
/// While it lives it holds the run's lock, which the system lets go when the process dies.
/// </summary>
public sealed class Run : IDisposable
{
    private readonly FolderLock held;
    private readonly FileStream journal;
    private readonly Lock writing = new();
    private readonly TimeProvider clock;
    private readonly IReadOnlyList<JournalEntry> before;

    internal Run(string folder, HotfixPlan plan, IReadOnlyList<JournalEntry> before, FolderLock held, TimeProvider clock)
    {
        this.before = before;
        Folder = folder;
        Plan = plan;
        this.held = held;
        this.clock = clock;
        journal = new FileStream(Path.Combine(folder, RunFolders.JournalFile), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read, bufferSize: 0);
        EndLastLine();
        DurableFolder.Flush(folder);
    }

    /// <summary>The run's folder, absolute.</summary>
    public string Folder { get; }

    /// <summary>What is carried out.</summary>
    public HotfixPlan Plan { get; }

    /// <summary>The hotfix's name, which is the run's too.</summary>
    public ReleaseName Name => Plan.Name;

    /// <summary>Notes that an operation begins.</summary>
    public void Started(Operation operation) => Append(new JournalEntry(clock.GetUtcNow(), JournalEntry.Started, operation.Id));

    /// <summary>Notes that an operation is done, with what it found out (a digest).</summary>
    public void Done(Operation operation, string? detail) => Append(new JournalEntry(clock.GetUtcNow(), JournalEntry.Done, operation.Id, detail));

    /// <summary>Notes that an operation failed.</summary>
    public void Failed(Operation operation, string message) => Append(new JournalEntry(clock.GetUtcNow(), JournalEntry.Failed, operation.Id, message));

    /// <summary>Notes that everything is done.</summary>
    public void Finished() => Append(new JournalEntry(clock.GetUtcNow(), JournalEntry.Finished));

    /// <summary>Notes that what was done is undone.</summary>
    public void Abandoned() => Append(new JournalEntry(clock.GetUtcNow(), JournalEntry.Abandoned));

    /// <summary>Whether an operation had begun when the run was taken up.</summary>
    public bool HadStarted(Operation operation) => before.Any(entry => entry.Operation == operation.Id);

    /// <summary>What an operation had found out (a digest) when the run was taken up; null when it was not done.</summary>
    public string? FindResult(string operation) => before.LastOrDefault(entry => entry.Event == JournalEntry.Done && entry.Operation == operation)?.Detail;

    /// <summary>Takes the run out of the list, as if it had never begun: for one that has made nothing.</summary>
    public void Discard() => FolderRemoval.Remove(Folder);

    /// <inheritdoc/>
    public void Dispose()
    {
        journal.Dispose();
        held.Dispose();
    }

    // A line that was cut off in the middle stays one of its own: what follows it must still be read.
    private void EndLastLine()
    {
        if (journal.Length == 0)
        {
            return;
        }

        journal.Seek(-1, SeekOrigin.End);
        if (journal.ReadByte() != '\n')
        {
            journal.WriteByte((byte)'\n');
        }
    }

    private void Append(JournalEntry entry)
    {
        lock (writing)
        {
            journal.Write(entry.ToLine());
            journal.Flush(flushToDisk: true);
        }
    }
}

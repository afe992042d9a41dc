using System.Globalization;
using System.Text;
using Graft.Core.Failures;

namespace Graft.Adapters.Files;

/// <summary>
/// One holder at a time, among processes and within this one: an exclusively opened file (flock(2) on Unix). The system lets go of it
/// when the holder dies, so a lock never goes stale. The file itself stays: removing it would let two holders lock two files of one name.
/// </summary>
public sealed class FolderLock : IDisposable
{
    private static readonly TimeSpan LookAgain = TimeSpan.FromMilliseconds(25);
    private readonly FileStream file;

    private FolderLock(FileStream file) => this.file = file;

    /// <summary>
    /// Takes the lock, or null when another has it. The file is made when it is missing; its folder has to be there. A link or another thing that is no
    /// file is an input failure: what it leads to would be written.
    /// </summary>
    public static FolderLock? TryAcquire(string lockFile)
    {
        RefuseOthers(lockFile);
        FileStream opened;
        try
        {
            opened = new FileStream(lockFile, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 0);
        }
        catch (IOException problem) when (IsHeld(problem))
        {
            return null;
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw GraftException.Outside($"cannot lock '{lockFile}': {FileProblem.Reason(problem, lockFile)}", null, problem);
        }

        // For a person who wonders who holds it; nobody else reads it.
        opened.SetLength(0);
        opened.Write(Encoding.ASCII.GetBytes(Environment.ProcessId.ToString(CultureInfo.InvariantCulture) + "\n"));
        return new FolderLock(opened);
    }

    /// <summary>
    /// Takes the lock together with any number of others that take it so, and keeps away who wants it alone; waits while somebody has it alone. The file
    /// has to be there.
    /// </summary>
    public static async Task<FolderLock> ShareAsync(string lockFile, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                // Both halves matter: a lock for reading is a shared one (flock(2), LOCK_SH).
                return new FolderLock(new FileStream(lockFile, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0));
            }
            catch (IOException problem) when (IsHeld(problem))
            {
                await Task.Delay(LookAgain, cancellationToken);
            }
            catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
            {
                throw GraftException.Outside($"cannot lock '{lockFile}': {FileProblem.Reason(problem, lockFile)}", null, problem);
            }
        }
    }

    /// <summary>Takes the lock, waiting for as long as another has it; <paramref name="waiting"/> is called once when there is a wait.</summary>
    public static async Task<FolderLock> AcquireAsync(string lockFile, Action? waiting, CancellationToken cancellationToken)
    {
        while (true)
        {
            if (TryAcquire(lockFile) is { } held)
            {
                return held;
            }

            waiting?.Invoke();
            waiting = null;
            await Task.Delay(LookAgain, cancellationToken);
        }
    }

    /// <summary>Whether another has the lock now. Nothing is written for it, and a file that is missing is a lock that nobody has.</summary>
    public static bool IsHeld(string lockFile)
    {
        RefuseOthers(lockFile);
        try
        {
            using var probe = new FileStream(lockFile, FileMode.Open, FileAccess.Read, FileShare.None, bufferSize: 0);
            return false;
        }
        catch (IOException problem)
        {
            return IsHeld(problem);
        }
        catch (UnauthorizedAccessException problem)
        {
            throw GraftException.Input($"'{lockFile}' cannot be read: permission denied", null, problem);
        }
    }

    /// <summary>Lets go.</summary>
    public void Dispose() => file.Dispose();

    private static void RefuseOthers(string lockFile)
    {
        ContainedPath.Combine(Path.GetDirectoryName(lockFile) ?? "", Path.GetFileName(lockFile));
        WholeFile.RefuseOthers(lockFile, lockFile);
    }

    // EWOULDBLOCK (Linux 11, macOS 35), a sharing violation on Windows.
    internal static bool IsHeld(IOException problem) =>
        problem.HResult is 11 or 35 or unchecked((int)0x80070020) or unchecked((int)0x80070021);
}

using Graft.Core.Failures;

namespace Graft.Adapters.Files;

/// <summary>
/// Many files for one folder that can be fetched again: each is there whole or not at all, but nobody waits for the disk, so that a power cut may leave one
/// of no bytes, or of zeros (<see cref="IsLost"/>). One guard stands for all that is on its way; what a killed process leaves, the next that writes
/// in the folder removes.
/// </summary>
public sealed class FileBatch : IDisposable
{
    private readonly string folder;
    private readonly string stem;
    private readonly Lazy<IDisposable> guard;
    private int count;

    /// <summary>A batch in an existing folder, in which nothing is made before the first file.</summary>
    public FileBatch(string folder)
    {
        this.folder = Path.GetFullPath(folder);
        stem = TemporaryFile.NameIn(this.folder);
        guard = new Lazy<IDisposable>(() =>
        {
            TemporaryFile.RemoveLeftOnce(this.folder);
            return TemporaryFile.Guard(stem);
        });
    }

    /// <summary>Whether these bytes are what a power cut leaves of a file that was not flushed.</summary>
    public static bool IsLost(ReadOnlySpan<byte> bytes) => !bytes.ContainsAnyExcept((byte)0);

    /// <summary>
    /// Puts these bytes at a name in the folder, in place of what is there; a file that is replaced keeps its mode. One that cannot be written is an outside
    /// failure. May be called side by side.
    /// </summary>
    public void Write(string name, ReadOnlySpan<byte> content)
    {
        var path = ContainedPath.Combine(folder, name);
        var temporary = $"{stem}.{Interlocked.Increment(ref count)}";
        try
        {
            _ = guard.Value;
            try
            {
                using (var file = File.OpenHandle(temporary, FileMode.CreateNew, FileAccess.Write, FileShare.ReadWrite))
                {
                    RandomAccess.Write(file, content, 0);
                }

                if (!OperatingSystem.IsWindows() && File.Exists(path))
                {
                    File.SetUnixFileMode(temporary, File.GetUnixFileMode(path));
                }

                File.Move(temporary, path, overwrite: true);
            }
            catch
            {
                File.Delete(temporary);
                throw;
            }
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw GraftException.Outside($"cannot write '{path}': {FileProblem.Reason(problem, path)}", null, problem);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (guard.IsValueCreated)
        {
            guard.Value.Dispose();
        }
    }
}

using Graft.Core.Failures;

namespace Graft.Adapters.Files;

/// <summary>
/// Files that are there whole or not at all, even after a power cut: written beside their place, flushed to the disk, then renamed or
/// linked into it. A disk that is full, a folder that is missing or not writable: an outside failure with the path, and nothing left behind. What a
/// killed process leaves, the next that writes in the folder removes.
/// </summary>
public static class AtomicFile
{
    /// <summary>Removes what killed processes left in a folder when they wrote there.</summary>
    public static void RemoveLeft(string folder) => TemporaryFile.RemoveLeft(folder);

    /// <summary>Puts these bytes at the path, in an existing folder, in place of what is there; a file that is replaced keeps its mode.</summary>
    public static Task WriteAsync(string path, ReadOnlyMemory<byte> content, CancellationToken cancellationToken) =>
        PlaceAsync(path, content, Replace, cancellationToken);

    /// <summary>
    /// The same, for a caller that keeps everybody else away from the path by a lock. Killed at whatever moment, it leaves nothing once it is called again; or
    /// need not be, since the bytes are there.
    /// </summary>
    public static async Task WriteLockedAsync(string path, ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        path = Path.GetFullPath(path);
        var temporary = Path.Combine(Path.GetDirectoryName(path)!, $".{Path.GetFileName(path)}.new");
        try
        {
            File.Delete(temporary);
            await PlaceAsync(temporary, path, content, Replace, cancellationToken);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw GraftException.Outside($"cannot write '{path}': {FileProblem.Reason(problem, path)}", null, problem);
        }
    }

    /// <summary>Puts these bytes at the path, in an existing folder; an input failure, and no change, when something is there already.</summary>
    public static async Task CreateAsync(string path, ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        if (!await TryCreateAsync(path, content, cancellationToken))
        {
            throw GraftException.Input($"'{path}' exists already");
        }
    }

    /// <summary>Puts these bytes at the path, in an existing folder; false, and no change, when something is there already.</summary>
    public static Task<bool> TryCreateAsync(string path, ReadOnlyMemory<byte> content, CancellationToken cancellationToken) =>
        PlaceAsync(path, content, HardLink.TryCreate, cancellationToken);

    private static async Task<bool> PlaceAsync(
        string path, ReadOnlyMemory<byte> content, Func<string, string, bool> place, CancellationToken cancellationToken)
    {
        path = Path.GetFullPath(path);
        var folder = Path.GetDirectoryName(path) ?? throw GraftException.Input($"'{path}' is not the path of a file");
        var temporary = TemporaryFile.NameIn(folder);
        try
        {
            TemporaryFile.RemoveLeftOnce(folder);
            using var guard = TemporaryFile.Guard(temporary);
            return await PlaceAsync(temporary, path, content, place, cancellationToken);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw GraftException.Outside($"cannot write '{path}': {FileProblem.Reason(problem, path)}", null, problem);
        }
    }

    private static async Task<bool> PlaceAsync(
        string temporary, string path, ReadOnlyMemory<byte> content, Func<string, string, bool> place, CancellationToken cancellationToken)
    {
        try
        {
            await WriteWholeAsync(temporary, content, cancellationToken);
            var placed = place(temporary, path);
            DurableFolder.Flush(Path.GetDirectoryName(path)!);
            return placed;
        }
        finally
        {
            RemoveQuietly(temporary);
        }
    }

    private static async Task WriteWholeAsync(string temporary, ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        await using var stream = new FileStream(temporary, new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
            Options = FileOptions.Asynchronous,
            BufferSize = 0,
        });
        await stream.WriteAsync(content, cancellationToken);
        stream.Flush(flushToDisk: true);
    }

    private static bool Replace(string temporary, string path)
    {
        if (!OperatingSystem.IsWindows() && File.Exists(path))
        {
            File.SetUnixFileMode(temporary, File.GetUnixFileMode(path));
        }

        File.Move(temporary, path, overwrite: true);
        return true;
    }

    private static void RemoveQuietly(string temporary)
    {
        try
        {
            File.Delete(temporary);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            // The failure that is on its way says more than this one.
        }
    }
}

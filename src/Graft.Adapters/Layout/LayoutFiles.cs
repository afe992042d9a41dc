using System.Text.RegularExpressions;
using Graft.Adapters.Files;
using Graft.Core.Failures;

namespace Graft.Adapters.Layout;

/// <summary>How a layout's files are written: whole or not at all, and one writer of the index at a time.</summary>
internal static partial class LayoutFiles
{
    private const string Unfinished = ".partial";

    /// <summary>Takes the folder's lock, waiting for another process to let go.</summary>
    public static Task<FolderLock> LockAsync(string folder, CancellationToken cancellationToken)
    {
        var path = Path.Combine(folder, ".lock");
        RefuseLink(path);
        return FolderLock.AcquireAsync(path, null, cancellationToken);
    }

    /// <summary>
    /// Says that this process writes to the folder, for as long as the result is held. Where no other does, what a killed one left half written is removed
    /// first: nobody else can tell such a file from one that is being written.
    /// </summary>
    public static async Task<FolderLock> EnterAsync(string folder, CancellationToken cancellationToken)
    {
        var path = Path.Combine(folder, ".writers");
        RefuseLink(path);
        using (var alone = FolderLock.TryAcquire(path))
        {
            if (alone is not null)
            {
                RemoveUnfinished(folder);
            }
        }

        return await FolderLock.ShareAsync(path, cancellationToken);
    }

    /// <summary>
    /// Writes a file under a name of its own and moves it into place: to <paramref name="path"/>, or to the path that <paramref name="write"/> gives.
    /// A lasting file is on the disk before it has its name.
    /// </summary>
    public static async Task WriteAsync(string path, bool lasting, Func<Stream, CancellationToken, Task<string?>> write, CancellationToken cancellationToken)
    {
        var temporary = $"{path}.{Guid.NewGuid():N}{Unfinished}";
        try
        {
            string? name;
            await using (var file = new FileStream(temporary, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 128 * 1024))
            {
                name = await write(file, cancellationToken);
                await file.FlushAsync(cancellationToken);
                file.Flush(flushToDisk: lasting);
            }

            File.Move(temporary, name ?? path, overwrite: true);
            if (lasting)
            {
                DurableFolder.Flush(Path.GetDirectoryName(path)!);
            }
        }
        catch (Exception problem) when (problem is UnauthorizedAccessException || (problem is IOException && problem is not FileNotFoundException))
        {
            throw GraftException.Outside($"cannot write '{path}': {FileProblem.Reason(problem, path)}", inner: problem);
        }
        finally
        {
            File.Delete(temporary);
        }
    }

    /// <summary>Reads a small file of a layout; null when it is not there. One over the limit, or one that is a link or no file, is an input failure.</summary>
    public static byte[]? Find(string path, long limit)
    {
        RefuseLink(path);
        return WholeFile.Find(path, path, limit);
    }

    /// <summary>Opens a file of a layout for reading. A link could lead anywhere, so it is refused, in the folders above it too.</summary>
    public static FileStream OpenRead(string path)
    {
        RefuseLink(path);
        WholeFile.RefuseOthers(path, path);
        try
        {
            // No sharing is asked for, so that a reader takes no lock and disturbs no writer.
            return new FileStream(path, new FileStreamOptions { Access = FileAccess.Read, Share = FileShare.ReadWrite | FileShare.Delete, Options = FileOptions.Asynchronous, BufferSize = 0 });
        }
        catch (UnauthorizedAccessException unreadable)
        {
            throw GraftException.Outside($"'{path}' cannot be read: {FileProblem.Reason(unreadable, path)}", inner: unreadable);
        }
    }

    /// <summary>Refuses a path that is a symbolic link.</summary>
    public static void RefuseLink(string path)
    {
        if (new FileInfo(path) is { LinkTarget: not null })
        {
            throw GraftException.Input($"'{path}' is a symbolic link, which an image layout may not hold");
        }
    }

    private static void RemoveUnfinished(string folder)
    {
        var blobs = Path.Combine(folder, "blobs");
        var folders = Directory.Exists(blobs) && new FileInfo(blobs).LinkTarget is null ? new DirectoryInfo(blobs).EnumerateDirectories().Where(inner => inner.LinkTarget is null) : [];
        foreach (var file in folders.Prepend(new DirectoryInfo(folder)).SelectMany(inner => inner.EnumerateFiles("*" + Unfinished)).Where(file => OwnName().IsMatch(file.Name)).ToList())
        {
            file.Delete();
        }
    }

    [GeneratedRegex(@"\.[0-9a-f]{32}\.partial$")]
    private static partial Regex OwnName();
}

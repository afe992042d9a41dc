using System.Runtime.InteropServices;
using Graft.Core.Failures;
using Microsoft.Win32.SafeHandles;

namespace Graft.Adapters.Files;

/// <summary>
/// Files that anybody may have written, read whole: up to a limit, and only where there is a file. A pipe would wait for somebody to write, a device may
/// never end. What is wrong with one is an input failure that names it as it is shown.
/// </summary>
public static partial class WholeFile
{
    private const int Mebibyte = 1024 * 1024;

    /// <summary>The bytes of a file, at most <paramref name="limit"/> of them; null when there is none.</summary>
    public static byte[]? Find(string path, string shown, long limit)
    {
        using var stream = Open(path, shown);
        if (stream is null)
        {
            return null;
        }

        try
        {
            return Read(stream, limit) ?? throw GraftException.Input($"'{shown}' is larger than {limit / Mebibyte} MiB");
        }
        catch (IOException problem)
        {
            throw Unreadable(shown, problem.Message, problem);
        }
    }

    /// <summary>As <see cref="Find"/>; one that is not there is an input failure too.</summary>
    public static byte[] Get(string path, string shown, long limit) =>
        Find(path, shown, limit) ?? throw GraftException.Input($"'{shown}' is not there");

    /// <summary>Refuses what is there and is no file; a name that is free is fine. For files that are opened to be written.</summary>
    public static void RefuseOthers(string path, string shown) => Open(path, shown, isToBeRead: false)?.Dispose();

    private static byte[]? Read(FileStream stream, long limit)
    {
        // Checked before it is read, and while it is: a device says that it has nothing, and a file may grow.
        if (stream.Length > limit)
        {
            return null;
        }

        // As much as it says that it has, and then what it has more than that: memory that is touched for the first time is what costs.
        var bytes = GC.AllocateUninitializedArray<byte>((int)stream.Length);
        var count = stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        for (int more; (more = stream.ReadByte()) >= 0;)
        {
            if (count == limit)
            {
                return null;
            }

            if (count == bytes.Length)
            {
                Array.Resize(ref bytes, Math.Max(4096, 2 * bytes.Length));
            }

            bytes[count++] = (byte)more;
            count += stream.Read(bytes, count, bytes.Length - count);
        }

        return count > limit ? null : count == bytes.Length ? bytes : bytes[..count];
    }

    private static FileStream? Open(string path, string shown, bool isToBeRead = true)
    {
        if (Directory.Exists(path))
        {
            throw GraftException.Input($"'{shown}' is a folder, not a file");
        }

        var stream = OperatingSystem.IsWindows() ? OpenOnWindows(path, shown) : OpenOnUnix(path, shown, isToBeRead);
        if (stream is { CanSeek: false })
        {
            stream.Dispose();
            throw GraftException.Input($"'{shown}' is a pipe or a device, not a file");
        }

        return stream ?? (new FileInfo(path).LinkTarget is null ? null : throw GraftException.Input($"'{shown}' is a link that leads nowhere"));
    }

    private static FileStream? OpenOnWindows(string path, string shown)
    {
        try
        {
            return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
        }
        catch (Exception missing) when (missing is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw Unreadable(shown, problem.Message, problem);
        }
    }

    // Without waiting for whoever would write into a pipe: the runtime has no way to say that.
    private static FileStream? OpenOnUnix(string path, string shown, bool isToBeRead)
    {
        const int noSuchFile = 2, noAccess = 13, notAFolder = 20, noDevice = 6;
        var descriptor = Open(path, Flags);
        var error = descriptor < 0 ? Marshal.GetLastPInvokeError() : 0;
        return error switch
        {
            0 => new FileStream(new SafeFileHandle(descriptor, ownsHandle: true), FileAccess.Read, bufferSize: 0),
            noSuchFile or notAFolder => null,
            noDevice => throw GraftException.Input($"'{shown}' is a pipe or a device, not a file"),
            // What may be written need not be readable.
            noAccess when !isToBeRead => null,
            _ => throw Unreadable(shown, Marshal.GetPInvokeErrorMessage(error), null),
        };
    }

    // O_RDONLY, O_NONBLOCK, O_NOCTTY, O_CLOEXEC.
    private static int Flags => OperatingSystem.IsMacOS() ? 0x4 | 0x20000 | 0x1000000 : 0x800 | 0x100 | 0x80000;

    private static GraftException Unreadable(string shown, string reason, Exception? inner) =>
        GraftException.Input($"'{shown}' cannot be read: {char.ToLowerInvariant(reason[0])}{reason[1..].TrimEnd('.')}", inner: inner);

    [LibraryImport("libc", EntryPoint = "open", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    private static partial int Open(string path, int flags);
}

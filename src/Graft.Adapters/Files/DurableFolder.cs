using System.Runtime.InteropServices;

namespace Graft.Adapters.Files;

/// <summary>Makes the names in a folder survive a power cut: a rename is on the disk only when its folder is (fsync(2)).</summary>
internal static partial class DurableFolder
{
    /// <summary>Flushes the folder where the system can; elsewhere (Windows, some network mounts) this does nothing.</summary>
    public static void Flush(string folder)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        const int readOnly = 0;
        var handle = Open(folder, readOnly);
        if (handle >= 0)
        {
            _ = Synchronise(handle);
            _ = Close(handle);
        }
    }

    [LibraryImport("libc", EntryPoint = "open", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync")]
    private static partial int Synchronise(int handle);

    [LibraryImport("libc", EntryPoint = "close")]
    private static partial int Close(int handle);
}

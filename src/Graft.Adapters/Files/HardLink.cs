using System.Runtime.InteropServices;

namespace Graft.Adapters.Files;

/// <summary>Gives a file a second name, or says that the name is taken: the one way on Unix to place a finished file without ever replacing another.</summary>
internal static partial class HardLink
{
    private const int Exists = 17;

    /// <summary>False when something has the new name already. Any other failure is an <see cref="IOException"/>.</summary>
    public static bool TryCreate(string existing, string link)
    {
        if (OperatingSystem.IsWindows())
        {
            return TryMove(existing, link);
        }

        if (Link(existing, link) == 0)
        {
            return true;
        }

        var error = Marshal.GetLastPInvokeError();
        if (error == Exists)
        {
            return false;
        }

        // Over a network the answer can be lost after the work was done: then the file that is there is ours.
        if (File.Exists(link))
        {
            return File.ReadAllBytes(link).AsSpan().SequenceEqual(File.ReadAllBytes(existing));
        }

        // A file system without hard links (FAT, some network mounts). Between the look and the rename another process could place its
        // file: nothing better is there.
        return TryMove(existing, link);
    }

    private static bool TryMove(string existing, string link)
    {
        if (Path.Exists(link) || new FileInfo(link).LinkTarget is not null)
        {
            return false;
        }

        File.Move(existing, link, overwrite: false);
        return true;
    }

    [LibraryImport("libc", EntryPoint = "link", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    private static partial int Link(string existing, string link);
}

namespace Graft.Adapters.Files;

/// <summary>Removes folders that other programs have filled.</summary>
public static class FolderRemoval
{
    /// <summary>Removes a folder with all that is in it, folders that were made read-only included; links are removed, not followed. One that is missing is success.</summary>
    public static void Remove(string folder)
    {
        try
        {
            Delete(folder);
        }
        catch (UnauthorizedAccessException) when (!OperatingSystem.IsWindows())
        {
            // Package managers make their caches read-only, which on Unix forbids removing what is in them.
            Open(new DirectoryInfo(folder));
            Delete(folder);
        }
    }

    private static void Delete(string folder)
    {
        try
        {
            Directory.Delete(folder, recursive: true);
        }
        catch (DirectoryNotFoundException)
        {
            // Gone already.
        }
    }

    [System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
    private static void Open(DirectoryInfo folder)
    {
        folder.UnixFileMode |= UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
        foreach (var inner in folder.EnumerateDirectories().Where(inner => inner.LinkTarget is null))
        {
            Open(inner);
        }
    }
}

using Graft.Adapters.Processes;

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
        catch (IOException) when (!Directory.Exists(folder))
        {
            // Gone already.
        }
        catch (IOException) when (!OperatingSystem.IsWindows())
        {
            DeleteByBytes(folder);
        }
    }

    // Names on Unix are bytes, and the platform finds nothing whose name is not UTF-8.
    private static void DeleteByBytes(string folder)
    {
        var result = new ProgramRunner().RunAsync(new ProgramCall { Program = "rm", Arguments = ["-rf", "--", folder] }, CancellationToken.None).GetAwaiter().GetResult();
        if (!result.Succeeded)
        {
            throw new IOException(result.Error.TrimEnd());
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

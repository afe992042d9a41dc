namespace Graft.Adapters.Files;

/// <summary>Whether there is room in a folder, and leave to write there; asked of the nearest folder above it where it is not there yet.</summary>
public static class FolderTrial
{
    /// <summary>Makes a file and removes it. What keeps it from being made is the platform's exception.</summary>
    public static void Write(string folder)
    {
        var path = Path.Combine(NearestOf(folder), $".graft-{Guid.NewGuid():N}.trial");
        using var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1, FileOptions.DeleteOnClose);
        file.WriteByte(0);
    }

    /// <summary>How many bytes the user may still write there.</summary>
    public static long FreeBytes(string folder) => new DriveInfo(NearestOf(folder)).AvailableFreeSpace;

    private static string NearestOf(string folder)
    {
        var path = Path.GetFullPath(folder);
        while (!Directory.Exists(path) && Path.GetDirectoryName(path) is { } above)
        {
            if (File.Exists(path))
            {
                throw new IOException($"a file is in place of the folder '{path}'");
            }

            path = above;
        }

        return path;
    }
}

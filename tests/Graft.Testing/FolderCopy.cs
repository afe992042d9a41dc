namespace Graft.Testing;

/// <summary>Copies folders as they are: links as links, modes with their files.</summary>
public static class FolderCopy
{
    /// <summary>Copies all that is in a folder into another, which is made. Only files, folders and links may be there.</summary>
    public static void Copy(string from, string to) => Copy(new DirectoryInfo(from), to);

    private static void Copy(DirectoryInfo from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (var entry in from.EnumerateFileSystemInfos())
        {
            var target = Path.Combine(to, entry.Name);
            switch (entry)
            {
                case { LinkTarget: { } link }:
                    File.CreateSymbolicLink(target, link);
                    break;
                case DirectoryInfo folder:
                    Copy(folder, target);
                    break;
                default:
                    ((FileInfo)entry).CopyTo(target);
                    break;
            }
        }
    }
}

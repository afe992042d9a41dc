namespace Graft.Testing;

/// <summary>Copies a folder with all that is in it, modes and times included.</summary>
internal static class FolderCopy
{
    public static void Copy(string from, string to) => Copy(new DirectoryInfo(from), to);

    private static void Copy(DirectoryInfo from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (var file in from.EnumerateFiles())
        {
            file.CopyTo(Path.Combine(to, file.Name));
        }

        foreach (var inner in from.EnumerateDirectories())
        {
            Copy(inner, Path.Combine(to, inner.Name));
        }
    }
}

using System.Collections.Concurrent;

namespace Graft.Adapters.Files;

/// <summary>
/// Files on their way to their place, beside it. Each, or each batch of them (<c>NAME.1</c>, <c>NAME.2</c>, …), has a guard, a second file that is locked (flock(2) on Unix) until both are gone: one whose guard
/// is free was left by a killed process. A lock on the file itself would still be on it when it has its place, and keep readers out.
/// </summary>
internal static class TemporaryFile
{
    private const string Prefix = ".graft-";
    private const string Suffix = ".tmp";
    private const string GuardSuffix = ".guard";
    private static readonly ConcurrentDictionary<string, bool> Looked = new(StringComparer.Ordinal);

    /// <summary>A path for a new one. It is not made of the target's name, which may be as long as a name can be.</summary>
    public static string NameIn(string folder) => Path.Combine(folder, $"{Prefix}{Guid.NewGuid():N}{Suffix}");

    /// <summary>Guards one before it is made, until the guard is disposed.</summary>
    public static IDisposable Guard(string temporary)
    {
        while (true)
        {
            try
            {
                return new FileStream(temporary + GuardSuffix, FileMode.OpenOrCreate, FileAccess.Write, FileShare.None, 1, FileOptions.DeleteOnClose);
            }
            catch (IOException problem) when (FolderLock.IsHeld(problem))
            {
                // Made, but not locked yet, it was taken for one that was left.
            }
        }
    }

    /// <summary>A text in which another name stands for a temporary one.</summary>
    public static string Rename(string text, string temporary, string name) =>
        text.Replace(temporary + GuardSuffix, name, StringComparison.Ordinal).Replace(temporary, name, StringComparison.Ordinal);

    /// <summary>Removes what killed processes left in a folder, the first time that this process writes there.</summary>
    public static void RemoveLeftOnce(string folder)
    {
        if (Looked.TryAdd(folder, true))
        {
            RemoveLeft(folder);
        }
    }

    /// <summary>Removes what killed processes left in a folder.</summary>
    public static void RemoveLeft(string folder)
    {
        foreach (var guard in Directory.EnumerateFiles(folder, $"{Prefix}*{Suffix}{GuardSuffix}"))
        {
            try
            {
                using var held = new FileStream(guard, FileMode.Open, FileAccess.Write, FileShare.None, 1, FileOptions.DeleteOnClose);
                var stem = guard[..^GuardSuffix.Length];
                File.Delete(stem);
                foreach (var left in Directory.EnumerateFiles(folder, Path.GetFileName(stem) + ".*").Where(file => file != guard))
                {
                    File.Delete(left);
                }
            }
            catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
            {
                // It is being written, or cannot be removed, which is no reason not to write beside it.
            }
        }
    }
}

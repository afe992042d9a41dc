using System.Diagnostics;
using System.Globalization;

namespace Graft.Testing.Faults;

/// <summary>The processes that a run started and that still run: those whose environment names the trial's folder.</summary>
internal static class LeftBehind
{
    /// <summary>Their command lines.</summary>
    public static IReadOnlyList<string> In(string folder) => [.. Find(folder).Select(process => process.Words)];

    /// <summary>Waits until the last of them has ended.</summary>
    public static void WaitForAll(string folder)
    {
        while (Find(folder) is { Count: > 0 } running)
        {
            foreach (var (id, _) in running)
            {
                WaitFor(id);
            }
        }
    }

    private static void WaitFor(int id)
    {
        try
        {
            using var process = Process.GetProcessById(id);
            process.WaitForExit();
        }
        catch (ArgumentException)
        {
            // It has ended.
        }
    }

    private static List<(int Id, string Words)> Find(string folder)
    {
        var found = new List<(int, string)>();
        foreach (var process in Directory.EnumerateDirectories("/proc"))
        {
            if (int.TryParse(Path.GetFileName(process), NumberStyles.None, CultureInfo.InvariantCulture, out var id)
                && Read(id, "environ").Contains($"HOME={folder}/", StringComparison.Ordinal))
            {
                found.Add((id, Read(id, "cmdline").Replace('\0', ' ')));
            }
        }

        return found;
    }

    // Empty for a process that has ended and is not waited for yet, and for one of somebody else.
    private static string Read(int id, string what)
    {
        try
        {
            return File.ReadAllText($"/proc/{id}/{what}");
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }
}

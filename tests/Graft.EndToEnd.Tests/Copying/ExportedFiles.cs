using System.Formats.Tar;
using Graft.Testing;

namespace Graft.EndToEnd.Tests.Copying;

/// <summary>The files of an image as <c>MODE USER:GROUP PATH[ -> TARGET][ = CONTENT]</c>, in order.</summary>
internal static class ExportedFiles
{
    /// <summary>Reads the archive that a builder made of the whole file system.</summary>
    public static IReadOnlyList<string> Read(string archive)
    {
        using var stream = File.OpenRead(archive);
        using var tar = new TarReader(stream);
        var entries = new List<string>();
        while (tar.GetNextEntry() is { } entry)
        {
            entries.Add(ImageWorkbench.Describe(entry));
        }

        return Flatten(entries);
    }

    /// <summary>Lays entries over each other; the last of a path stands.</summary>
    public static IReadOnlyList<string> Flatten(IEnumerable<string> entries)
    {
        var files = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var entry in entries)
        {
            var path = PathOf(entry);
            files[path.TrimEnd('/')] = entry.TrimEnd() is var line && line.EndsWith(path, StringComparison.Ordinal) ? line.TrimEnd('/') : line;
        }

        return [.. files.Values.Order(StringComparer.Ordinal)];
    }

    /// <summary>The path in such a line; no name in a random context has an arrow or an equals sign in it.</summary>
    public static string PathOf(string line) => line.Split(' ', 3)[2].Split([" -> ", " ="], 2, StringSplitOptions.None)[0];
}

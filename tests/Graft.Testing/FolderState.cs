using System.Security.Cryptography;

namespace Graft.Testing;

/// <summary>Everything that is in a folder: each path with its kind, its mode and what it holds. Hidden files, git's own and links are in it; times are not.</summary>
public sealed class FolderState
{
    private readonly SortedDictionary<string, string> entries = new(StringComparer.Ordinal);

    private FolderState()
    {
    }

    /// <summary>Takes it down.</summary>
    public static FolderState Of(string folder)
    {
        var state = new FolderState();
        state.Add(new DirectoryInfo(folder), folder);
        return state;
    }

    /// <summary>What is other in a later state, a line each: <c>new</c>, <c>gone</c> or <c>changed</c>, and the path. Paths that begin with one of these are left out.</summary>
    public IReadOnlyList<string> ChangesTo(FolderState later, params IReadOnlyList<string> except) =>
    [
        .. entries.Keys.Union(later.entries.Keys).Order(StringComparer.Ordinal)
            .Where(path => !except.Any(start => path.StartsWith(start, StringComparison.Ordinal)))
            .Select(path => (path, before: entries.GetValueOrDefault(path), after: later.entries.GetValueOrDefault(path)))
            .Where(entry => entry.before != entry.after)
            .Select(entry => entry.before is null ? $"new {entry.path}" : entry.after is null ? $"gone {entry.path}" : $"changed {entry.path}: {entry.before} -> {entry.after}"),
    ];

    private void Add(DirectoryInfo folder, string root)
    {
        foreach (var entry in folder.EnumerateFileSystemInfos("*", new EnumerationOptions { AttributesToSkip = FileAttributes.None, IgnoreInaccessible = true }))
        {
            var path = Path.GetRelativePath(root, entry.FullName);
            if (entry.LinkTarget is { } target)
            {
                entries[path] = $"link to {target}";
                continue;
            }

            entries[path] = $"{Convert.ToString((int)entry.UnixFileMode, 8)} {(entry is FileInfo file ? ContentOf(file) : "folder")}";
            if (entry is DirectoryInfo inner)
            {
                Add(inner, root);
            }
        }
    }

    private static string ContentOf(FileInfo file)
    {
        // A pipe has no length either, and opening it waits for somebody to write.
        if (file.Length == 0)
        {
            return "empty";
        }

        try
        {
            using var stream = file.OpenRead();
            return Convert.ToHexStringLower(SHA256.HashData(stream));
        }
        catch (UnauthorizedAccessException)
        {
            return $"{file.Length} bytes that cannot be read";
        }
    }
}

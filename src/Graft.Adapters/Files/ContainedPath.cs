using System.Text;
using Graft.Core.Failures;

namespace Graft.Adapters.Files;

/// <summary>Paths made of names from outside, which cannot leave their folder: a release, an asset, an archive member is data, not a place.</summary>
public static class ContainedPath
{
    private const int LongestName = 255;

    /// <summary>
    /// The path of one name in a folder. An input failure for a name that is empty, <c>.</c>, <c>..</c>, too long, has a separator, a
    /// control character or a drive's colon, and for one that is a symbolic link there.
    /// </summary>
    public static string Combine(string root, string name)
    {
        CheckName(name, name);
        return CheckTarget(Path.Combine(root, name), name);
    }

    /// <summary>The path of a relative path (with <c>/</c>) below a folder; each part is held to the rules of <see cref="Combine"/>.</summary>
    public static string CombineRelative(string root, string path)
    {
        var full = root;
        foreach (var part in path.Split('/'))
        {
            CheckName(part, path);
            full = CheckTarget(Path.Combine(full, part), path);
        }

        return full;
    }

    private static void CheckName(string name, string shown)
    {
        var reason = name switch
        {
            "" when shown.StartsWith('/') => "it is an absolute path",
            "" => "it is empty",
            "." or ".." => "it leads out of its folder",
            _ when name.Contains('\0', StringComparison.Ordinal) => "it holds a NUL",
            _ when name.Any(char.IsControl) => "it holds a control character",
            _ when name.StartsWith('/') => "it is an absolute path",
            _ when name.AsSpan().ContainsAny('/', '\\') => "it holds a path separator",
            // C:name is a place on another drive, name:stream another content of a file.
            _ when OperatingSystem.IsWindows() && name.Contains(':', StringComparison.Ordinal) => "it holds a colon",
            _ when Encoding.UTF8.GetByteCount(name) > LongestName => "it is too long",
            _ => null,
        };
        if (reason is not null)
        {
            throw GraftException.Input($"'{Printable(shown)}' cannot be the name of a file: {reason}");
        }
    }

    private static string CheckTarget(string path, string shown) =>
        new FileInfo(path).LinkTarget is null
            ? path
            : throw GraftException.Input($"'{Printable(shown)}' cannot be the name of a file: '{path}' is a symbolic link");

    private static string Printable(string name)
    {
        var text = string.Concat(name.Select(c => char.IsControl(c) ? $"\\x{(int)c:x2}" : c.ToString()));
        return text.Length > 100 ? text[..100] + "…" : text;
    }
}

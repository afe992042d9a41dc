using Graft.Core.Failures;

namespace Graft.Adapters.Git;

/// <summary>
/// Names that differ only in case. Where the disk takes them for one (macOS, Windows), a checkout would lack one of two files, or put the files of two
/// folders into one, and git would say nothing.
/// </summary>
internal static class LikeNames
{
    /// <summary>An input failure when the index holds two such names and git has found the disk to be of that kind.</summary>
    public static async Task RefuseAsync(GitCommand git, CancellationToken cancellationToken)
    {
        // What `git init` has just tried out and written down (git-config(1), core.ignoreCase).
        var ignores = await git.RunAsync(["config", "--type=bool", "core.ignoreCase"], cancellationToken);
        if (ignores.Text.TrimEnd() != "true")
        {
            return;
        }

        var listing = await git.DoAsync("cannot read the files' names", ["ls-files", "-z"], cancellationToken);
        if (Find(listing.Text.Split('\0', StringSplitOptions.RemoveEmptyEntries)) is var (first, second))
        {
            throw GraftException.Input($"'{first}' and '{second}' differ only in case, and are one name on this disk", "rename one of them, or build where the disk tells them apart");
        }
    }

    /// <summary>The first two paths, of files or of folders above them, that differ only in case; null when there are none.</summary>
    internal static (string First, string Second)? Find(IEnumerable<string> paths)
    {
        var seen = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var path in paths)
        {
            for (var end = path.IndexOf('/', StringComparison.Ordinal); ; end = path.IndexOf('/', end + 1))
            {
                var part = end < 0 ? path : path[..end];
                if (!seen.TryAdd(part, part) && seen[part] != part)
                {
                    return (seen[part], part);
                }

                if (end < 0)
                {
                    break;
                }
            }
        }

        return null;
    }
}

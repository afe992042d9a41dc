namespace Graft.Adapters.Git;

/// <summary>URLs of remotes and submodules, which may be relative to something.</summary>
internal static class SubmoduleUrl
{
    /// <summary>A remote's URL, with a path that is relative to the worktree made absolute. Git takes <c>HOST:PATH</c> for ssh unless a slash comes first.</summary>
    public static string Absolute(string url, string root)
    {
        var colon = url.IndexOf(':', StringComparison.Ordinal);
        var slash = url.IndexOf('/', StringComparison.Ordinal);
        var elsewhere = url.Length == 0 || url[0] is '/' or '~' || Path.IsPathRooted(url) || (colon > 0 && (slash < 0 || colon < slash));
        return elsewhere ? url : Path.GetFullPath(url, root);
    }

    /// <summary>
    /// A URL from .gitmodules: one that begins with <c>./</c> or <c>../</c> is relative to the superproject's own URL (gitmodules(5)), each
    /// <c>../</c> taking off its last part.
    /// </summary>
    public static string Resolve(string url, string superproject)
    {
        if (!url.StartsWith("./", StringComparison.Ordinal) && !url.StartsWith("../", StringComparison.Ordinal))
        {
            return url;
        }

        var parent = superproject.TrimEnd('/');
        var separator = '/';
        while (true)
        {
            if (url.StartsWith("./", StringComparison.Ordinal))
            {
                url = url[2..];
            }
            else if (url.StartsWith("../", StringComparison.Ordinal))
            {
                url = url[3..];
                var cut = parent.LastIndexOf('/');
                separator = cut < 0 ? ':' : '/';
                cut = cut < 0 ? parent.LastIndexOf(':') : cut;
                parent = cut < 0 ? parent : parent[..cut];
            }
            else
            {
                return $"{parent}{separator}{url.TrimEnd('/')}";
            }
        }
    }
}

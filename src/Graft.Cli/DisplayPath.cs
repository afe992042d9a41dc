namespace Graft.Cli;

/// <summary>Paths as they are shown: relative to where the user stands, unless that is far up.</summary>
internal static class DisplayPath
{
    public static string Of(string path)
    {
        // Where a release is looked at may be an address rather than a path.
        if (!Path.IsPathRooted(path))
        {
            return path;
        }

        var relative = Path.GetRelativePath(Environment.CurrentDirectory, path);
        return relative.StartsWith("../..", StringComparison.Ordinal) ? path : relative;
    }
}

using Graft.Core.Failures;

namespace Graft.Cli;

/// <summary>The folder in the user's cache where clean checkouts are made.</summary>
internal static class CacheFolder
{
    /// <summary>Its absolute path; an outside failure where the user has no home.</summary>
    public static string Find()
    {
        var cache = Environment.GetEnvironmentVariable("XDG_CACHE_HOME");
        if (!string.IsNullOrEmpty(cache) && Path.IsPathRooted(cache))
        {
            return Path.Combine(cache, "graft");
        }

        // Not verified: one that is missing is made, where it would else be left out and the rest of the path be one of the current folder.
        var home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile, Environment.SpecialFolderOption.DoNotVerify);
        return Path.IsPathRooted(home)
            ? Path.Combine(
                OperatingSystem.IsMacOS() ? Path.Combine(home, "Library", "Caches")
                : OperatingSystem.IsWindows() ? Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData)
                : Path.Combine(home, ".cache"),
                "graft")
            : throw GraftException.Outside("there is no folder for checkouts: the user has no home", "name one with the variable `XDG_CACHE_HOME`");
    }
}

using Graft.Core.Failures;

namespace Graft.Adapters.Git;

/// <summary>Whether a name from outside is one that a ref can have, so that it is neither a revision expression, nor an option, nor a pattern.</summary>
internal static class GitName
{
    /// <summary>The rules of git-check-ref-format(1) for what comes after <c>refs/tags/</c> or <c>refs/heads/</c>.</summary>
    public static bool IsRef(string name) =>
        name.Length is > 0 and <= 1024
        && !name.Any(c => char.IsControl(c) || c is ' ' or '~' or '^' or ':' or '?' or '*' or '[' or '\\')
        && !name.Contains("..", StringComparison.Ordinal) && !name.Contains("@{", StringComparison.Ordinal) && name != "@"
        && name[^1] != '.'
        && name.Split('/').All(part => part.Length > 0 && part[0] != '.' && !part.EndsWith(".lock", StringComparison.Ordinal));

    /// <summary>The name of a tag or branch that is to be made or pushed; an input failure when git could not have one of that name.</summary>
    public static string CheckRef(string kind, string name) =>
        IsRef(name) && name[0] != '-' ? name : throw GraftException.Input($"'{Printable(name)}' cannot be the name of a {kind}");

    /// <summary>A remote's name or URL; an input failure when it would be read as an option.</summary>
    public static string CheckRemote(string remote) =>
        remote.Length > 0 && remote[0] != '-' && !remote.Any(char.IsControl)
            ? remote
            : throw GraftException.Input($"'{Printable(remote)}' is not a remote");

    private static string Printable(string name) => string.Concat(name.Select(c => char.IsControl(c) ? '?' : c));
}

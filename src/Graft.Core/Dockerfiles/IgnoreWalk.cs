using System.Buffers;

namespace Graft.Core.Dockerfiles;

/// <summary>
/// Ignore rules as BuildKit applies them while it walks down a context (<c>filter.go</c> of tonistiigi/fsutil, <c>MatchesUsingParentResults</c> of
/// moby/patternmatcher). What matched a folder matches all below it; but a pattern that could not change the verdict on the folder is not looked at
/// there. So <c>!docs</c> brings nothing of docs back unless docs itself was ignored by a line above it.
/// </summary>
internal sealed class IgnoreWalk
{
    private static readonly SearchValues<char> Specials = SearchValues.Create("*[]?^\\");
    private readonly IReadOnlyList<IgnorePattern> patterns;

    // Null where an exception has wildcards in the middle: then every folder is looked into.
    private readonly IReadOnlyList<string>? plainExceptions;

    public IgnoreWalk(IReadOnlyList<IgnorePattern> patterns)
    {
        this.patterns = patterns;
        var exceptions = patterns.Where(pattern => pattern.IsException).Select(pattern => WithoutTrailingGlob(pattern.Text)).ToList();
        plainExceptions = exceptions.Exists(text => text.AsSpan().ContainsAny(Specials)) ? null : exceptions;
    }

    /// <summary>Whether the walk leaves the path out, or does not come to it.</summary>
    public bool IsIgnored(string path)
    {
        var matched = new bool[patterns.Count];
        for (var slash = path.IndexOf('/', StringComparison.Ordinal); slash >= 0; slash = path.IndexOf('/', slash + 1))
        {
            var folder = path[..slash];
            if (Visit(folder, matched) && !LooksInto(folder))
            {
                return true;
            }
        }

        return Visit(path, matched);
    }

    private bool Visit(string path, bool[] matched)
    {
        var ignored = false;
        for (var i = 0; i < patterns.Count; i++)
        {
            matched[i] = matched[i] || (patterns[i].IsException == ignored && patterns[i].IsMatch(path));
            ignored = matched[i] ? !patterns[i].IsException : ignored;
        }

        return ignored;
    }

    private bool LooksInto(string ignoredFolder) =>
        plainExceptions is null || plainExceptions.Any(exception => (exception + "/").StartsWith(ignoredFolder + "/", StringComparison.Ordinal));

    private static string WithoutTrailingGlob(string text)
    {
        text = text.EndsWith("/**", StringComparison.Ordinal) ? text[..^3] : text;
        return text.EndsWith("/*", StringComparison.Ordinal) ? text[..^2] : text;
    }
}

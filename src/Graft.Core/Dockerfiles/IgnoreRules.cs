using Graft.Core.Failures;

namespace Graft.Core.Dockerfiles;

/// <summary>
/// The rules of a <c>.dockerignore</c> as docker applies them (moby/patternmatcher): patterns in order, the last that matches wins, <c>!</c>
/// takes a path back in, a pattern that matches a folder matches everything below it. With exceptions BuildKit knows two answers, that of its walk
/// (<see cref="IgnoreWalk"/>) and that for one path alone, which buildah gives too.
/// </summary>
public sealed class IgnoreRules
{
    private readonly IReadOnlyList<IgnorePattern> patterns;
    private readonly IgnoreWalk walk;

    private IgnoreRules(IReadOnlyList<IgnorePattern> patterns)
    {
        this.patterns = patterns;
        walk = new IgnoreWalk(patterns);
        HasExceptions = patterns.Any(pattern => pattern.IsException);
    }

    /// <summary>Rules that ignore nothing.</summary>
    public static IgnoreRules None { get; } = new([]);

    /// <summary>Whether any rule begins with <c>!</c>: only then can a path below an ignored folder matter.</summary>
    public bool HasExceptions { get; }

    /// <summary>Reads the file's text; a pattern that docker refuses is an input failure that names <paramref name="file"/> and the line.</summary>
    public static IgnoreRules Parse(string text, string file)
    {
        var read = new List<IgnorePattern>();
        var number = 0;
        foreach (var raw in text.TrimStart('\uFEFF').Split('\n'))
        {
            number++;
            // A comment begins in the first column; a line with spaces before the sign is a pattern.
            var line = raw.StartsWith('#') ? "" : raw.Trim();
            if (line.Length == 0)
            {
                continue;
            }

            var isException = line[0] == '!';
            var body = isException ? line[1..].Trim() : line;
            var path = body.Length == 0 ? "" : UnixPath.Clean(body);
            path = path.Length > 1 && path[0] == '/' ? path[1..] : path;
            read.Add(path.Length > 0 && IgnorePattern.TryParse(path, isException) is { } pattern
                ? pattern
                : throw new SourceLocation(file, number, 1).Error($"'{line}' is not a pattern", "an opening bracket needs a closing one, and `!` a path"));
        }

        return new IgnoreRules(read);
    }

    /// <summary>
    /// Whether a path (relative to the context, with <c>/</c>) stays out of a build. A path has to be let in by the walk, which finds it, and alone,
    /// which is how fsutil's <c>filterFS.Open</c> asks for its content.
    /// </summary>
    public bool IsIgnored(string path) => IsIgnoredAlone(path) || (HasExceptions && walk.IsIgnored(path));

    /// <summary>Whether a path stays out of a build whichever way a builder reads the rules.</summary>
    public bool IsIgnoredByAll(string path) => IsIgnoredAlone(path) && (!HasExceptions || walk.IsIgnored(path));

    private bool IsIgnoredAlone(string path)
    {
        var ignored = false;
        foreach (var pattern in patterns)
        {
            // Only a rule that could change the verdict is looked at, as docker does.
            if (pattern.IsException == ignored && pattern.IsMatchOrBelow(path))
            {
                ignored = !pattern.IsException;
            }
        }

        return ignored;
    }
}

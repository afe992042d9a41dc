namespace Graft.Core.Dockerfiles;

/// <summary>One line of a <c>.dockerignore</c>, cleaned.</summary>
internal sealed class IgnorePattern
{
    private readonly Func<string, bool> matches;

    private IgnorePattern(string text, bool isException, Func<string, bool> matches)
    {
        Text = text;
        IsException = isException;
        this.matches = matches;
    }

    /// <summary>The pattern, cleaned, without its <c>!</c>.</summary>
    public string Text { get; }

    /// <summary>Whether the line began with <c>!</c>.</summary>
    public bool IsException { get; }

    /// <summary>Reads a cleaned pattern; null for one that Go's <c>filepath.Match</c> finds malformed.</summary>
    public static IgnorePattern? TryParse(string pattern, bool isException)
    {
        // Docker does not treat these two shapes as segments: `**x` is any path that ends with `x`, `x**` any that begins with `x`.
        if (pattern.StartsWith("**", StringComparison.Ordinal) && !HasSpecials(pattern.AsSpan(2)))
        {
            var suffix = pattern[2..];
            return new IgnorePattern(pattern, isException, path =>
                path.EndsWith(suffix, StringComparison.Ordinal) || (suffix.StartsWith('/') && path == suffix[1..]));
        }

        if (pattern.EndsWith("**", StringComparison.Ordinal) && !HasSpecials(pattern.AsSpan(0, pattern.Length - 2)))
        {
            var prefix = pattern[..^2];
            return new IgnorePattern(pattern, isException, path => path.StartsWith(prefix, StringComparison.Ordinal));
        }

        return Tokens(pattern) is { } tokens ? new IgnorePattern(pattern, isException, path => new Glob(tokens).IsMatch(path)) : null;
    }

    /// <summary>Whether the pattern matches exactly this path.</summary>
    public bool IsMatch(string path) => matches(path);

    /// <summary>Whether the pattern matches the path or a folder above it.</summary>
    public bool IsMatchOrBelow(string path)
    {
        if (matches(path))
        {
            return true;
        }

        for (var slash = path.IndexOf('/', StringComparison.Ordinal); slash >= 0; slash = path.IndexOf('/', slash + 1))
        {
            if (matches(path[..slash]))
            {
                return true;
            }
        }

        return false;
    }

    private static bool HasSpecials(ReadOnlySpan<char> text) => text.ContainsAny("*?[]\\");

    private static List<GlobToken>? Tokens(string pattern)
    {
        var tokens = new List<GlobToken>();
        for (var i = 0; i < pattern.Length;)
        {
            switch (pattern[i])
            {
                case '*' when i + 1 < pattern.Length && pattern[i + 1] == '*':
                    i += 2;
                    // `**/` is any number of folders, none included; so is `**` before anything else. At the end it is everything.
                    i += i < pattern.Length && pattern[i] == '/' ? 1 : 0;
                    tokens.Add(i == pattern.Length ? GlobToken.Anything : GlobToken.Folders);
                    break;
                case '*':
                    tokens.Add(GlobToken.AnythingInSegment);
                    i++;
                    break;
                case '?':
                    tokens.Add(GlobToken.OneInSegment);
                    i++;
                    break;
                case '[':
                    if (GlobToken.TryReadClass(pattern, ref i) is not { } characters)
                    {
                        return null;
                    }

                    tokens.Add(characters);
                    break;
                case '\\':
                    if (i + 1 == pattern.Length)
                    {
                        return null;
                    }

                    tokens.Add(GlobToken.Literal(pattern[i + 1]));
                    i += 2;
                    break;
                default:
                    tokens.Add(GlobToken.Literal(pattern[i++]));
                    break;
            }
        }

        return tokens;
    }
}

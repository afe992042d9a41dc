namespace Graft.Core.Dockerfiles;

/// <summary>A COPY source with wildcards, by the rules of Go's <c>filepath.Match</c>: <c>*</c>, <c>?</c> and <c>[a-z]</c> stay within one path segment.</summary>
public sealed class PathPattern
{
    private readonly Glob glob;

    private PathPattern(Glob glob) => this.glob = glob;

    /// <summary>Whether the text has a character that means more than itself and no backslash before it.</summary>
    public static bool HasWildcards(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] is '*' or '?' or '[')
            {
                return true;
            }

            i += text[i] == '\\' ? 1 : 0;
        }

        return false;
    }

    /// <summary>Reads the pattern of one path segment; one that Go refuses is a <see cref="FormatException"/>.</summary>
    public static PathPattern Parse(string segment)
    {
        var tokens = new List<GlobToken>();
        for (var i = 0; i < segment.Length;)
        {
            var c = segment[i];
            if (c == '[')
            {
                tokens.Add(GlobToken.TryReadClass(segment, ref i) ?? throw new FormatException($"'{segment}' is not a pattern: a bracket is not closed"));
                continue;
            }

            if (c == '\\' && ++i == segment.Length)
            {
                throw new FormatException($"'{segment}' is not a pattern: it ends with an escape");
            }

            tokens.Add(c switch { '*' => GlobToken.AnythingInSegment, '?' => GlobToken.OneInSegment, _ => GlobToken.Literal(segment[i]) });
            i++;
        }

        return new PathPattern(new Glob(tokens));
    }

    /// <summary>Whether one path segment matches.</summary>
    public bool IsMatch(string name) => glob.IsMatch(name);
}

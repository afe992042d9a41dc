using System.Text;

namespace Graft.Core.Dockerfiles;

/// <summary>The patterns of <c>${X#p}</c>, <c>${X%p}</c> and <c>${X/p/r}</c>: <c>*</c>, <c>?</c> and a backslash before one of them.</summary>
internal static class ShellPattern
{
    /// <summary>The value without the shortest or longest start that the pattern matches.</summary>
    public static string TrimStart(string value, string pattern, bool longest)
    {
        var glob = Compile(pattern);
        foreach (var length in Lengths(value.Length, longest))
        {
            if (glob.IsMatch(value.AsSpan(0, length)))
            {
                return value[length..];
            }
        }

        return value;
    }

    /// <summary>The value without the shortest or longest end that the pattern matches.</summary>
    public static string TrimEnd(string value, string pattern, bool longest)
    {
        var glob = Compile(pattern);
        foreach (var length in Lengths(value.Length, longest))
        {
            if (glob.IsMatch(value.AsSpan(value.Length - length)))
            {
                return value[..^length];
            }
        }

        return value;
    }

    /// <summary>The value with the first or every match (the longest from the left) replaced.</summary>
    public static string Replace(string value, string pattern, string replacement, bool all)
    {
        var glob = Compile(pattern);
        var result = new StringBuilder();
        var at = 0;
        while (at < value.Length)
        {
            var length = Lengths(value.Length - at, longest: true).FirstOrDefault(length => glob.IsMatch(value.AsSpan(at, length)), -1);
            if (length <= 0)
            {
                result.Append(value[at++]);
                continue;
            }

            result.Append(replacement);
            at += length;
            if (!all)
            {
                break;
            }
        }

        return result.Append(value, at, value.Length - at).ToString();
    }

    private static IEnumerable<int> Lengths(int most, bool longest) =>
        longest ? Enumerable.Range(0, most + 1).Reverse() : Enumerable.Range(0, most + 1);

    private static Glob Compile(string pattern)
    {
        var tokens = new List<GlobToken>();
        for (var i = 0; i < pattern.Length; i++)
        {
            switch (pattern[i])
            {
                case '*':
                    tokens.Add(GlobToken.Anything);
                    break;
                case '?':
                    tokens.Add(GlobToken.One);
                    break;
                case '\\' when i + 1 < pattern.Length:
                    tokens.Add(GlobToken.Literal(pattern[++i]));
                    break;
                default:
                    tokens.Add(GlobToken.Literal(pattern[i]));
                    break;
            }
        }

        return new Glob(tokens);
    }
}

namespace Graft.Core.Dockerfiles;

/// <summary>A compiled wildcard pattern. Matching takes time in proportion to pattern × text, whatever the pattern.</summary>
internal sealed class Glob(IReadOnlyList<GlobToken> tokens)
{
    /// <summary>Whether the whole text matches.</summary>
    public bool IsMatch(ReadOnlySpan<char> text)
    {
        // One row of "the text up to here matches the tokens so far", carried from token to token: no backtracking.
        var row = new bool[text.Length + 1];
        row[0] = true;
        foreach (var token in tokens)
        {
            Apply(token, text, row);
        }

        return row[text.Length];
    }

    private static void Apply(GlobToken token, ReadOnlySpan<char> text, bool[] row)
    {
        switch (token.Kind)
        {
            case GlobTokenKind.Anything:
                for (var i = 1; i < row.Length; i++)
                {
                    row[i] |= row[i - 1];
                }

                break;
            case GlobTokenKind.AnythingInSegment:
                for (var i = 1; i < row.Length; i++)
                {
                    row[i] |= row[i - 1] && text[i - 1] != '/';
                }

                break;
            case GlobTokenKind.Folders:
                var reachable = row[0];
                for (var i = 1; i < row.Length; i++)
                {
                    var here = row[i];
                    row[i] |= reachable && text[i - 1] == '/';
                    reachable |= here;
                }

                break;
            default:
                for (var i = row.Length - 1; i > 0; i--)
                {
                    row[i] = row[i - 1] && token.Accepts(text[i - 1]);
                }

                row[0] = false;
                break;
        }
    }
}

/// <summary>What one part of a pattern matches.</summary>
internal enum GlobTokenKind
{
    /// <summary>One given character.</summary>
    Literal,

    /// <summary>Any one character.</summary>
    One,

    /// <summary>Any one character but a slash.</summary>
    OneInSegment,

    /// <summary>One of a class of characters.</summary>
    Class,

    /// <summary>Any text.</summary>
    Anything,

    /// <summary>Any text without a slash.</summary>
    AnythingInSegment,

    /// <summary>Nothing, or any text that ends with a slash.</summary>
    Folders,
}

/// <summary>One part of a pattern; ranges are those of a class.</summary>
internal sealed record GlobToken(GlobTokenKind Kind, char Character = '\0', bool Negated = false, IReadOnlyList<(char From, char To)>? Ranges = null)
{
    public static GlobToken Anything { get; } = new(GlobTokenKind.Anything);

    public static GlobToken AnythingInSegment { get; } = new(GlobTokenKind.AnythingInSegment);

    public static GlobToken One { get; } = new(GlobTokenKind.One);

    public static GlobToken OneInSegment { get; } = new(GlobTokenKind.OneInSegment);

    public static GlobToken Folders { get; } = new(GlobTokenKind.Folders);

    public static GlobToken Literal(char c) => new(GlobTokenKind.Literal, c);

    public bool Accepts(char c) => Kind switch
    {
        GlobTokenKind.Literal => c == Character,
        GlobTokenKind.OneInSegment => c != '/',
        GlobTokenKind.Class => Ranges!.Any(range => c >= range.From && c <= range.To) != Negated,
        _ => true,
    };

    /// <summary>
    /// Reads the class whose bracket opens at <paramref name="at"/> and moves past its end; null when it does not close or is empty
    /// (Go's <c>filepath.Match</c> has the same grammar).
    /// </summary>
    public static GlobToken? TryReadClass(string pattern, ref int at)
    {
        var i = at + 1;
        var negated = i < pattern.Length && pattern[i] == '^';
        i += negated ? 1 : 0;
        var ranges = new List<(char, char)>();
        while (i < pattern.Length && !(pattern[i] == ']' && ranges.Count > 0))
        {
            if (ReadCharacter(pattern, ref i) is not { } from)
            {
                return null;
            }

            var to = from;
            if (i < pattern.Length && pattern[i] == '-')
            {
                i++;
                if (ReadCharacter(pattern, ref i) is not { } end)
                {
                    return null;
                }

                to = end;
            }

            ranges.Add((from, to));
        }

        if (i >= pattern.Length)
        {
            return null;
        }

        at = i + 1;
        return new GlobToken(GlobTokenKind.Class, Negated: negated, Ranges: ranges);
    }

    private static char? ReadCharacter(string pattern, ref int at)
    {
        if (at < pattern.Length && pattern[at] == '\\')
        {
            at++;
        }
        else if (at < pattern.Length && pattern[at] is '-' or ']')
        {
            return null;
        }

        return at < pattern.Length ? pattern[at++] : null;
    }
}

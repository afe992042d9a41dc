using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Graft.Core.Products;

/// <summary>One segment of a glob: tokens that each match one character, and stars that match any number.</summary>
internal sealed class GlobSegment
{
    private readonly IReadOnlyList<Token> tokens;

    private GlobSegment(IReadOnlyList<Token> tokens)
    {
        this.tokens = tokens;
        Literal = tokens.All(token => token.Kind == Kind.Character) ? string.Concat(tokens.Select(token => token.Character)) : null;
    }

    private enum Kind
    {
        Character,
        Any,
        Class,
        Star,
    }

    /// <summary>The one name it matches, or null when it has a wildcard.</summary>
    public string? Literal { get; }

    public static bool TryParse(string text, [NotNullWhen(true)] out GlobSegment? segment, [NotNullWhen(false)] out string? problem)
    {
        segment = null;
        problem = null;
        var parsed = new List<Token>();
        for (var index = 0; index < text.Length; index++)
        {
            switch (text[index])
            {
                case '*':
                    parsed.Add(new Token(Kind.Star));
                    break;
                case '?':
                    parsed.Add(new Token(Kind.Any));
                    break;
                case '\\' when index + 1 < text.Length:
                    parsed.Add(new Token(Kind.Character, text[++index]));
                    break;
                case '\\':
                    problem = "it ends in a backslash";
                    return false;
                case '[':
                    // A bracket right after the opening one (or its `!`) stands for itself.
                    var first = index + 1 < text.Length && text[index + 1] is '!' or '^' ? index + 2 : index + 1;
                    var close = first + 1 < text.Length ? text.IndexOf(']', first + 1) : -1;
                    if (close < 0)
                    {
                        problem = "a `[` is not closed";
                        return false;
                    }

                    parsed.Add(new Token(Kind.Class, Set: text[first..close], IsNegated: first == index + 2));
                    index = close;
                    break;
                default:
                    parsed.Add(new Token(Kind.Character, text[index]));
                    break;
            }
        }

        segment = new GlobSegment(parsed);
        return true;
    }

    public bool IsMatch(string name) => Literal is not null ? Literal == name : Lengths(name) is not null;

    /// <summary>Adds what the wildcards matched in a name that matches; neighbouring wildcards give one text.</summary>
    public void Capture(string name, List<string> captures)
    {
        if (Literal is not null)
        {
            return;
        }

        var lengths = Lengths(name)!;
        var position = 0;
        var current = (StringBuilder?)null;
        for (var index = 0; index < tokens.Count; position += lengths[index++])
        {
            if (tokens[index].Kind == Kind.Character)
            {
                Flush();
            }
            else
            {
                current = (current ?? new StringBuilder()).Append(name, position, lengths[index]);
            }
        }

        Flush();

        void Flush()
        {
            if (current is not null)
            {
                captures.Add(current.ToString());
                current = null;
            }
        }
    }

    // The same two-pointer walk as that of whole segments: only the last star ever needs to take more.
    private int[]? Lengths(string name)
    {
        var lengths = new int[tokens.Count];
        var (token, position, star, resume) = (0, 0, -1, 0);
        while (token < tokens.Count || position < name.Length)
        {
            if (token < tokens.Count && tokens[token].Kind == Kind.Star)
            {
                (star, resume) = (token, position);
                lengths[token++] = 0;
            }
            else if (token < tokens.Count && position < name.Length && tokens[token].Fits(name[position]))
            {
                lengths[token++] = 1;
                position++;
            }
            else if (star >= 0 && resume < name.Length)
            {
                lengths[star]++;
                (token, position) = (star + 1, ++resume);
            }
            else
            {
                return null;
            }
        }

        return lengths;
    }

    private readonly record struct Token(Kind Kind, char Character = '\0', string Set = "", bool IsNegated = false)
    {
        public bool Fits(char c) => Kind switch
        {
            Kind.Character => c == Character,
            Kind.Class => InSet(c) != IsNegated,
            _ => true,
        };

        private bool InSet(char c)
        {
            for (var index = 0; index < Set.Length; index++)
            {
                if (index + 2 < Set.Length && Set[index + 1] == '-')
                {
                    if (c >= Set[index] && c <= Set[index + 2])
                    {
                        return true;
                    }

                    index += 2;
                }
                else if (Set[index] == c)
                {
                    return true;
                }
            }

            return false;
        }
    }
}

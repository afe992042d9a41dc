using Graft.Core.Failures;

namespace Graft.Core.Bake;

/// <summary>The characters of an HCL file with a place in them, and what may stand between its words.</summary>
internal sealed class HclText(string text, string file)
{
    private readonly List<int> lineStarts = LineStarts(text);

    public int Position { get; set; }

    public int Length => text.Length;

    public bool AtEnd => Position >= text.Length;

    /// <summary>The character here, or NUL at the end.</summary>
    public char Current => Peek(0);

    public SourceLocation Place => At(Position);

    public char Peek(int ahead) => Position + ahead < text.Length ? text[Position + ahead] : '\0';

    public string Slice(int start, int end) => text[start..end];

    public bool StartsWith(string word) => text.AsSpan(Math.Min(Position, text.Length)).StartsWith(word, StringComparison.Ordinal);

    public SourceLocation At(int position)
    {
        var found = lineStarts.BinarySearch(position);
        var line = found >= 0 ? found : ~found - 1;
        return new SourceLocation(file, line + 1, position - lineStarts[line] + 1);
    }

    public bool TryTake(string word)
    {
        var here = StartsWith(word);
        Position += here ? word.Length : 0;
        return here;
    }

    /// <summary>Passes over blanks and comments, and over line ends where they mean nothing.</summary>
    public void SkipBlanks(bool newlines)
    {
        while (!AtEnd)
        {
            if (Current is ' ' or '\t' or '\r' || (newlines && Current == '\n'))
            {
                Position++;
            }
            else if (Current == '#' || StartsWith("//"))
            {
                var end = text.IndexOf('\n', Position);
                Position = end < 0 ? text.Length : end;
            }
            else if (StartsWith("/*"))
            {
                var end = text.IndexOf("*/", Position + 2, StringComparison.Ordinal);
                Position = end < 0 ? throw Place.Error("a comment is not closed") : end + 2;
            }
            else
            {
                return;
            }
        }
    }

    /// <summary>An identifier (letters, digits, <c>_</c>, <c>-</c>), or null where none begins.</summary>
    public string? TakeName()
    {
        if (!char.IsLetter(Current) && Current != '_')
        {
            return null;
        }

        var start = Position;
        while (char.IsLetterOrDigit(Current) || Current is '_' or '-')
        {
            Position++;
        }

        return text[start..Position];
    }

    /// <summary>The rest of the line without its end, and moves to the next.</summary>
    public string TakeLine()
    {
        var start = Position;
        var end = text.IndexOf('\n', start);
        Position = end < 0 ? text.Length : end + 1;
        return text[start..(end < 0 ? text.Length : end)].TrimEnd('\r');
    }

    private static List<int> LineStarts(string text)
    {
        var starts = new List<int> { 0 };
        for (var at = text.IndexOf('\n', StringComparison.Ordinal); at >= 0; at = text.IndexOf('\n', at + 1))
        {
            starts.Add(at + 1);
        }

        return starts;
    }
}

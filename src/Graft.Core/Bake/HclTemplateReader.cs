using System.Globalization;
using System.Text;
using Graft.Core.Failures;

namespace Graft.Core.Bake;

/// <summary>Reads quoted texts and heredocs with their interpolations (hclsyntax/spec.md, "Template Expressions").</summary>
internal sealed class HclTemplateReader(HclText text, HclExpressionReader expressions)
{
    private readonly List<HclExpression> parts = [];
    private readonly StringBuilder run = new();

    /// <summary>A quoted text, from its opening quote to its closing one.</summary>
    public HclTemplate Quoted()
    {
        var place = text.Place;
        text.Position++;
        while (text.Current != '"')
        {
            if (text.AtEnd || text.Current == '\n')
            {
                throw place.Error("a quoted text is not closed");
            }

            if (text.Current == '\\')
            {
                Escape();
            }
            else
            {
                Next();
            }
        }

        text.Position++;
        Flush();
        return new HclTemplate(place, parts);
    }

    /// <summary>A heredoc; <c>&lt;&lt;-</c> takes the indentation off that all its lines share.</summary>
    public HclTemplate Heredoc()
    {
        var place = text.Place;
        text.Position += 2;
        var strips = text.TryTake("-");
        var mark = text.TakeName() ?? throw place.Error("a heredoc has no mark after `<<`");
        text.TakeLine();
        var lines = new List<string>();
        while (true)
        {
            var start = text.Position;
            if (text.AtEnd)
            {
                throw place.Error($"the heredoc '{mark}' has no end");
            }

            var line = text.TakeLine();
            if (line.Trim() == mark)
            {
                // The line's end belongs to what comes after the value.
                text.Position = start + line.Length;
                break;
            }

            lines.Add(line);
        }

        var indent = strips ? lines.Where(line => line.Trim().Length > 0).Select(line => line.Length - line.TrimStart().Length).DefaultIfEmpty(0).Min() : 0;
        var content = string.Concat(lines.Select(line => line[Math.Min(indent, line.Length)..] + "\n"));
        return new HclTemplate(place, Parts(content, place));
    }

    /// <summary>A text that is a template all the same, as every string of a bake file in JSON is.</summary>
    public static HclTemplate Of(string content, SourceLocation place) => new(place, Parts(content, place));

    private static List<HclExpression> Parts(string content, SourceLocation place)
    {
        var inner = new HclText(content, place.File);
        var reader = new HclTemplateReader(inner, new HclExpressionReader(inner));
        try
        {
            while (!inner.AtEnd)
            {
                reader.Next();
            }
        }
        catch (GraftException)
        {
            // Places within it would be off: the whole is named.
            throw place.Error("an interpolation in this text cannot be read");
        }

        reader.Flush();
        return reader.parts;
    }

    private void Next()
    {
        if (text.TryTake("$${"))
        {
            run.Append("${");
        }
        else if (text.TryTake("%%{"))
        {
            run.Append("%{");
        }
        else if (text.StartsWith("%{"))
        {
            throw text.Place.Error("a directive (`%{ … }`) is not read here");
        }
        else if (text.TryTake("${"))
        {
            _ = text.TryTake("~");
            Flush();
            parts.Add(expressions.Interpolation());
        }
        else
        {
            run.Append(text.Current);
            text.Position++;
        }
    }

    private void Escape()
    {
        var place = text.Place;
        var sign = text.Peek(1);
        text.Position += 2;
        switch (sign)
        {
            case 'n':
                run.Append('\n');
                break;
            case 't':
                run.Append('\t');
                break;
            case 'r':
                run.Append('\r');
                break;
            case '"' or '\\':
                run.Append(sign);
                break;
            case 'u' or 'U':
                var digits = sign == 'u' ? 4 : 8;
                var code = text.Position + digits <= text.Length ? text.Slice(text.Position, text.Position + digits) : "";
                if (!int.TryParse(code, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var number) || !Rune.IsValid(number))
                {
                    throw place.Error("a `\\u` is no character");
                }

                run.Append(new Rune(number));
                text.Position += digits;
                break;
            default:
                throw place.Error($"'\\{sign}' is no escape");
        }
    }

    private void Flush()
    {
        if (run.Length > 0)
        {
            parts.Add(new HclLiteral(text.Place, new BakeText(run.ToString())));
            run.Clear();
        }
    }
}

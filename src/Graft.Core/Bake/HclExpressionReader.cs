using System.Globalization;
using Graft.Core.Failures;

namespace Graft.Core.Bake;

/// <summary>Reads HCL's expressions, by precedence (hclsyntax/spec.md, "Operators").</summary>
internal sealed partial class HclExpressionReader(HclText text)
{
    private const int MaximumDepth = 64;
    private static readonly string[][] Levels = [["||"], ["&&"], ["==", "!="], ["<=", ">=", "<", ">"], ["+", "-"], ["*", "/", "%"]];

    private int depth;
    // Within brackets a line's end means nothing.
    private int brackets;

    public HclExpression Read() => Deeper(Condition);

    public HclTemplate Quoted() => new HclTemplateReader(text, this).Quoted();

    /// <summary>What an interpolation holds, up to its closing brace.</summary>
    public HclExpression Interpolation()
    {
        var inner = Bracketed(Whole);
        _ = text.TryTake("~");
        return text.TryTake("}") ? inner : throw text.Place.Error("a `${` is not closed");
    }

    private HclExpression Deeper(Func<HclExpression> read)
    {
        if (depth >= MaximumDepth)
        {
            throw text.Place.Error($"an expression is nested deeper than {MaximumDepth} levels");
        }

        depth++;
        try
        {
            return read();
        }
        finally
        {
            depth--;
        }
    }

    private T Bracketed<T>(Func<T> read)
    {
        brackets++;
        try
        {
            Skip();
            return read();
        }
        finally
        {
            brackets--;
        }
    }

    private HclExpression Whole()
    {
        var read = Read();
        Skip();
        return read;
    }

    private void Skip() => text.SkipBlanks(newlines: brackets > 0);

    private HclExpression Condition()
    {
        var place = text.Place;
        var condition = Binary(0);
        Skip();
        if (!text.TryTake("?"))
        {
            return condition;
        }

        Skip();
        var then = Read();
        Skip();
        if (!text.TryTake(":"))
        {
            throw text.Place.Error("a `?` has no `:`");
        }

        Skip();
        return new HclCondition(place, condition, then, Read());
    }

    private HclExpression Binary(int level)
    {
        if (level == Levels.Length)
        {
            return Unary();
        }

        var place = text.Place;
        var left = Binary(level + 1);
        while (true)
        {
            Skip();
            var sign = Levels[level].FirstOrDefault(text.StartsWith);
            if (sign is null)
            {
                return left;
            }

            text.Position += sign.Length;
            Skip();
            left = new HclBinary(place, sign, left, Binary(level + 1));
        }
    }

    private HclExpression Unary()
    {
        var place = text.Place;
        if (text.Current is not ('!' or '-'))
        {
            return Postfix(Primary());
        }

        var sign = text.Current;
        text.Position++;
        Skip();
        return new HclUnary(place, sign, Deeper(Unary));
    }

    private HclExpression Postfix(HclExpression value)
    {
        while (true)
        {
            var place = text.Place;
            if (text.Current == '.' && text.Peek(1) != '.')
            {
                text.Position++;
                value = text.TryTake("*") ? new HclUnread(place)
                    : new HclMember(place, value, Text(place, text.TakeName() ?? Digits() ?? throw place.Error("a `.` has no name after it")));
            }
            else if (text.Current == '[')
            {
                text.Position++;
                var splat = false;
                var key = Bracketed(() => (splat = text.TryTake("*")) ? new HclUnread(place) : Whole());
                Close("]", "[");
                value = splat ? key : new HclMember(place, value, key);
            }
            else
            {
                return value;
            }
        }
    }

    private HclExpression Primary()
    {
        var place = text.Place;
        switch (text.Current)
        {
            case '"':
                return Quoted();
            case '<' when text.StartsWith("<<"):
                return new HclTemplateReader(text, this).Heredoc();
            case '(':
                text.Position++;
                var inner = Bracketed(Whole);
                Close(")", "(");
                return inner;
            case '[':
                text.Position++;
                return Bracketed(() => For(place, "]") ?? (HclExpression)new HclList(place, Items("]")));
            case '{':
                text.Position++;
                return Bracketed(() => For(place, "}") ?? (HclExpression)new HclMap(place, Pairs()));
            default:
                return Digits() is { } number ? Text(place, number) : Named(place);
        }
    }

    private HclExpression Named(SourceLocation place)
    {
        var name = text.TakeName() ?? throw place.Error(text.AtEnd ? "a value is missing at the file's end" : $"'{text.Current}' begins no value");
        while (text.TryTake("::"))
        {
            name += "::" + text.TakeName();
        }

        if (text.Current == '(')
        {
            text.Position++;
            var spreads = false;
            var arguments = Bracketed(() => Items(")", () => spreads = text.TryTake("...")));
            return new HclCall(place, name, arguments, spreads);
        }

        return name switch
        {
            "true" => new HclLiteral(place, BakeValue.True),
            "false" => new HclLiteral(place, BakeValue.False),
            "null" => new HclLiteral(place, BakeValue.Null),
            _ => new HclVariable(place, name),
        };
    }

    private string? Digits()
    {
        var start = text.Position;
        while (char.IsAsciiDigit(text.Current) || (text.Current == '.' && char.IsAsciiDigit(text.Peek(1)) && text.Position > start))
        {
            text.Position++;
        }

        var digits = text.Slice(start, text.Position);
        return digits.Length == 0 ? null : double.TryParse(digits, CultureInfo.InvariantCulture, out _) ? digits : throw text.At(start).Error($"'{digits}' is not a number");
    }

    private void Close(string close, string what)
    {
        if (!text.TryTake(close))
        {
            throw text.Place.Error($"a `{what}` has no `{close}`");
        }
    }

    private static HclLiteral Text(SourceLocation place, string value) => new(place, new BakeText(value));
}

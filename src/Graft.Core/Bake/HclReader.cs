using Graft.Core.Failures;

namespace Graft.Core.Bake;

/// <summary>
/// Reads the structure of an HCL file: attributes and blocks. What cannot be read costs its own line or block and is reported with its place;
/// the rest of the file is read all the same.
/// </summary>
internal sealed class HclReader
{
    private const int MaximumLength = 1024 * 1024;
    private const int MaximumDepth = 64;

    private readonly HclText text;
    private readonly HclExpressionReader expressions;
    private readonly List<string> problems = [];

    private HclReader(string text, string file)
    {
        this.text = new HclText(text, file);
        expressions = new HclExpressionReader(this.text);
    }

    /// <summary>Reads a file; only one that is too large or holds a NUL is refused as a whole.</summary>
    public static HclFile Read(string text, string file)
    {
        var start = new SourceLocation(file, 1, 1);
        if (text.Length > MaximumLength)
        {
            throw start.Error($"the file is larger than {MaximumLength / 1024} KiB");
        }

        if (text.Contains('\0', StringComparison.Ordinal))
        {
            throw start.Error("the file holds a NUL character");
        }

        var reader = new HclReader(text.TrimStart('\uFEFF'), file);
        var body = reader.Body(0);
        return new HclFile(body, reader.problems);
    }

    private HclBody Body(int depth)
    {
        var attributes = new List<HclAttribute>();
        var blocks = new List<HclBlock>();
        while (true)
        {
            var start = text.Position;
            try
            {
                text.SkipBlanks(newlines: true);
                start = text.Position;
                if (text.AtEnd || (text.Current == '}' && depth > 0))
                {
                    return new HclBody(attributes, blocks);
                }

                Item(depth, attributes, blocks);
            }
            catch (GraftException failure) when (failure.Kind == FailureKind.Input)
            {
                problems.Add(failure.Message);
                Recover(start);
            }
        }
    }

    private void Item(int depth, List<HclAttribute> attributes, List<HclBlock> blocks)
    {
        var place = text.Place;
        // JSON habits: an attribute's name may be quoted.
        var name = (text.Current == '"' ? Label() : text.TakeName()) ?? throw place.Error($"'{text.Current}' begins neither an attribute nor a block");
        text.SkipBlanks(newlines: false);
        if (text.Current == '=')
        {
            text.Position++;
            text.SkipBlanks(newlines: false);
            attributes.Add(new HclAttribute(place, name, expressions.Read()));
            text.SkipBlanks(newlines: false);
            // A block of one line may end right after its attribute.
            if (!text.AtEnd && text.Current is not ('\n' or '}') && !text.TryTake(","))
            {
                throw text.Place.Error($"'{text.Current}' stands after the value of '{name}'");
            }

            return;
        }

        var labels = new List<string>();
        while ((text.Current == '"' ? Label() : text.TakeName()) is { } label)
        {
            labels.Add(label);
            text.SkipBlanks(newlines: false);
        }

        if (!text.TryTake("{"))
        {
            throw text.Place.Error($"'{name}' has neither `=` nor `{{` after it");
        }

        if (depth >= MaximumDepth)
        {
            throw place.Error($"blocks are nested deeper than {MaximumDepth} levels");
        }

        var body = Body(depth + 1);
        blocks.Add(new HclBlock(place, name, labels, body));
        if (!text.TryTake("}"))
        {
            throw place.Error($"the block '{name}' is not closed");
        }
    }

    private string? Label()
    {
        var place = text.Place;
        return expressions.Quoted().Parts switch
        {
            [] => "",
            [HclLiteral { Value.Text: { } label }] => label,
            _ => throw place.Error("a label is plain text"),
        };
    }

    // To the line's end, brackets closed: what was opened on the way belongs to what could not be read.
    private void Recover(int start)
    {
        var open = 0;
        for (text.Position = start; !text.AtEnd; text.Position++)
        {
            switch (text.Current)
            {
                case '{' or '[' or '(':
                    open++;
                    break;
                case '}' when open == 0 && text.Position > start:
                    return;
                case '}' or ']' or ')':
                    open = Math.Max(0, open - 1);
                    break;
                case '\n' when open == 0:
                    text.Position++;
                    return;
                default:
                    break;
            }
        }
    }
}

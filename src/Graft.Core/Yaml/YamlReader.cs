using Graft.Core.Failures;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Graft.Core.Yaml;

/// <summary>
/// Reads the one document of a YAML file into nodes that know where they stand, from YamlDotNet's events (its object model needs
/// reflection, and interprets). Depth is limited; anything malformed is an input failure at its place.
/// </summary>
internal sealed class YamlReader
{
    public const int MaximumDepth = 64;

    private readonly YamlText source;
    private readonly YamlEvents events;
    private readonly Dictionary<string, YamlNode> anchors = new(StringComparer.Ordinal);

    private YamlReader(YamlText source)
    {
        this.source = source;
        events = new YamlEvents(source);
    }

    /// <summary>The document's root, or null when the file has none.</summary>
    public static YamlNode? Read(YamlText source) => new YamlReader(source).Document();

    /// <summary>The root mapping; anything else is an input failure.</summary>
    public static YamlMapping ReadMapping(YamlText source, string what)
    {
        var root = Read(source);
        return root as YamlMapping
            ?? throw (root?.At(source.File) ?? new SourceLocation(source.File, 1, 1)).Error(root is null ? $"{what} is empty" : $"{what} is not a mapping");
    }

    private YamlNode? Document()
    {
        Next();
        if (Next() is StreamEnd)
        {
            return null;
        }

        Next();
        var root = Node(1);
        Next();
        return Next() is StreamEnd ? root : throw At(events.Current).Error("the file holds several documents", "keep one");
    }

    private YamlNode Node(int depth) => events.Current switch
    {
        Scalar scalar => Known(new YamlScalar(Written(scalar), Text(scalar.Anchor), Text(scalar.Tag), scalar.Value, scalar.Style)),
        AnchorAlias alias => new YamlAlias(Span(alias), alias.Value.Value, anchors.GetValueOrDefault(alias.Value.Value)
            ?? throw At(alias).Error($"'*{alias.Value.Value}' has no anchor")),
        MappingStart start => Mapping(start, depth),
        SequenceStart start => Sequence(start, depth),
        var other => throw At(other).Error("the file is not YAML that can be read"),
    };

    private YamlMapping Mapping(MappingStart start, int depth)
    {
        var mapping = Known(new YamlMapping(Deeper(start, depth), Text(start.Anchor), Text(start.Tag), start.Style == MappingStyle.Flow));
        var end = mapping.Span.Start;
        while (Next() is not MappingEnd)
        {
            var key = Node(depth + 1);
            Next();
            var value = Node(depth + 1);
            mapping.Pairs.Add(new YamlPair(key, value));
            end = Math.Max(key.Span.End, value.Span.End);
        }

        mapping.Span = mapping.Span with { End = mapping.IsFlow ? Bracket(end) : end };
        return mapping;
    }

    private YamlSequence Sequence(SequenceStart start, int depth)
    {
        var sequence = Known(new YamlSequence(Deeper(start, depth), Text(start.Anchor), Text(start.Tag), start.Style == SequenceStyle.Flow));
        var end = sequence.Span.Start;
        while (Next() is not SequenceEnd)
        {
            var item = Node(depth + 1);
            sequence.Items.Add(item);
            end = item.Span.End;
        }

        sequence.Span = sequence.Span with { End = sequence.IsFlow ? Bracket(end) : end };
        return sequence;
    }

    private ParsingEvent Next() => events.Next();

    // An end event's mark is the bracket's own place for a flow collection; a pair within `[a: b]` is a flow mapping without brackets.
    private int Bracket(int lastChild)
    {
        var mark = (int)events.Current.Start.Index;
        return mark >= lastChild && mark < source.Text.Length && source.Text[mark] is ']' or '}' ? mark + 1 : lastChild;
    }

    // A value that is not there is marked where the next thing begins, which may be lines later.
    private YamlSpan Written(Scalar scalar)
    {
        var span = Span(scalar);
        var place = span.Start;
        while (span.Start == span.End && place > 0 && char.IsWhiteSpace(source.Text[place - 1]))
        {
            place--;
        }

        return span.Start == span.End ? span with { Start = place, End = place } : span;
    }

    private YamlSpan Deeper(ParsingEvent start, int depth) =>
        depth <= MaximumDepth ? Span(start) : throw At(start).Error($"the file is nested deeper than {MaximumDepth} levels");

    private T Known<T>(T node)
        where T : YamlNode
    {
        if (node.Anchor is { } anchor)
        {
            anchors[anchor] = node;
        }

        return node;
    }

    private SourceLocation At(ParsingEvent place) => new(source.File, (int)place.Start.Line, (int)place.Start.Column);

    // A comment that ends the file without a line end is counted one character too long.
    private YamlSpan Span(ParsingEvent place) =>
        new((int)Math.Min(place.Start.Index, source.Text.Length), (int)Math.Min(place.End.Index, source.Text.Length), (int)place.Start.Line, (int)place.Start.Column);

    private static string? Text(AnchorName anchor) => anchor.IsEmpty ? null : anchor.Value;

    private static string? Text(TagName tag) => tag.IsEmpty ? null : tag.Value;
}

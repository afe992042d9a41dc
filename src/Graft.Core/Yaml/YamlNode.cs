using Graft.Core.Failures;
using YamlDotNet.Core;

namespace Graft.Core.Yaml;

/// <summary>A place in a YAML file: offsets into its characters (the end is exclusive), and line and column from 1.</summary>
internal readonly record struct YamlSpan(int Start, int End, int Line, int Column);

/// <summary>A node of a YAML document, with where it stands. <c>Span</c> begins at an anchor or a tag where there is one.</summary>
internal abstract class YamlNode(YamlSpan span, string? anchor, string? tag)
{
    public YamlSpan Span { get; set; } = span;

    public string? Anchor { get; } = anchor;

    public string? Tag { get; } = tag;

    /// <summary>The node that an alias stands for, else the node itself.</summary>
    public virtual YamlNode Resolved => this;

    /// <summary>The words for what keeps this node from being rewritten in place, or null.</summary>
    public virtual string? Obstacle => Anchor is not null ? "an anchor" : Tag is not null ? "a tag" : null;

    public SourceLocation At(string file) => new(file, Span.Line, Span.Column);
}

/// <summary>A scalar: its value as text, never interpreted, and how it is written.</summary>
internal sealed class YamlScalar(YamlSpan span, string? anchor, string? tag, string value, ScalarStyle style) : YamlNode(span, anchor, tag)
{
    public string Value { get; } = value;

    public ScalarStyle Style { get; } = style;

    public bool IsBlock => Style is ScalarStyle.Literal or ScalarStyle.Folded;

    public bool IsNull => Style == ScalarStyle.Plain && Tag is null && (Value is "" or "~" or "null" or "Null" or "NULL");
}

/// <summary>A key and its value.</summary>
internal readonly record struct YamlPair(YamlNode Key, YamlNode Value)
{
    /// <summary>The key's text, or null where the key is no plain text (a collection, an alias).</summary>
    public string? Name => (Key as YamlScalar)?.Value;
}

/// <summary>A mapping, in the file's order.</summary>
internal sealed class YamlMapping(YamlSpan span, string? anchor, string? tag, bool isFlow) : YamlNode(span, anchor, tag)
{
    public List<YamlPair> Pairs { get; } = [];

    public bool IsFlow { get; } = isFlow;

    public YamlPair? Find(string name)
    {
        foreach (var pair in Pairs)
        {
            if (pair.Name == name)
            {
                return pair;
            }
        }

        return null;
    }

    /// <summary>Refuses a key that is there twice, at its second place.</summary>
    public void RefuseDuplicateKeys(string file)
    {
        var seen = new Dictionary<string, int>(Pairs.Count, StringComparer.Ordinal);
        foreach (var pair in Pairs)
        {
            if (pair.Name is { } name && !seen.TryAdd(name, pair.Key.Span.Line))
            {
                throw pair.Key.At(file).Error($"'{name}' is there twice", $"it is on line {seen[name]} already");
            }
        }
    }
}

/// <summary>A sequence.</summary>
internal sealed class YamlSequence(YamlSpan span, string? anchor, string? tag, bool isFlow) : YamlNode(span, anchor, tag)
{
    public List<YamlNode> Items { get; } = [];

    public bool IsFlow { get; } = isFlow;
}

/// <summary>An alias (<c>*name</c>). Nothing is expanded: it points at its target, so that nested aliases cost what they are long.</summary>
internal sealed class YamlAlias(YamlSpan span, string name, YamlNode target) : YamlNode(span, null, null)
{
    public string Name { get; } = name;

    public override YamlNode Resolved { get; } = target;

    public override string Obstacle => "an alias";
}

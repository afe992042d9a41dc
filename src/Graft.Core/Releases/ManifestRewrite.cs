using Graft.Core.Yaml;
using YamlDotNet.Core;

namespace Graft.Core.Releases;

/// <summary>Gives scalars of a manifest another value in the style that they are written in, and remembers which value each is to have.</summary>
internal sealed class ManifestRewrite(Manifest manifest)
{
    public TextSplices Splices { get; } = new(manifest.Source.Text);

    public Dictionary<YamlNode, string> Wanted { get; } = new(ReferenceEqualityComparer.Instance);

    /// <summary>Sets a top-level key's value; one that is absent or empty stays so.</summary>
    public void SetHeader(string key, string value)
    {
        if (manifest.Root.Find(key) is not { } pair || pair.Value is YamlScalar { IsNull: true, Anchor: null })
        {
            return;
        }

        if (pair.Key.Obstacle is { } odd)
        {
            throw pair.Key.At(manifest.File).Error($"'{key}' cannot be changed: it has {odd}", "write it plainly");
        }

        if (pair.Value.Obstacle is { } obstacle)
        {
            throw pair.Value.At(manifest.File)
                .Error($"'{key}' cannot be changed: its value {(pair.Value is YamlAlias ? "is" : "has")} {obstacle}", "write the value out");
        }

        // A time is no string to YAML 1.1, and is written plainly all the same: that is what it means there.
        Set(pair.Value, value, plain: key == "released_at");
    }

    public void Set(YamlNode node, string value, bool plain = false)
    {
        var scalar = (YamlScalar)node;
        Wanted.Add(node, value);
        var (start, end) = (scalar.Span.Start, scalar.Span.End);
        switch (scalar.Style)
        {
            case ScalarStyle.SingleQuoted:
                Splices.Replace(start, end, $"'{value}'");
                break;
            case ScalarStyle.DoubleQuoted:
                Splices.Replace(start, end, $"\"{value}\"");
                break;
            case ScalarStyle.Literal or ScalarStyle.Folded:
                // The value is one word, and stands last: a comment in the block's header may hold it too.
                var word = scalar.Value.Trim();
                var place = manifest.Source.Text.LastIndexOf(word, end - 1, end - start, StringComparison.Ordinal);
                Splices.Replace(place, place + word.Length, value);
                break;
            default:
                Splices.Replace(start, end, plain ? value : PlainText.Write(value));
                break;
        }
    }
}

using Graft.Core.Yaml;
using YamlDotNet.Core;

namespace Graft.Core.Releases;

/// <summary>Takes whole top-level keys out of a manifest and puts the <c>hotfix</c> mapping in.</summary>
internal sealed class ManifestFrame(Manifest manifest, TextSplices splices)
{
    private readonly string text = manifest.Source.Text;
    private readonly YamlMapping root = manifest.Root;

    public void RemoveNotes()
    {
        var index = root.Pairs.FindIndex(pair => pair.Name == "notes");
        if (index < 0)
        {
            return;
        }

        RefuseAnchors(root.Pairs[index], "removed");
        if (root.IsFlow)
        {
            RemoveFlow(index);
        }
        else
        {
            var (start, end) = Lines(root.Pairs[index]);
            splices.Replace(start, AfterBlockScalar(index, end), "");
        }
    }

    public void SetHotfix(HotfixRecord hotfix)
    {
        if (root.Find("hotfix") is { } old)
        {
            RefuseAnchors(old, "replaced");
            ReplaceHotfix(old, hotfix);
            return;
        }

        var place = (root.Find("released_at") ?? root.Find("commit") ?? root.Find("name"))!.Value.Value.Span.End;
        if (root.IsFlow)
        {
            splices.Replace(place, place, ", " + HotfixText.Flow(hotfix, KeysAreQuoted));
            return;
        }

        var end = YamlLines.EndOf(text);
        var line = YamlLines.After(text, place);
        var isEnded = line > 0 && YamlLines.IsBreak(text[line - 1]);
        splices.Replace(line, line, isEnded ? Block(hotfix) + end : end + Block(hotfix));
    }

    private bool KeysAreQuoted => root.Find("name")!.Value.Key is YamlScalar { Style: ScalarStyle.DoubleQuoted };

    private void ReplaceHotfix(YamlPair old, HotfixRecord hotfix)
    {
        if (root.IsFlow)
        {
            splices.Replace(old.Key.Span.Start, old.Value.Span.End, HotfixText.Flow(hotfix, KeysAreQuoted));
            return;
        }

        var (start, end) = Lines(old);
        splices.Replace(start, end, YamlLines.IsBreak(text[end - 1]) ? Block(hotfix) + YamlLines.EndOf(text) : Block(hotfix));
    }

    // The keys of a top-level mapping may all be indented; a new one is then indented as they are.
    private string Block(HotfixRecord hotfix)
    {
        // A tag or an anchor of the mapping itself stands before it, on a line of its own.
        var column = root.Obstacle is null ? root.Span.Column : root.Pairs[0].Key.Span.Column;
        return HotfixText.Block(hotfix, new string(' ', column - 1), YamlLines.EndOf(text));
    }

    private (int Start, int End) Lines(YamlPair pair) =>
        (YamlLines.Start(text, pair.Key.Span.Start), YamlLines.After(text, Math.Max(pair.Key.Span.End, pair.Value.Span.End)));

    // Blank or indented lines after the removed key would become text of a block scalar before it, so they go too.
    private int AfterBlockScalar(int index, int end)
    {
        if (index == 0 || !EndsInBlockScalar(root.Pairs[index - 1].Value))
        {
            return end;
        }

        var limit = index + 1 < root.Pairs.Count ? YamlLines.Start(text, root.Pairs[index + 1].Key.Span.Start) : text.Length;
        while (end < limit && (YamlLines.IsBreak(text[end]) || text[end] == ' '))
        {
            end = YamlLines.Next(text, end);
        }

        return end;
    }

    private static bool EndsInBlockScalar(YamlNode node) => node switch
    {
        YamlScalar scalar => scalar.IsBlock,
        YamlMapping { IsFlow: false, Pairs: [.., var last] } => EndsInBlockScalar(last.Value),
        YamlSequence { IsFlow: false, Items: [.., var last] } => EndsInBlockScalar(last),
        _ => false,
    };

    // With its own comma, or else the one before it: JSON allows none after the last pair.
    private void RemoveFlow(int index)
    {
        var start = root.Pairs[index].Key.Span.Start;
        var end = Math.Max(root.Pairs[index].Key.Span.End, root.Pairs[index].Value.Span.End);
        if (Comma(end) is { } own)
        {
            end = own + 1;
            while (end < text.Length && text[end] is ' ' or '\t')
            {
                end++;
            }
        }
        else if (index > 0 && Comma(Math.Max(root.Pairs[index - 1].Key.Span.End, root.Pairs[index - 1].Value.Span.End)) is { } before)
        {
            splices.Replace(before, before + 1, "");
        }

        splices.Replace(start, end, "");
    }

    // The comma that follows a pair, past blanks, line ends and comments; null where the collection ends instead.
    private int? Comma(int index)
    {
        for (; index < text.Length; index++)
        {
            if (text[index] == '#')
            {
                index = YamlLines.After(text, index) - 1;
            }
            else if (text[index] == ',')
            {
                return index;
            }
            else if (!char.IsWhiteSpace(text[index]))
            {
                return null;
            }
        }

        return null;
    }

    // What an alias elsewhere stands for cannot go; whether one does is not worth finding out.
    private void RefuseAnchors(YamlPair pair, string verb)
    {
        if ((Anchored(pair.Key) ?? Anchored(pair.Value)) is { } node)
        {
            throw node.At(manifest.File).Error($"'{pair.Name}' cannot be {verb}: it holds the anchor '&{node.Anchor}'", "take the anchor out of the base's manifest");
        }
    }

    private static YamlNode? Anchored(YamlNode node) => node switch
    {
        { Anchor: not null } => node,
        YamlMapping mapping => mapping.Pairs.Select(pair => Anchored(pair.Key) ?? Anchored(pair.Value)).FirstOrDefault(found => found is not null),
        YamlSequence sequence => sequence.Items.Select(Anchored).FirstOrDefault(found => found is not null),
        _ => null,
    };
}

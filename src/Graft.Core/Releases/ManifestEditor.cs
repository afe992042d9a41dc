using Graft.Core.Failures;
using Graft.Core.Images;
using Graft.Core.Yaml;

namespace Graft.Core.Releases;

/// <summary>
/// Makes a hotfix's manifest from its base's by replacing characters at parsed positions; everything else stays byte for byte. The result
/// is read again and compared with the base before anyone sees it.
/// </summary>
public static class ManifestEditor
{
    /// <summary>
    /// The bytes of the hotfix's manifest. An input failure, by line, when what must change is written as an alias or has an anchor or a tag,
    /// or when an image would be listed twice in one mapping.
    /// </summary>
    public static byte[] Apply(Manifest manifest, ManifestEdit edit)
    {
        var hotfix = new HotfixRecord(edit.Of, Changes(edit.Built), Changes(edit.Changed));
        var rewrite = new ManifestRewrite(manifest);
        rewrite.SetHeader("name", edit.Name.ToString());
        rewrite.SetHeader("commit", edit.Commit.ToString());
        rewrite.SetHeader("released_at", ManifestTimestamp.Write(edit.ReleasedAt));
        SetEntries(manifest, rewrite, [.. edit.Built, .. edit.Changed]);
        var frame = new ManifestFrame(manifest, rewrite.Splices);
        frame.RemoveNotes();
        frame.SetHotfix(hotfix);
        var bytes = manifest.Source.Encode(rewrite.Splices.Apply());
        ManifestComparison.Verify(manifest, bytes, rewrite.Wanted, hotfix);
        return bytes;
    }

    private static void SetEntries(Manifest manifest, ManifestRewrite rewrite, IReadOnlyList<EntryEdit> edits)
    {
        if (edits.Count == 0)
        {
            return;
        }

        var nodes = manifest.Content.Nodes;
        var places = new Dictionary<(string, int), int>(nodes.Count);
        for (var index = 0; index < nodes.Count; index++)
        {
            places.Add((manifest.Entries[index].List, manifest.Entries[index].Index), index);
        }

        var edited = new HashSet<int>();
        foreach (var entryEdit in edits)
        {
            var entry = entryEdit.Entry;
            if (!places.TryGetValue((entry.List, entry.Index), out var place) || manifest.Entries[place] != entry || !edited.Add(place))
            {
                throw new InvalidOperationException($"'{entry.Reference}' is not an entry of '{manifest.File}', or is edited twice");
            }

            SetEntry(manifest, rewrite, entryEdit, nodes[place]);
        }

        RefuseTwins(manifest, rewrite, edits);
    }

    private static void SetEntry(Manifest manifest, ManifestRewrite rewrite, EntryEdit edit, EntryNodes nodes)
    {
        if (nodes.Obstacle is { } obstacle)
        {
            throw new SourceLocation(manifest.File, edit.Entry.Line, nodes.Value.Span.Column)
                .Error($"'{edit.Entry.Reference}' cannot be changed here: {obstacle}", "write it out in the base's manifest, or leave this image as it is");
        }

        if (nodes.Key is null)
        {
            rewrite.Set(nodes.Value, edit.NewReference.ToString());
            return;
        }

        rewrite.Set(nodes.Value, edit.Version.ToString());
        if (edit.NewImage is { } moved)
        {
            rewrite.Set(nodes.Key, moved.Text);
        }
    }

    // Two images may move to one home; a mapping has room for one of them.
    private static void RefuseTwins(Manifest manifest, ManifestRewrite rewrite, IReadOnlyList<EntryEdit> edits)
    {
        if (edits.All(edit => edit.NewImage is null))
        {
            return;
        }

        foreach (var mapping in manifest.Content.Nodes.Select(nodes => nodes.Mapping).OfType<YamlMapping>().Distinct())
        {
            var seen = new HashSet<string>(StringComparer.Ordinal);
            foreach (var key in mapping.Pairs.Select(pair => pair.Key).OfType<YamlScalar>())
            {
                var name = rewrite.Wanted.GetValueOrDefault(key, key.Value);
                if (!seen.Add(name))
                {
                    throw key.At(manifest.File).Error($"'{name}' would be listed twice in one mapping", "change its own line instead");
                }
            }
        }
    }

    private static List<EntryChange> Changes(IReadOnlyList<EntryEdit> edits)
    {
        var seen = new HashSet<(ImageName, string, string)>();
        return [.. edits.Where(edit => seen.Add((edit.Entry.Image, edit.Change.From, edit.Change.To))).Select(edit => edit.Change)];
    }
}

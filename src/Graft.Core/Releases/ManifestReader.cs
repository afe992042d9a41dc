using Graft.Core.Images;
using Graft.Core.Yaml;

namespace Graft.Core.Releases;

/// <summary>Finds out what a manifest's nodes mean.</summary>
internal sealed class ManifestReader(string file)
{
    // Aliases of whole lists may be repeated: a small file must not stand for millions of entries.
    private const int MaximumEntries = 100_000;

    private readonly List<ManifestEntry> entries = [];
    private readonly List<EntryNodes> nodes = [];

    public ManifestContent Read(YamlMapping root)
    {
        root.RefuseDuplicateKeys(file);
        foreach (var (key, value) in root.Pairs)
        {
            if (key is YamlAlias alias)
            {
                throw alias.At(file).Error($"'*{alias.Name}' stands for a key", "write the key out");
            }

            if (key is YamlScalar { IsNull: true } or not YamlScalar)
            {
                throw key.At(file).Error("a key of the manifest is not text");
            }

            if (key is YamlScalar { Value: var list } && (list == "images" || list.EndsWith("_images", StringComparison.Ordinal)))
            {
                ReadList(list, value);
            }
        }

        var hotfix = root.Find("hotfix") is { } pair ? new HotfixReader(file).Read(pair.Value) : null;
        return new ManifestContent(Header(root, hotfix), entries, nodes, hotfix, (root.Find("notes")?.Value.Resolved as YamlScalar)?.Value);
    }

    private ManifestHeader Header(YamlMapping root, HotfixRecord? hotfix) =>
        new(
            Required(root, "name", text => ReleaseName.TryParse(text, out var name) ? name : null, "a release is named `MAJOR.MINOR.yyyyMMddHHmm` (UTC) or `pre-TICKET`"),
            Required(root, "commit", text => CommitId.TryParse(text, out var commit) ? commit : null, "a commit is written as 40 hex digits"),
            ReleasedAt(root),
            hotfix?.Of);

    private T Required<T>(YamlMapping root, string key, Func<string, T?> parse, string hint)
        where T : class
    {
        if (root.Find(key) is not { } pair)
        {
            throw root.At(file).Error($"the manifest has no '{key}'", hint);
        }

        return pair.Value.Resolved is not YamlScalar scalar
            ? throw pair.Value.At(file).Error($"'{key}' is not text", hint)
            : parse(scalar.Value) ?? throw scalar.At(file).Error($"'{scalar.Value}' is not a {(key == "name" ? "release name" : "commit")}", hint);
    }

    private DateTimeOffset? ReleasedAt(YamlMapping root)
    {
        if (root.Find("released_at") is not { } pair || pair.Value.Resolved is YamlScalar { IsNull: true })
        {
            return null;
        }

        const string Hint = "a time is written like `2025-11-23T04:46:00+00:00`";
        return pair.Value.Resolved is not YamlScalar scalar
            ? throw pair.Value.At(file).Error("'released_at' is not a time", Hint)
            : ManifestTimestamp.TryParse(scalar.Value) ?? throw pair.Value.At(file).Error($"'{scalar.Value}' is not a time", Hint);
    }

    private void ReadList(string list, YamlNode written)
    {
        var obstacle = written.Obstacle is { } what ? $"its list has {what}" : null;
        var alias = written as YamlAlias;
        switch (written.Resolved)
        {
            case YamlScalar { IsNull: true }:
                return;
            case YamlMapping mapping:
                obstacle ??= mapping.Obstacle is { } own ? $"its list has {own}" : null;
                mapping.RefuseDuplicateKeys(file);
                for (var index = 0; index < mapping.Pairs.Count; index++)
                {
                    AddPair(list, index, mapping, mapping.Pairs[index], alias, obstacle);
                }

                return;
            case YamlSequence sequence:
                obstacle ??= sequence.Obstacle is { } itsOwn ? $"its list has {itsOwn}" : null;
                for (var index = 0; index < sequence.Items.Count; index++)
                {
                    AddItem(list, index, sequence.Items[index], alias, obstacle);
                }

                return;
            default:
                throw written.At(file).Error($"'{list}' is neither a mapping nor a list", "it holds `IMAGE: VERSION` lines or a list of references");
        }
    }

    private void AddPair(string list, int index, YamlMapping mapping, YamlPair pair, YamlAlias? alias, string? obstacle)
    {
        if (pair.Key is not YamlScalar key || !ImageName.TryParse(key.Value, out var image))
        {
            var text = pair.Name ?? (pair.Key as YamlAlias)?.Name ?? "a collection";
            throw pair.Key.At(file).Error($"'{text}' is not an image name", text == "<<" ? "merge keys are not read here: write the images out" : null);
        }

        if (pair.Value.Resolved is not YamlScalar value || value.IsNull || !ImageVersion.TryParse(value.Value, out _))
        {
            throw pair.Value.At(file).Error($"'{image}' has no version that can be read", "a version is a tag, `@sha256:…`, or `TAG@sha256:…`");
        }

        Add(
            new ManifestEntry(list, index, image, value.Value, (alias ?? pair.Key).Span.Line),
            new EntryNodes(key, pair.Value, mapping, obstacle ?? Own(pair.Key, "image") ?? Own(pair.Value, "version")));
    }

    private void AddItem(string list, int index, YamlNode item, YamlAlias? alias, string? obstacle)
    {
        if (item.Resolved is not YamlScalar scalar || !ImageReference.TryParse(scalar.Value, out var reference))
        {
            var text = (item.Resolved as YamlScalar)?.Value;
            throw item.At(file).Error(
                text is null ? $"'{list}' holds something that is not an image reference" : $"'{text}' is not an image reference with a version",
                "a reference is `NAME:TAG`, `NAME@sha256:…`, or `NAME:TAG@sha256:…`");
        }

        Add(
            new ManifestEntry(list, index, reference.Name, reference.Version.ToString(), (alias ?? item).Span.Line),
            new EntryNodes(null, item, null, obstacle ?? Own(item, "reference")));
    }

    private void Add(ManifestEntry entry, EntryNodes written)
    {
        if (entries.Count == MaximumEntries)
        {
            throw written.Value.At(file).Error($"the manifest lists more than {MaximumEntries} images");
        }

        entries.Add(entry);
        nodes.Add(written);
    }

    private static string? Own(YamlNode node, string part) => node.Obstacle switch
    {
        null => null,
        "an alias" => $"its {part} is an alias",
        var obstacle => $"its {part} has {obstacle}",
    };
}

using Graft.Core.Failures;
using Graft.Core.Yaml;

namespace Graft.Core.Releases;

/// <summary>Reads a manifest's <c>hotfix</c> mapping.</summary>
internal sealed class HotfixReader(string file)
{
    public HotfixRecord? Read(YamlNode written)
    {
        if (written.Resolved is YamlScalar { IsNull: true })
        {
            return null;
        }

        var mapping = Mapping(written, "'hotfix' is not a mapping");
        var of = Text(mapping, written, "of");
        return ReleaseName.TryParse(of.Value, out var name)
            ? new HotfixRecord(name, Changes(mapping, "built"), Changes(mapping, "changed"))
            : throw of.At(file).Error($"'{of.Value}' is not a release name", "`of` names the release that the hotfix was made from");
    }

    private List<EntryChange> Changes(YamlMapping hotfix, string key)
    {
        if (hotfix.Find(key) is not { } pair || pair.Value.Resolved is YamlScalar { IsNull: true })
        {
            return [];
        }

        return pair.Value.Resolved is YamlSequence list
            ? [.. list.Items.Select(Change)]
            : throw pair.Value.At(file).Error($"'{key}' is not a list");
    }

    private EntryChange Change(YamlNode written)
    {
        var change = Mapping(written, "a change is a mapping with `image`, `from` and `to`");
        return new EntryChange(Text(change, written, "image").Value, Text(change, written, "from").Value, Text(change, written, "to").Value);
    }

    private YamlMapping Mapping(YamlNode written, string otherwise)
    {
        var mapping = written.Resolved as YamlMapping ?? throw written.At(file).Error(otherwise);
        mapping.RefuseDuplicateKeys(file);
        return mapping;
    }

    private YamlScalar Text(YamlMapping mapping, YamlNode written, string key)
    {
        SourceLocation place = (mapping.Find(key)?.Value ?? written).At(file);
        return mapping.Find(key)?.Value.Resolved is YamlScalar { IsNull: false } scalar ? scalar : throw place.Error($"'hotfix' has no '{key}' that can be read");
    }
}

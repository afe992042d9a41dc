using Graft.Core.Yaml;

namespace Graft.Core.Releases;

/// <summary>What a manifest's nodes mean.</summary>
internal sealed record ManifestContent(
    ManifestHeader Header,
    IReadOnlyList<ManifestEntry> Entries,
    IReadOnlyList<EntryNodes> Nodes,
    HotfixRecord? Hotfix,
    string? Notes);

/// <summary>Where an entry is written: the mapping's key (null in a sequence), the value, and what keeps it from being changed, if anything.</summary>
internal sealed record EntryNodes(YamlNode? Key, YamlNode Value, YamlMapping? Mapping, string? Obstacle);

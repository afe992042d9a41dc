using CsCheck;
using Graft.Core.Images;
using Graft.Core.Releases;
using Graft.Core.Tests.Yaml;

namespace Graft.Core.Tests.Releases;

/// <summary>A generated manifest and a choice among its entries: the text of both sides is written here, by other means than the editor's.</summary>
internal sealed record ManifestModel(
    IReadOnlyList<ModelEntry> Entries, int Header, bool HasDate, bool HasNotes, string LineEnd, bool HasMark, bool IsEnded, string Junk)
{
    private static readonly string[] Junks = ["", "# comment\n", "\n\n", "channels: [edge, \"é😀\"]\n", "chart: { repo: \"https://x\", version: 1.15.0 }\n", "text: |\n  images:\n    a/b: 1\n\n"];

    private static readonly string[] Versions =
    [
        "3.2.202511230446-5c1f0a77", "3.10", "1e5", "0x1F", "yes", "2024-01-01", "v4.1.0", "15.3.0-debian-11-r17", "12", "0777", "on", "1_000", "0b1", "0o7", "latest", "08",
        "1.2@sha256:" + Hash, "@sha256:" + Hash, "N", "1.", "1e5_", "_1", "1.5e3", "12e03",
    ];

    private const string Hash = "abababababababababababababababababababababababababababababababab";

    public static Gen<ManifestModel> Generator { get; } = Gen.Select(
        ModelEntries(), Gen.Int[0, 2], Gen.Bool, Gen.Bool, Generators.AnyOf("\n", "\r\n", "\r"), Gen.Bool, Gen.Bool, Generators.AnyOf(Junks),
        (entries, header, date, notes, lineEnd, mark, ended, junk) => new ManifestModel(entries, header, date, notes, lineEnd, mark, ended, junk));

    public Manifest Base => Manifest.Parse(Text(edited: false), "m.yaml");

    /// <summary>The base, or what the edit must make of it.</summary>
    public byte[] Text(bool edited, bool undone = false)
    {
        string Value(string before, string after) => edited ? after : before;
        var top = new List<string>
        {
            $"name: {Quote(Header, Value("3.2.202511230446", Edits.Name.ToString()))}\n",
            $"commit: {Quote(Header, Value("5c1f0a77d2e94b60813f7a5c9be0d1426f38a9c4", Edits.Commit.ToString()))} # c\n",
        };
        if (HasDate)
        {
            top.Add($"released_at: {Quote(Header, Value("2025-11-23T04:46:00+00:00", "2025-11-25T12:00:00+00:00"))}\n");
        }

        if (edited)
        {
            top.Add(Hotfix);
        }

        if (HasNotes && !edited)
        {
            top.Add("notes: |\n  a\n\n  b\n");
        }

        // Blank lines right after a block scalar are part of it, so something stands between.
        top.Add("after: 1\n" + Junk);
        var lists = Entries.GroupBy(entry => entry.List).Select(list =>
            $"{list.Key}:\n{string.Concat(list.Select(entry => "  " + entry.Line(edited, undone) + "\n"))}");
        var text = string.Concat(top) + string.Join("\n# between\n", lists) + "last: 1\n";
        text = (IsEnded ? text : text[..^1]).Replace("\n", LineEnd, StringComparison.Ordinal);
        return [.. HasMark ? new byte[] { 0xEF, 0xBB, 0xBF } : [], .. System.Text.Encoding.UTF8.GetBytes(text)];
    }

    public ManifestEdit Edit(Manifest manifest) => Edits.Of(manifest, Chosen(manifest, true), Chosen(manifest, false));

    public ManifestEdit Undo(Manifest edited, Manifest original) => new(
        original.Name,
        original.Commit,
        original.ReleasedAt ?? default,
        edited.Name,
        [.. Entries.Select((entry, index) => (entry, index)).Where(pair => pair.entry.IsChosen).Select(pair => new EntryEdit(edited.Entries[pair.index], null, ImageVersion.Parse(pair.entry.Version)))],
        []);

    private List<EntryEdit> Chosen(Manifest manifest, bool built) =>
        [.. Entries.Select((entry, index) => (entry, index)).Where(pair => pair.entry.IsChosen && pair.entry.IsBuilt == built)
            .Select(pair => new EntryEdit(manifest.Entries[pair.index], null, ImageVersion.Parse(pair.entry.New)))];

    private string Hotfix => "hotfix:\n  of: 3.2.202511230446\n" + Changes("built", true) + Changes("changed", false);

    private string Changes(string key, bool built)
    {
        var lines = Entries.Where(entry => entry.IsChosen && entry.IsBuilt == built).DistinctBy(entry => (entry.Image, entry.Version, entry.New))
            .Select(entry => $"    - {{ image: {entry.Image}, from: {Judge.Write(entry.Version)}, to: {Judge.Write(entry.New)} }}\n").ToList();
        return lines.Count == 0 ? $"  {key}: []\n" : $"  {key}:\n{string.Concat(lines)}";
    }

    private static string Quote(int style, string text) => style == 0 ? text : style == 1 ? $"'{text}'" : $"\"{text}\"";

    private static Gen<List<ModelEntry>> ModelEntries() =>
        Gen.Select(
            Generators.AnyOf("images", "ci_images", "core_images", "x_images"),
            Generators.AnyOf("acme/core-api", "acme/web", "bitnami/redis", "localhost:5000/x/y", "registry.k8s.io/a/b", "busybox"),
            Generators.AnyOf(Versions),
            Generators.AnyOf([.. Versions, "null"]),
            Gen.Int[0, 2],
            Generators.AnyOf("", " # x", "  ", " # 😀 \""),
            Gen.Bool,
            Gen.Bool,
            (list, image, version, next, style, comment, chosen, built) => new ModelEntry(list, image, version, next, style, comment, chosen, built))
        .List[0, 12]
        .Select(entries => entries
            .DistinctBy(entry => entry.IsMapping ? (entry.List, entry.Image, "") : (entry.List, entry.Image, entry.Version + entry.Style))
            .OrderBy(entry => entry.List, StringComparer.Ordinal).ToList());
}

internal sealed record ModelEntry(string List, string Image, string Version, string New, int Style, string Comment, bool IsChosen, bool IsBuilt)
{
    public bool IsMapping => List is "images" or "ci_images";

    public string Line(bool edited, bool undone)
    {
        var before = Written(Version);
        var after = Written(New);
        var isQuotedNow = Style == 0 && (!Judge.IsString(after) || (undone && !Judge.IsString(before)));
        // A plain value of the base may be any that YAML takes; a digest alone never was one.
        var style = Style == 0 && before[0] == '@' ? 2 : Style;
        var text = edited && IsChosen && !undone ? after : before;
        var quote = style == 1 ? "'" : style == 2 || (edited && IsChosen && isQuotedNow) || (undone && IsChosen && isQuotedNow) ? "\"" : "";
        return (IsMapping ? $"{Image}: " : "- ") + quote + text + quote + Comment;
    }

    private string Written(string version) => IsMapping ? version : version[0] == '@' ? Image + version : $"{Image}:{version}";
}

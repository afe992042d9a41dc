using System.Text;
using Graft.Core.Images;
using Graft.Core.Releases;

namespace Graft.Core.Tests.Releases;

/// <summary>The edit that the tests of manifests make: always the same new release, of whatever the base is.</summary>
internal static class Edits
{
    public const string Header = """
        name: 3.2.202511230446
        commit: 5c1f0a77d2e94b60813f7a5c9be0d1426f38a9c4
        released_at: 2025-11-23T04:46:00+00:00

        """;

    public static ReleaseName Name { get; } = ReleaseName.Parse("3.2.202511251200");

    public static CommitId Commit { get; } = CommitId.Parse("77aa00bb4c1d2e3f5061728394a5b6c7d8e9f001");

    public static Manifest Parse(string text) => Manifest.Parse(Encoding.UTF8.GetBytes(text), "m.yaml");

    public static ManifestEdit Of(Manifest manifest, IReadOnlyList<EntryEdit> built, IReadOnlyList<EntryEdit> changed) =>
        new(Name, Commit, Name.Stamp!.Value, manifest.Name, built, changed);

    /// <summary>Applies <c>build</c>, <c>set</c> (IMAGE[:OLD] NEW) and <c>move</c> (IMAGE NEW-REFERENCE) lines.</summary>
    public static string Apply(Manifest manifest, params string[] lines) => Encoding.UTF8.GetString(ApplyToBytes(manifest, lines));

    public static byte[] ApplyToBytes(Manifest manifest, params string[] lines) =>
        ManifestEditor.Apply(manifest, Of(manifest, Read(manifest, lines, built: true), Read(manifest, lines, built: false)));

    private static List<EntryEdit> Read(Manifest manifest, string[] lines, bool built)
    {
        var edits = new List<(int Place, EntryEdit Edit)>();
        foreach (var words in lines.Where(line => line.Length > 0).Select(line => line.Split(' ')).Where(words => (words[0] == "build") == built))
        {
            var (image, old) = ImageReference.TryParse(words[1], out var reference) ? (reference.Name, reference.Version.ToString()) : (ImageName.Parse(words[1]), null);
            var moved = words[0] == "move" ? ImageReference.Parse(words[2]) : null;
            var entries = manifest.Entries.Where(entry => entry.Image == image && (old is null || entry.Version == old)).ToList();
            Assert.NotEmpty(entries);
            edits.AddRange(entries.Select(entry => (manifest.Entries.ToList().IndexOf(entry), new EntryEdit(entry, moved?.Name, moved?.Version ?? ImageVersion.Parse(words[2])))));
        }

        return [.. edits.OrderBy(edit => edit.Place).Select(edit => edit.Edit)];
    }
}

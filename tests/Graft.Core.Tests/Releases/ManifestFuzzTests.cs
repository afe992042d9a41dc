using System.Text;
using CsCheck;
using Graft.Core.Failures;
using Graft.Core.Images;
using Graft.Core.Releases;

namespace Graft.Core.Tests.Releases;

/// <summary>Nasty manifests made nastier: whatever comes in, the answer is a right edit or a refusal, never a bug.</summary>
public sealed class ManifestFuzzTests
{
    private static readonly string[] Texts = [.. Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "Nasty"), "*.yaml").Order(StringComparer.Ordinal).Select(File.ReadAllText)];

    private static readonly string[] Pieces =
    [
        "\n", "\r\n", "\r", " ", "  ", "\t", ": ", "- ", "-", "? ", "#", " # ", "\"", "'", "|", "|+\n", ">-\n", "{", "}", "[", "]", ",", "&a ", "*a", "!!str ", "!t ",
        "---\n", "...\n", "notes: x\n", "notes: |\n  x\n", "\nnotes: ", "hotfix: ~\n", "name", "images:\n", "<<: *a\n", "\\", "\u2028", "\u0085", "\uFEFF", "é", "😀", "\0", "0", "@", "%", "`",
    ];

    private static readonly Gen<string> Mangled =
        Gen.Select(Generators.AnyOf(Texts), Gen.Select(Gen.Int[0, 10_000], Generators.AnyOf(Pieces), Gen.Int[0, 12]).List[1, 4])
            .Select((text, changes) => changes.Aggregate(text, Mangle));

    [Fact]
    public void Is_edited_or_refused() => Mangled.Sample(text =>
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        try
        {
            var manifest = Manifest.Parse(bytes, "m.yaml");
            Assert.Equal(new ManifestHeader(manifest.Name, manifest.Commit, manifest.ReleasedAt, manifest.Hotfix?.Of), ManifestHeader.Read(bytes, "m.yaml"));
            ManifestEditor.Apply(manifest, Edits.Of(manifest, [], []));
            ManifestEditor.Apply(manifest, Edits.Of(manifest, [.. manifest.Entries.Select(entry => new EntryEdit(entry, null, ImageVersion.Parse("1e5")))], []));
        }
        catch (GraftException failure)
        {
            Assert.Equal(FailureKind.Input, failure.Kind);
        }
    }, iter: 2_000);

    private static string Mangle(string text, (int Place, string Piece, int Length) change)
    {
        var place = change.Place % (text.Length + 1);
        return text.Remove(place, Math.Min(change.Length, text.Length - place)).Insert(place, change.Piece);
    }
}

using System.Text;
using System.Text.RegularExpressions;
using Graft.Core.Failures;
using Graft.Core.Images;
using Graft.Core.Releases;
using Graft.Testing;

namespace Graft.Core.Tests.Releases;

/// <summary>Nasty manifests made nastier: whatever comes in, the answer is a right edit or a refusal, never a bug.</summary>
public sealed partial class ManifestFuzzTests
{
    private static readonly byte[][] Corpus = [.. Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "Nasty"), "*.yaml").Order(StringComparer.Ordinal).Select(File.ReadAllBytes)];

    private static readonly string[] Pieces =
    [
        "\n", "\r\n", "\r", " ", "  ", "\t", ": ", "- ", "-", "? ", "#", " # ", "\"", "'", "|", "|+\n", ">-\n", "{", "}", "[", "]", ",", "&a ", "*a", "!!str ", "!t ",
        "---\n", "...\n", "notes: x\n", "notes: |\n  x\n", "\nnotes: ", "hotfix: ~\n", "name", "images:\n", "<<: *a\n", "\\", "\u2028", "\u0085", "\uFEFF", "é", "😀", "\0", "0", "@", "%", "`",
        "released_at: 2025-11-23\n", "x_images: *a\n", "  a/b: 1.10\n", "- a/b@sha256:", "\uD800", "\"\\ud800\"",
    ];

    [Fact]
    public void Is_edited_or_refused() => new Fuzz("manifests", Corpus, Pieces).Run(Check);

    private static string Check(byte[] bytes)
    {
        var header = Try(() => ManifestHeader.Read(bytes, "m.yaml"), out _);
        if (Try(() => Manifest.Parse(bytes, "m.yaml"), out var refusal) is not { } manifest)
        {
            Assert.StartsWith("m.yaml:", refusal, StringComparison.Ordinal);
            return refusal;
        }

        Assert.Equal(new ManifestHeader(manifest.Name, manifest.Commit, manifest.ReleasedAt, manifest.Hotfix?.Of), header);
        Assert.True(manifest.Bytes.Span.SequenceEqual(bytes));
        return CheckEdits(manifest) ?? "edited";
    }

    private static string? CheckEdits(Manifest manifest)
    {
        if (Try(() => Edit(manifest, manifest, []), out var refusal) is not { } nothing)
        {
            return refusal;
        }

        CheckNothing(manifest, nothing);
        var version = ImageVersion.Parse("fuzz-1");
        if (Try(() => Edit(manifest, manifest, [.. manifest.Entries.Select(entry => new EntryEdit(entry, null, version))]), out refusal) is not { } edited)
        {
            return refusal;
        }

        var after = Manifest.Parse(edited, "m.yaml");
        Assert.Equal(manifest.Entries.Select(entry => (entry.List, entry.Index, entry.Image, "fuzz-1")), after.Entries.Select(entry => (entry.List, entry.Index, entry.Image, entry.Version)));
        Assert.Equal(manifest.Name, after.Hotfix?.Of);
        Assert.Null(after.Notes);

        // What is written with escapes comes back without them.
        var back = Edit(after, manifest, [.. after.Entries.Zip(manifest.Entries).Select(pair => new EntryEdit(pair.First, null, ImageVersion.Parse(pair.Second.Version)))]);
        if (!Text(manifest.Bytes.Span).Contains('\\', StringComparison.Ordinal))
        {
            Assert.Equal(Bare(nothing), Bare(back));
        }

        return null;
    }

    // An edit of nothing is the base with a record of it, where nothing of the base goes and its own values are written as they would be.
    private static void CheckNothing(Manifest manifest, byte[] nothing)
    {
        var text = Text(manifest.Bytes.Span);
        var isPlain = !text.Contains("hotfix", StringComparison.Ordinal) && !text.Contains("notes", StringComparison.Ordinal) && !text.Contains('\\', StringComparison.Ordinal)
            && text.Contains(manifest.Commit.ToString(), StringComparison.Ordinal)
            && (manifest.ReleasedAt is not { } time || text.Contains($"{time.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss}+00:00", StringComparison.Ordinal));
        if (isPlain)
        {
            Assert.Equal(Bare(manifest.Bytes.Span), Bare(nothing));
        }
    }

    private static byte[] Edit(Manifest manifest, Manifest like, IReadOnlyList<EntryEdit> edits) =>
        ManifestEditor.Apply(manifest, new ManifestEdit(like.Name, like.Commit, like.ReleasedAt ?? Edits.Name.Stamp!.Value, like.Name, edits, []));

    private static T? Try<T>(Func<T> read, out string refusal)
        where T : class
    {
        try
        {
            refusal = "";
            return read();
        }
        catch (GraftException failure)
        {
            Assert.Equal(FailureKind.Input, failure.Kind);
            refusal = failure.Message;
            return null;
        }
    }

    private static string Text(ReadOnlySpan<byte> bytes) => Encoding.UTF8.GetString(bytes);

    // Without the record, and without quotes, which a value may need that another did not.
    private static string Bare(ReadOnlySpan<byte> bytes) =>
        FlowRecord().Replace(BlockRecord().Replace(Text(bytes).Replace("\"", "", StringComparison.Ordinal).Replace("'", "", StringComparison.Ordinal), ""), "").TrimEnd('\n', '\r');

    [GeneratedRegex(@"(?<=\A|[\n\r\u0085\u2028\u2029\uFEFF]) *hotfix:(?:\r\n|\n|\r)(?: +(?:of:|built:|changed:|- \{)[^\n\r]*(?:\r\n|\n|\r|\z))+")]
    private static partial Regex BlockRecord();

    [GeneratedRegex(@", hotfix: \{ of: [^ ]*, built: \[[^\]]*\], changed: \[\] \}")]
    private static partial Regex FlowRecord();
}

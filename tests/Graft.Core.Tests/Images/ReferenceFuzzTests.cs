using System.Text;
using Graft.Core.Failures;
using Graft.Core.Hotfixes;
using Graft.Core.Images;
using Graft.Core.Releases;
using Graft.Testing;

namespace Graft.Core.Tests.Images;

/// <summary>Mangled references, names, versions, digests, platforms and commits: what is read is written as it was, and read as the same again.</summary>
public sealed class ReferenceFuzzTests
{
    private const string Hex = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

    private static readonly string[] Corpus =
    [
        "acme/core-api:3.10", "busybox:1.36", "docker.io/library/x:1", "localhost:5000/a/b:t", "[::1]:5000/a/b:t", "a__b/c-d.e:_x", "x@sha256:" + Hex, "x:1@sha512:" + Hex + Hex,
        "acme/core-api:3.2=3.2.1", "a/b=@sha256:" + Hex, "linux/arm64/v8", "3.2.202511230446", "pre-TICKET-1", "5c1f0a77d2e94b60813f7a5c9be0d1426f38a9c4", "sha256:" + Hex,
    ];

    private static readonly string[] Pieces = ["/", ":", "@", ".", "-", "_", "__", "--", "=", "sha256:", "sha512:", Hex, "A", "a", "0", "9", "[", "]", "::", "%", " ", "\n", "\0", "é", "ａ", "\u0130", "😀", "pre-", ".lock", "..", "docker.io/", "library/"];

    [Fact]
    public void What_is_read_is_what_was_written() => new Fuzz("references", [.. Corpus.Select(Encoding.UTF8.GetBytes)], Pieces).Run(bytes => Check(Encoding.UTF8.GetString(bytes)));

    private static string Check(string text)
    {
        string?[] read =
        [
            RoundTrip(text, ImageReference.TryParse(text, out var reference) ? reference : null, ImageReference.Parse),
            RoundTrip(text, ImageName.TryParse(text, out var name) ? name : null, ImageName.Parse),
            RoundTrip(text, ImageVersion.TryParse(text, out var version) ? version : null, ImageVersion.Parse),
            RoundTrip(text, Digest.TryParse(text, out var digest) ? digest : null, Digest.Parse),
            RoundTrip(text, Platform.TryParse(text, out var platform) ? platform : null, Platform.Parse),
            RoundTrip(text, ReleaseName.TryParse(text, out var release) ? release : null, ReleaseName.Parse),
            RoundTrip(text.ToLowerInvariant(), CommitId.TryParse(text, out var commit) ? commit : null, CommitId.Parse),
            ReleaseSeries.TryParse(text) is { } series ? Same(text, series.ToString()) : null,
            RoundTrip(text, Try(() => EntryChoice.Parse(text)), EntryChoice.Parse),
            Try(() => VersionChange.Parse(text)) is null ? null : "change",
        ];
        // A host by its capitals alone is none in lower case, and a name with its host may be too long.
        var hasPlainHost = name is not null && (name.Registry == "localhost" || name.Registry.AsSpan().ContainsAny('.', ':'));
        Assert.True(!hasPlainHost || text.Length > 200 || name!.Equals(ImageName.Parse($"{name.Registry}/{name.Repository}")), "a name and its normalised form are the same");
        return string.Join(' ', read.OfType<string>());
    }

    private static string? RoundTrip<T>(string text, T? value, Func<string, T> parse)
        where T : class
    {
        if (value is null)
        {
            Assert.Null(Try(() => parse(text)));
            return null;
        }

        Assert.Equal(value, parse(value.ToString()!));
        return Same(text, value.ToString()!) + typeof(T).Name;
    }

    private static string Same(string text, string written)
    {
        Assert.Equal(text, written);
        return "";
    }

    private static T? Try<T>(Func<T> parse)
        where T : class
    {
        try
        {
            return parse();
        }
        catch (GraftException refusal)
        {
            Assert.Equal(FailureKind.Input, refusal.Kind);
            return null;
        }
    }
}

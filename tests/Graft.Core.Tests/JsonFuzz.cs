using System.Text;
using Graft.Core.Failures;
using Graft.Testing;

namespace Graft.Core.Tests;

/// <summary>Fuzzes a reader of JSON whose values are written again: what is read and written, is read and written the same once more.</summary>
internal static class JsonFuzz
{
    private static readonly string[] Pieces =
    [
        "{", "}", "[", "]", ",", ":", "\"", "\\", "\\u0000", "\\ud800", "\\ud83d\\ude00", "null", "true", "false", "0", "-1", "1e999", "0.5", "99999999999999999999", "\"\"", "{}", "[]", "[null]", "{\"a\":", "[[[[",
        "\n", " ", "\t", "\0", "\uFEFF", "é", "😀", "\uD800", "//", "/*", "\"schema\":", "\"digest\":", "\"mediaType\":", "\"size\":", "\"platform\":", "\"$type\":\"build\",", "\"id\":", "\"after\":", "../", "sha256:",
    ];

    public static void Run(string name, IReadOnlyList<byte[]> corpus, params IReadOnlyList<Func<byte[], byte[]>> rewrites) =>
        new Fuzz(name, corpus, Pieces).Run(bytes => string.Join('\n', rewrites.Select(rewrite => Check(bytes, rewrite))));

    // What was no UTF-8 is written as an escape the first time.
    private static string Text(byte[] json) => Encoding.UTF8.GetString(json).Replace("\\uFFFD", "\uFFFD", StringComparison.Ordinal);

    private static string Check(byte[] bytes, Func<byte[], byte[]> rewrite)
    {
        try
        {
            var written = rewrite(bytes);
            Assert.Equal(Text(written), Text(rewrite(written)));
            return "read";
        }
        catch (GraftException refusal)
        {
            Assert.Equal(FailureKind.Input, refusal.Kind);
            Assert.Contains("f.json", refusal.Message, StringComparison.Ordinal);
            return refusal.Message;
        }
    }
}

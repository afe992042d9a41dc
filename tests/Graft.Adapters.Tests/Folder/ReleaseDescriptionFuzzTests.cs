using System.Text;
using Graft.Adapters.Folder;
using Graft.Core.Failures;
using Graft.Testing;

namespace Graft.Adapters.Tests.Folder;

/// <summary>Mangled descriptions of releases.</summary>
public sealed class ReleaseDescriptionFuzzTests
{
    private static readonly byte[] Sample = new ReleaseDescription
    {
        Schema = 1,
        Tag = "v3.2.202511230446",
        Commit = "5c1f0a77d2e94b60813f7a5c9be0d1426f38a9c4",
        Title = "3.2",
        Notes = "# Notes\n",
        Draft = true,
        CreatedAt = DateTimeOffset.UnixEpoch,
    }.ToJson();

    private static readonly string[] Pieces = ["{", "}", "[", "]", ",", ":", "\"", "\\", "\\ud800", "\\u0000", "null", "true", "2", "1e999", "\"schema\":", "\"tag\":", "\"draft\":", "\"createdAt\":", "2025-02-30T25:61:61Z", "\n", "\0", "é", "😀", "\uD800", "\uFEFF"];

    [Fact]
    public void Is_read_or_refused() => new Fuzz("descriptions of releases", [Sample], Pieces).Run(bytes =>
    {
        try
        {
            var written = ReleaseDescription.Parse(bytes, "f.json").ToJson();
            Assert.Equal(Encoding.UTF8.GetString(written), Encoding.UTF8.GetString(ReleaseDescription.Parse(written, "f.json").ToJson()));
            return "read";
        }
        catch (GraftException refusal)
        {
            Assert.Equal(FailureKind.Input, refusal.Kind);
            Assert.Contains("f.json", refusal.Message, StringComparison.Ordinal);
            return refusal.Message;
        }
    });
}

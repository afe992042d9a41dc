using System.Text;
using Graft.Core.Failures;
using Graft.Core.Images;
using Graft.Core.Releases;

namespace Graft.Core.Tests.Releases;

public sealed class ReleaseLockTests
{
    private static readonly Digest One = Digest.OfSha256(Enumerable.Repeat((byte)0x11, 32).ToArray());
    private static readonly Digest Two = Digest.OfSha256(Enumerable.Repeat((byte)0x22, 32).ToArray());

    private static readonly ReleaseLock Sample = new(
    [
        new LockedReference("b:1", One, MediaTypes.OciIndex, new Dictionary<Platform, Digest> { [Platform.Parse("linux/arm64/v8")] = Two, [Platform.Default] = One }, new Dictionary<string, Digest>()),
        new LockedReference("a/b:1", Two, MediaTypes.OciManifest, new Dictionary<Platform, Digest> { [Platform.Default] = Two }, new Dictionary<string, Digest> { ["z:1"] = Two, ["alpine:3"] = One }),
    ]);

    [Fact]
    public void Is_written_in_one_form_only()
    {
        var one = new string('1', 64);
        var two = new string('2', 64);
        var expected = $$"""
            {
              "schema": 1,
              "references": {
                "a/b:1": {
                  "digest": "sha256:{{two}}",
                  "mediaType": "application/vnd.oci.image.manifest.v1+json",
                  "platforms": {
                    "linux/amd64": "sha256:{{two}}"
                  },
                  "from": {
                    "alpine:3": "sha256:{{one}}",
                    "z:1": "sha256:{{two}}"
                  }
                },
                "b:1": {
                  "digest": "sha256:{{one}}",
                  "mediaType": "application/vnd.oci.image.index.v1+json",
                  "platforms": {
                    "linux/amd64": "sha256:{{one}}",
                    "linux/arm64/v8": "sha256:{{two}}"
                  }
                }
              }
            }

            """;
        Assert.Equal(expected, Encoding.UTF8.GetString(Sample.ToBytes()));
    }

    [Fact]
    public void Comes_back_as_it_was()
    {
        var read = ReleaseLock.Parse(Sample.ToBytes(), "x.lock.json");
        Assert.Equal(Sample.ToBytes(), read.ToBytes());
        Assert.Equal(["a/b:1", "b:1"], read.References.Select(reference => reference.Reference));
        Assert.Equal(One, read.Find("a/b:1")!.From["alpine:3"]);
        Assert.Equal(Two, read.Find("b:1")!.Platforms[Platform.Parse("linux/arm64/v8")]);
        Assert.Null(read.Find("c:1"));
    }

    [Theory]
    [InlineData("", "x.lock.json:1:1: the lock is not JSON that can be read")]
    [InlineData("{\n  \"schema\": 1,\n  x\n", "x.lock.json:3:3: the lock is not JSON that can be read")]
    [InlineData("[]", "the lock 'x.lock.json' cannot be read: it has no schema")]
    [InlineData("{\"schema\": \"1\"}", "the lock 'x.lock.json' cannot be read: a value has the wrong type")]
    [InlineData("{\"schema\": 2, \"references\": {}}", "the lock 'x.lock.json' cannot be read: its schema is 2")]
    [InlineData("{\"schema\": 1}", "the lock 'x.lock.json' cannot be read: 'references' is not an object")]
    [InlineData("{\"schema\": 1, \"references\": {\"a\": {}}}", "the lock 'x.lock.json' cannot be read: 'a' is not a reference with its digests")]
    [InlineData("{\"schema\": 1, \"references\": {\"a:1\": {}}}", "the lock 'x.lock.json' cannot be read: 'a:1' has no digest or no media type")]
    [InlineData("{\"schema\": 1, \"references\": {\"a:1\": {\"digest\": \"x\", \"mediaType\": \"y\"}}}", "the lock 'x.lock.json' cannot be read: 'x' is not a digest")]
    [InlineData("{\"schema\": 1, \"references\": {\"a:1\": {\"digest\": 1, \"mediaType\": \"y\"}}}", "the lock 'x.lock.json' cannot be read: a value has the wrong type")]
    [InlineData("{\"schema\": 1, \"references\": {}, \"references\": {}}", "x.lock.json:1:")]
    public void Refuses_what_is_none(string json, string message)
    {
        var failure = Assert.Throws<GraftException>(() => ReleaseLock.Parse(Encoding.UTF8.GetBytes(json), "x.lock.json"));
        Assert.Equal(FailureKind.Input, failure.Kind);
        Assert.StartsWith(message, failure.Message, StringComparison.Ordinal);
    }
}

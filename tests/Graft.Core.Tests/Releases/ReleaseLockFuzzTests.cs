using Graft.Core.Images;
using Graft.Core.Releases;

namespace Graft.Core.Tests.Releases;

/// <summary>Mangled locks.</summary>
public sealed class ReleaseLockFuzzTests
{
    private static readonly Digest Digest = Digest.Of("x"u8);

    private static readonly byte[] Sample = new ReleaseLock(
    [
        new LockedReference("a/b:1", Digest, MediaTypes.OciIndex, new Dictionary<Platform, Digest> { [Platform.Parse("linux/arm64/v8")] = Digest, [Platform.Default] = Digest }, new Dictionary<string, Digest> { ["z:1"] = Digest }),
        new LockedReference("b:1", Digest, MediaTypes.OciManifest, new Dictionary<Platform, Digest>(), new Dictionary<string, Digest>()),
    ]).ToBytes();

    [Fact]
    public void Is_read_or_refused() => JsonFuzz.Run("locks", [Sample], json => ReleaseLock.Parse(json, "f.json").ToBytes());
}

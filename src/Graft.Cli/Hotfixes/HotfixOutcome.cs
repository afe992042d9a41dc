using Graft.Core.Images;
using Graft.Core.Releases;

namespace Graft.Cli.Hotfixes;

/// <summary>What a run made: the digest of each built image, and the draft where one was wanted.</summary>
internal sealed record HotfixOutcome(IReadOnlyDictionary<ImageName, Digest> Built, PublishedRelease? Draft);

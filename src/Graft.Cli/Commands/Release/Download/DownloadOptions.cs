using Graft.Core.Releases;

namespace Graft.Cli.Commands.Release.Download;

/// <summary>What <c>release download</c> was asked for.</summary>
internal sealed record DownloadOptions(DownloadChoice Choice, bool Force, bool CleansUp);

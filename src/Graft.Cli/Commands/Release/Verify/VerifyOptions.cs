namespace Graft.Cli.Commands.Release.Verify;

/// <summary>What <c>release verify</c> was asked.</summary>
/// <param name="Release">The release, as it was named.</param>
/// <param name="ReadsContent">Whether every byte of every image is read.</param>
internal sealed record VerifyOptions(string Release, bool ReadsContent);

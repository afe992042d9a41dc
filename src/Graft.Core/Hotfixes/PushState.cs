namespace Graft.Core.Hotfixes;

/// <summary>Whether the remote has HEAD on a branch, and, where it could not be asked, its words.</summary>
public sealed record PushState(bool IsPushed, string Remote, string? Unreachable = null);

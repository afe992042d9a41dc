namespace Graft.Adapters.Git;

/// <summary>A line (from 1) of a file that a merge with conflicts left behind.</summary>
public sealed record ConflictMarker(string Path, int Line);

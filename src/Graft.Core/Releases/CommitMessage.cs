namespace Graft.Core.Releases;

/// <summary>A commit of a branch: its parents, the first line of its message, and the rest of it.</summary>
public sealed record CommitMessage(CommitId Id, IReadOnlyList<CommitId> Parents, string Subject, string Body);

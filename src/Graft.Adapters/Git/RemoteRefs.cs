using Graft.Core.Releases;

namespace Graft.Adapters.Git;

/// <summary>
/// What a remote answered: its branches and tags without their <c>refs/</c> prefixes; annotated tags with the commit they lead to. When it
/// could not be asked, both are empty and <c>Unreachable</c> has git's words.
/// </summary>
public sealed record RemoteRefs(
    IReadOnlyDictionary<string, CommitId> Branches,
    IReadOnlyDictionary<string, CommitId> Tags,
    string? Unreachable);

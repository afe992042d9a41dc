using Graft.Core.Releases;

namespace Graft.Cli.Commands.Hotfix.Start;

/// <summary>What <c>hotfix start</c> will do: fetch, unless the remote is out of reach, and make a branch at a commit, in a folder of its own or here.</summary>
internal sealed record StartPlan(string Branch, ReleaseName Release, string Tag, CommitId Commit, string? Worktree, bool Fetches)
{
    /// <summary>The absolute path of the release's manifest, or null where there is none.</summary>
    public string? Manifest { get; init; }

    /// <summary>Tags that stay where they are although the remote has them elsewhere.</summary>
    public IReadOnlyList<string> MovedTags { get; init; } = [];
}

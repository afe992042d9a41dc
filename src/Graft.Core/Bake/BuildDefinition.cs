using Graft.Core.Failures;

namespace Graft.Core.Bake;

/// <summary>
/// One build that a bake file or a compose file describes. Paths are as written: the context relative to the file's folder, the Dockerfile to the
/// context; null where the file says nothing.
/// </summary>
/// <param name="Name">The target's or the service's name.</param>
/// <param name="Place">Where it stands.</param>
/// <param name="Context">The context folder.</param>
/// <param name="Dockerfile">The Dockerfile.</param>
/// <param name="Target">The stage to build.</param>
/// <param name="Args">Build arguments whose values are known.</param>
/// <param name="Contexts">Named contexts: <c>target:NAME</c> for another build of the file, <c>docker-image://…</c>, or a folder.</param>
/// <param name="Images">The names it is tagged with, without tags, in the file's order; parts that are not known before the build are left out.</param>
/// <param name="Platforms">Platforms to build for.</param>
/// <param name="IsWanted">Whether a group names it (of a file without groups: always); one that is not wanted may be there for others only.</param>
/// <param name="IsImage">Whether it leaves an image: not one whose output is files, or nothing but the cache.</param>
public sealed record BuildDefinition(
    string Name,
    SourceLocation Place,
    string? Context,
    string? Dockerfile,
    string? Target,
    IReadOnlyDictionary<string, string> Args,
    IReadOnlyDictionary<string, string> Contexts,
    IReadOnlyList<string> Images,
    IReadOnlyList<string> Platforms,
    bool IsWanted,
    bool IsImage)
{
    /// <summary>The tags that the first of its images gets, as far as they are known.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];
}

/// <summary>The builds of a file (or of files that are merged), and a sentence for each thing in it that could not be read.</summary>
public sealed record BuildDefinitions(IReadOnlyList<BuildDefinition> Builds, IReadOnlyList<string> Problems)
{
    /// <summary>Whether variables had the values of a file beside it.</summary>
    public bool UsesVariables { get; init; }

    /// <summary>The images of services that are not built: service -> name without tag.</summary>
    public IReadOnlyDictionary<string, string> Pulled { get; init; } = new Dictionary<string, string>();
}

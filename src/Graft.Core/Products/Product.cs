using Graft.Core.Images;
using Graft.Core.Failures;
using Graft.Core.Releases;

namespace Graft.Core.Products;

/// <summary>The repository that Graft runs in, as its <c>graft.yaml</c> describes it, with every default filled in.</summary>
/// <param name="Name">The product's name.</param>
/// <param name="VersionFile">Path of the file whose key <c>version</c> holds the series of the branch.</param>
/// <param name="Releases">Folder of manifests.</param>
/// <param name="TagTemplate">The git tag of a release, with <c>{name}</c>.</param>
/// <param name="Main">The branch where fixes also go.</param>
/// <param name="Remote">The git remote.</param>
/// <param name="Registry">Where images with a source live: <c>layout:FOLDER</c>, or a host, perhaps with a path that the images are below.</param>
/// <param name="PlainHttp">Registry hosts spoken to without TLS.</param>
/// <param name="Publisher">Where releases live: <c>folder:FOLDER</c> or <c>github:OWNER/REPO</c>.</param>
/// <param name="GitHubApi">Root of GitHub's REST API.</param>
/// <param name="Build">How images are built.</param>
/// <param name="Budget">How much a hotfix may change.</param>
/// <param name="Clusters">Folder with one folder per cluster.</param>
/// <param name="Images">The rules that find image sources.</param>
public sealed record Product(
    string Name,
    string VersionFile,
    string Releases,
    string TagTemplate,
    string Main,
    string Remote,
    string Registry,
    IReadOnlyList<string> PlainHttp,
    string Publisher,
    string GitHubApi,
    BuildSettings Build,
    Budget Budget,
    string Clusters,
    IReadOnlyList<ImageRule> Images)
{
    /// <summary>The git tag of a release of this name.</summary>
    public string TagOf(ReleaseName name) => TagTemplate.Replace("{name}", name.ToString(), StringComparison.Ordinal);

    /// <summary>The release that a git tag belongs to, or null when the tag is no release's.</summary>
    public ReleaseName? NameOf(string tag)
    {
        var parts = TagTemplate.Split("{name}", 2);
        return parts.Length == 2 && tag.Length > parts[0].Length + parts[1].Length
            && tag.StartsWith(parts[0], StringComparison.Ordinal) && tag.EndsWith(parts[1], StringComparison.Ordinal)
            && ReleaseName.TryParse(tag[parts[0].Length..^parts[1].Length], out var name)
            ? name
            : null;
    }
}

/// <summary>Which builder, how many builds at once, the instance of buildx, and further arguments for the builder's <c>build</c>, such as <c>--network=none</c>.</summary>
public sealed record BuildSettings(string With, int Parallel, string? Builder, IReadOnlyList<string> Options);

/// <summary>The most files, lines and commits that a hotfix may change without being asked about it.</summary>
public sealed record Budget(int Files, int Lines, int Commits);

/// <summary>One entry of <c>images</c> in graft.yaml: which Dockerfiles it finds and what they build. Members are as written; see <see cref="ImageSource"/>.</summary>
public sealed record ImageRule(
    string Dockerfiles,
    IReadOnlyList<string> Except,
    string Name,
    string Key,
    string Context,
    IReadOnlyDictionary<string, string> Targets,
    IReadOnlyList<Platform> Platforms,
    IReadOnlyDictionary<string, string> Args,
    IReadOnlyDictionary<string, string> Contexts,
    IReadOnlyList<string> Inputs,
    IReadOnlyList<string> Prepare,
    IReadOnlyDictionary<string, string> Secrets,
    SourceLocation Location);

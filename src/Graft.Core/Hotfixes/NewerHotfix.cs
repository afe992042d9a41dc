using Graft.Core.Releases;

namespace Graft.Core.Hotfixes;

/// <summary>
/// A later published hotfix of the same lineage: how many of its commits the branch lacks (null: its commit is not here to compare), and the images
/// that it built or changed.
/// </summary>
public sealed record NewerHotfix(ReleaseName Name, int? MissingCommits, IReadOnlyList<string> Images);

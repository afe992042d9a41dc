using Graft.Adapters.Git;
using Graft.Adapters.GitHub;
using Graft.Adapters.Journal;
using Graft.Adapters.Manifests;
using Graft.Core.Products;
using Graft.Core.Releases;

namespace Graft.Cli;

/// <summary>
/// The repository that a command works in, with everything that stands around it. <c>ComparesConfiguration</c> is false where graft.yaml was named with
/// <c>--config</c>: what it said at another commit is then not known.
/// </summary>
internal sealed record Workspace(
    GitRepository Git,
    Product Product,
    ManifestFolder Manifests,
    RunFolders Runs,
    IPublisher Publisher,
    ImageStores Images,
    StateFolder State,
    bool ComparesConfiguration)
{
    /// <summary>Where pull requests and limits are, or null where releases live in a folder.</summary>
    public GitHubForge? Forge { get; init; }

    /// <summary>The absolute path of one relative to the repository's root; the folder of manifests may be the main worktree's.</summary>
    public string PathOf(string relative) =>
        relative.StartsWith(Product.Releases + "/", StringComparison.Ordinal)
            ? Path.Combine(Manifests.Path, relative[(Product.Releases.Length + 1)..])
            : Path.Combine(Git.Root, relative);
}

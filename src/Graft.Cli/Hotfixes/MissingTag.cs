using Graft.Adapters.Git;
using Graft.Core.Failures;
using Graft.Core.Releases;

namespace Graft.Cli.Hotfixes;

/// <summary>What to say of a release whose tag leads to no commit here.</summary>
internal static class MissingTag
{
    /// <summary>The failure: the tag is not here, or it is one of something else than a commit.</summary>
    public static async Task<GraftException> OfAsync(Workspace workspace, ReleaseName release, CancellationToken cancellationToken)
    {
        var tag = workspace.Product.TagOf(release);
        return await workspace.Git.HasTagAsync(tag, cancellationToken)
            ? GraftException.Input($"tag '{tag}' of release '{release}' leads to no commit", $"`git fetch --tags --force {workspace.Product.Remote}` takes the one of '{workspace.Product.Remote}'")
            : GraftException.Input($"tag '{tag}' of release '{release}' is not here", $"`{Fetch(workspace.Git)}`");
    }

    /// <summary>What fetches tags with the history that they are part of.</summary>
    public static string Fetch(GitRepository git) => git.IsShallow ? "git fetch --unshallow --tags" : "git fetch --tags";
}

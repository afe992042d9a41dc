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

    /// <summary>The failure for a tag that is neither here nor on the remote; of the tags that are, the nearest is offered.</summary>
    public static GraftException Anywhere(Workspace workspace, ReleaseName release, IEnumerable<string> tags)
    {
        var known = tags.Select(workspace.Product.NameOf).OfType<ReleaseName>().Select(name => name.ToString());
        return GraftException.Input(
            $"tag '{workspace.Product.TagOf(release)}' of release '{release}' is neither here nor on '{workspace.Product.Remote}'",
            Nearest.To(release.ToString(), known) is { } near ? $"did you mean `{near}`?" : "a draft has no tag before it is published; `git tag --list` shows those that are here");
    }

    /// <summary>What fetches tags with the history that they are part of.</summary>
    public static string Fetch(GitRepository git) => git.IsShallow ? "git fetch --unshallow --tags" : "git fetch --tags";
}

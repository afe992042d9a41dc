using Graft.Core.Failures;
using Graft.Core.Releases;

namespace Graft.Cli.Hotfixes;

/// <summary>What HEAD is compared with: a commit, and the release whose tag it is, or null.</summary>
internal sealed record ComparedCommit(CommitId Commit, ReleaseName? Release)
{
    /// <inheritdoc/>
    public override string ToString() => Release?.ToString() ?? Commit.Short;
}

/// <summary>Finds what HEAD is compared with. No manifest is needed for it.</summary>
internal sealed class ComparedBase(Workspace workspace)
{
    /// <summary>
    /// The release or commit that is named, else the release whose tag is nearest below HEAD. One that is not here, or no such tag, is an input failure.
    /// </summary>
    public async Task<ComparedCommit> FindAsync(string? named, CancellationToken cancellationToken)
    {
        if (named is null)
        {
            return await FindNearestAsync(cancellationToken);
        }

        var product = workspace.Product;
        if ((ReleaseName.TryParse(named, out var name) ? name : product.NameOf(named)) is { } release
            && await workspace.Git.FindTagAsync(product.TagOf(release), cancellationToken) is { } tagged)
        {
            return new ComparedCommit(tagged, release);
        }

        return await workspace.Git.FindCommitAsync(named, cancellationToken) is { } commit ? new ComparedCommit(commit, null)
            : name is not null ? throw await MissingTag.OfAsync(workspace, name, cancellationToken)
            : throw GraftException.Input($"'{named}' is neither a release nor a commit", "name a release, a tag or a commit");
    }

    private async Task<ComparedCommit> FindNearestAsync(CancellationToken cancellationToken)
    {
        var git = workspace.Git;
        var tags = await git.ReadTagsBelowAsync(git.Head, cancellationToken);
        var releases = tags
            .Select(tag => (Commit: tag.Value, Name: workspace.Product.NameOf(tag.Key)))
            .Where(release => release.Name is { IsPreRelease: false })
            .ToLookup(release => release.Commit, release => release.Name!);
        var nearest = await git.FindNearestAsync(git.Head, releases.Select(release => release.Key).ToHashSet(), cancellationToken);
        return nearest.Select(commit => new ComparedCommit(commit, releases[commit].Max())).MaxBy(release => release.Release)
            ?? throw GraftException.Input("there is no release's tag below HEAD", $"name what to compare with: `--base R`, or fetch the tags with `{MissingTag.Fetch(git)}`");
    }
}

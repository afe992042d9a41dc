namespace Graft.Adapters.Git;

/// <summary>
/// Where a checkout's objects come from: a repository here (its worktree's own state, what its worktrees share, its worktree), or, for
/// a submodule that was never fetched, only a URL. <c>Url</c> is what .gitmodules says, resolved; null for the product itself.
/// </summary>
internal sealed record CheckoutSource(string? GitDirectory, string? CommonDirectory, string? Root, string? Url)
{
    /// <summary>Where a submodule stands in the product, with <c>/</c>; empty for the product itself.</summary>
    public string Place { get; private init; } = "";

    /// <summary>
    /// The repository that holds a submodule's history, best first: this worktree's, the main one's, and the one inside the
    /// submodule's folder that older gits made.
    /// </summary>
    public CheckoutSource Submodule(string name, string path, string url)
    {
        var root = Root is null ? null : Path.Combine(Root, path);
        string?[] candidates =
        [
            GitDirectory is null ? null : Path.Combine(GitDirectory, "modules", name),
            CommonDirectory is null ? null : Path.Combine(CommonDirectory, "modules", name),
            root is null ? null : Path.Combine(root, ".git"),
        ];
        var found = candidates.FirstOrDefault(folder => folder is not null && Directory.Exists(Path.Combine(folder, "objects")));
        return new CheckoutSource(found, found, root, url) { Place = Place.Length == 0 ? path : $"{Place}/{path}" };
    }
}

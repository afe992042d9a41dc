namespace Graft.Core.Products.Discovery;

/// <summary>
/// What the right context of a Dockerfile has: one of these paths, with wildcards; or, where the build makes it (<c>IsMade</c>), the Dockerfile's own folder
/// on the way to it.
/// </summary>
internal sealed record ContextClue(IReadOnlyList<string> Paths, bool IsMade)
{
    /// <summary>Whether a folder has it.</summary>
    public bool Holds(string folder, string dockerfile, RepositoryTree tree) =>
        Paths.Any(path => tree.Has(folder, path) || (IsMade && LeadsThrough(folder, path, RepositoryTree.ParentOf(dockerfile))));

    private static bool LeadsThrough(string folder, string path, string own) => folder != own && RepositoryTree.Join(folder, path).StartsWith(own + "/", StringComparison.Ordinal);
}

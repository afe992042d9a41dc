using Graft.Core.Dockerfiles;
using Graft.Core.Failures;

namespace Graft.Adapters.Builders.Embedded;

/// <summary>
/// What a build takes of a context. BuildKit sends no more than that (<c>FollowPaths</c>): a folder of which nothing is taken is not there, and a
/// wildcard in it fails instead of matching nothing (moby/buildkit#2933). Which paths are taken is known only when all instructions are done.
/// </summary>
internal sealed class TakenPaths(FileTree tree)
{
    private readonly List<string> taken = [];
    private readonly List<string> anyDepth = [];
    private readonly List<(string Folder, GraftException Failure)> needed = [];

    /// <summary>A source, and the paths that it matched, links followed.</summary>
    public void Add(string source, IEnumerable<string> paths)
    {
        taken.AddRange(paths);
        // fsutil reads a source as an ignore pattern when it decides what is sent; there `**` goes down into folders, which it does not when it copies.
        if (source.Contains("**", StringComparison.Ordinal))
        {
            anyDepth.Add(UnixPath.Clean(source).TrimStart('/'));
        }
    }

    /// <summary>Notes that a wildcard in a folder matched nothing, and what to say when nothing is taken of that folder either.</summary>
    public void Need(string folder, GraftException failure) => needed.Add((folder, failure));

    /// <summary>Throws the first of the failures that were noted for folders of which nothing was taken.</summary>
    public void Check()
    {
        foreach (var (folder, failure) in needed)
        {
            if (!taken.Exists(path => IsAtOrBelow(path, folder) || IsAtOrBelow(folder, path)) && !IsTakenAtAnyDepth(folder))
            {
                throw failure;
            }
        }
    }

    private bool IsTakenAtAnyDepth(string folder) => anyDepth.Count > 0
        && IgnoreRules.Parse(string.Join('\n', anyDepth), "COPY") is var sources
        && Below(folder, tree.FindNode(folder.Split('/'))!).Any(sources.IsIgnored);

    private static IEnumerable<string> Below(string path, TreeNode node) =>
        node.Children.SelectMany(child => Below($"{path}/{child.Key}", child.Value)).Prepend(path);

    private static bool IsAtOrBelow(string path, string folder) => folder.Length == 0 || path == folder || path.StartsWith(folder + "/", StringComparison.Ordinal);
}

using Graft.Core.Dockerfiles;

namespace Graft.Core.Affected;

/// <summary>The ignore rules of one context, held against changed paths; each path is decided once, for all images that share it.</summary>
internal sealed class ContextRules(string root, IgnoreRules rules, TreeFolders folders)
{
    private readonly Dictionary<string, bool> decided = new(StringComparer.Ordinal);

    /// <summary>The context's folder, links followed; empty for the repository's root.</summary>
    public string Root { get; } = root;

    /// <summary>Whether the change of a path can be seen in the context.</summary>
    public bool Shows(FileChange change)
    {
        if (!decided.TryGetValue(change.Path, out var shows))
        {
            decided[change.Path] = shows = Decide(change);
        }

        return shows;
    }

    private bool Decide(FileChange change)
    {
        if (Root.Length > 0 && !change.Path.StartsWith(Root + "/", StringComparison.Ordinal))
        {
            // A link or a submodule on the way to the context.
            return true;
        }

        var path = Relative(change.Path);
        if (!rules.IsIgnoredByAll(path) || (change.IsSubmodule && rules.HasExceptions))
        {
            return true;
        }

        return (change.Before is null || change.After is null) && BringsFolder(change.Path);
    }

    private bool BringsFolder(string path)
    {
        for (var folder = TreeLinks.Folder(path); folder.Length > Root.Length; folder = TreeLinks.Folder(folder))
        {
            if (!rules.IsIgnoredByAll(Relative(folder)) && folders.CameOrWent(folder))
            {
                return true;
            }
        }

        return false;
    }

    private string Relative(string path) => Root.Length == 0 ? path : path[(Root.Length + 1)..];
}

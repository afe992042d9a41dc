namespace Graft.Core.Affected;

/// <summary>The symbolic links of one side, and where paths lead through them.</summary>
internal sealed class TreeLinks
{
    // What Linux allows along one path.
    private const int Most = 40;
    private readonly IReadOnlyDictionary<string, string> targets;
    private readonly ILookup<string, string> byFolder;

    public TreeLinks(IReadOnlyDictionary<string, string> targets)
    {
        this.targets = targets;
        byFolder = targets.Keys.ToLookup(Folder, Name);
    }

    /// <summary>The paths of all links.</summary>
    public IEnumerable<string> Paths => targets.Keys;

    /// <summary>Whether a path, or a folder above it, is a link.</summary>
    public bool Leads(string path) => targets.Count > 0 && (targets.ContainsKey(path) || (path.Length > 0 && Leads(Folder(path))));

    /// <summary>The names of the links in a folder.</summary>
    public IEnumerable<string> In(string folder) => byFolder[folder];

    public static string Folder(string path) => path.LastIndexOf('/') is >= 0 and var slash ? path[..slash] : "";

    public static string Name(string path) => path[(path.LastIndexOf('/') + 1)..];

    public static string Join(string folder, string name) => folder.Length == 0 ? name : $"{folder}/{name}";

    /// <summary>
    /// Follows one name in a folder to where it leads. Links stay below <paramref name="root"/>, as they do in a build context: an absolute one
    /// begins there, and nothing leads above it.
    /// </summary>
    /// <param name="folder">A path without links, at or below the root.</param>
    /// <param name="name">The name; it may be a link.</param>
    /// <param name="root">The path of the root, empty for the repository's.</param>
    /// <param name="passed">Takes the path of every link on the way.</param>
    /// <returns>The path that is meant, which need not be there; null when links lead round in a circle.</returns>
    public string? Follow(string folder, string name, string root, Action<string> passed) => targets.Count == 0 ? Join(folder, name) : Walk(folder, [name], root, passed);

    /// <summary>As <see cref="Follow"/>, for a path from the root of the repository (<c>.</c> is the root itself).</summary>
    public string? FollowPath(string path, Action<string> passed) =>
        path is "." or "" ? "" : targets.Count == 0 ? path : Walk("", path.Split('/'), "", passed);

    private string? Walk(string folder, IEnumerable<string> names, string root, Action<string> passed)
    {
        var todo = new Stack<string>(names.Reverse());
        var done = folder;
        var links = 0;
        while (todo.TryPop(out var name))
        {
            if (name is "" or ".")
            {
                continue;
            }

            if (name == "..")
            {
                done = done == root ? done : Folder(done);
                continue;
            }

            var path = Join(done, name);
            if (!targets.TryGetValue(path, out var target))
            {
                done = path;
                continue;
            }

            passed(path);
            if (++links > Most)
            {
                return null;
            }

            done = target.StartsWith('/') ? root : done;
            foreach (var part in target.Split('/').Reverse())
            {
                todo.Push(part);
            }
        }

        return done;
    }
}

using Graft.Core.Dockerfiles;
using Graft.Core.Failures;

namespace Graft.Adapters.Builders.Embedded;

/// <summary>The files of a checkout. Whatever links stand in it, nothing outside of it is read.</summary>
internal sealed class CheckoutFolder(string root)
{
    private const int MostLinks = 40;

    /// <summary>
    /// The absolute path of a file or folder of the checkout, links followed; null when it is not there. A path that leaves the checkout is an input
    /// failure.
    /// </summary>
    public string? Find(string path)
    {
        var todo = new Stack<string>(path.Split('/').Reverse());
        var done = new List<string>();
        var links = 0;
        while (todo.TryPop(out var segment))
        {
            if (segment is "" or ".")
            {
                continue;
            }

            if (segment == "..")
            {
                if (done.Count == 0)
                {
                    throw GraftException.Input($"'{path}' leaves the repository");
                }

                done.RemoveAt(done.Count - 1);
                continue;
            }

            var target = new FileInfo(Absolute([.. done, segment])).LinkTarget;
            if (target is null)
            {
                done.Add(segment);
                continue;
            }

            if (target.StartsWith('/') || ++links > MostLinks)
            {
                throw GraftException.Input($"'{path}' leaves the repository through a symbolic link to '{target}'");
            }

            foreach (var part in target.Split('/').Reverse())
            {
                todo.Push(part);
            }
        }

        var absolute = Absolute(done);
        return Path.Exists(absolute) ? absolute : null;
    }

    /// <summary>As <see cref="Find"/>, for what has to be a file.</summary>
    public string? FindFile(string path) => Find(path) is { } absolute && File.Exists(absolute) ? absolute : null;

    /// <summary>The folder as a tree, without what the rules ignore. It is a build context.</summary>
    public FileTree ReadTree(string path, IgnoreRules rules)
    {
        var absolute = Find(path);
        if (absolute is null || !Directory.Exists(absolute))
        {
            throw GraftException.Input($"the build context '{path}' is not a folder of the repository");
        }

        return new FileTree(Read(new DirectoryInfo(absolute), "", rules));
    }

    private static TreeNode Read(DirectoryInfo folder, string path, IgnoreRules rules)
    {
        var node = TreeNode.NewFolder(0, 0);
        foreach (var info in folder.EnumerateFileSystemInfos())
        {
            // As BuildKit does for a context that comes from git: what git keeps for itself is no content, and names the machine.
            if (info.Name == ".git")
            {
                continue;
            }

            var below = path.Length == 0 ? info.Name : $"{path}/{info.Name}";
            var ignored = rules.IsIgnored(below);
            if (OddName.Is(info, node.Children.Keys))
            {
                // What is left out may have any name.
                if (ignored)
                {
                    continue;
                }

                throw GraftException.Input($"'{below}' in the build context has a name that is not UTF-8", "rename it, or leave it out by a `.dockerignore`");
            }

            if (info is DirectoryInfo { LinkTarget: null } inner)
            {
                var child = ignored && !rules.HasExceptions ? null : Read(inner, below, rules);
                // An ignored folder stands only for what an exception below it brought back.
                if (child is not null && (!ignored || child.Children.Count > 0))
                {
                    node.Children[info.Name] = child;
                }
            }
            else if (!ignored)
            {
                node.Children[info.Name] = ReadFile(info);
            }
        }

        return node;
    }

    private static TreeNode ReadFile(FileSystemInfo info)
    {
        if (info.LinkTarget is { } target)
        {
            if (OddName.HasOddTarget(info, target))
            {
                throw GraftException.Input($"the link '{info.Name}' in the build context leads to a name that is not UTF-8", "rename what it leads to, or leave it out by a `.dockerignore`");
            }

            return new TreeNode(TreeNodeKind.Link, Modes.Link, 0, 0) { Target = target };
        }

        // Git keeps one bit of a file's mode; the others are the umask's, so they are not looked at.
        var executable = !OperatingSystem.IsWindows() && info.UnixFileMode.HasFlag(UnixFileMode.UserExecute);
        return new TreeNode(TreeNodeKind.File, executable ? Modes.Executable : Modes.Plain, 0, 0) { Content = new DiskContent(info.FullName, ((FileInfo)info).Length) };
    }

    private string Absolute(IEnumerable<string> segments) => Path.Combine([root, .. segments]);
}

/// <summary>The modes that files of a checkout get, whatever the umask was.</summary>
internal static class Modes
{
    /// <summary>0755.</summary>
    public const int Executable = 0b111_101_101;

    /// <summary>0644.</summary>
    public const int Plain = 0b110_100_100;

    /// <summary>0777: what a link's mode reads as.</summary>
    public const int Link = 0b111_111_111;
}

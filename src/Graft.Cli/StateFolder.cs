using Graft.Adapters.Files;

namespace Graft.Cli;

/// <summary><c>.graft/</c> in the main worktree: runs, and the default image layout and publisher. It hides itself from git.</summary>
internal sealed class StateFolder(string mainWorktree)
{
    private const string Name = ".graft";

    /// <summary>The folder's absolute path.</summary>
    public string Path { get; } = System.IO.Path.Combine(mainWorktree, Name);

    /// <summary>Whether a path of graft.yaml is inside it, and so is shared by linked worktrees.</summary>
    public static bool Holds(string relative) => relative == Name || relative.StartsWith(Name + "/", StringComparison.Ordinal);

    /// <summary>Makes the folder, with its own <c>.gitignore</c> of <c>*</c>.</summary>
    public async Task PrepareAsync(CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(Path);
        await AtomicFile.TryCreateAsync(System.IO.Path.Combine(Path, ".gitignore"), "*\n"u8.ToArray(), cancellationToken);
    }
}

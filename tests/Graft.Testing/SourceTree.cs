namespace Graft.Testing;

/// <summary>Graft's own source tree, found from where the tests were built into.</summary>
public static class SourceTree
{
    /// <summary>Absolute path of the folder with <c>Graft.slnx</c>.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>
    /// The program under test: what the variable GRAFT_PROGRAM names, else the one that was built beside these tests, in the same
    /// configuration.
    /// </summary>
    public static string Program { get; } = FindProgram();

    /// <summary>The absolute path of something in the tree.</summary>
    public static string At(params string[] parts) => Path.Combine([Root, .. parts]);

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Graft.slnx")))
            {
                return folder.FullName;
            }
        }

        throw new InvalidOperationException($"no Graft.slnx is above '{AppContext.BaseDirectory}'");
    }

    private static string FindProgram()
    {
        var named = Environment.GetEnvironmentVariable("GRAFT_PROGRAM");
        var configuration = Path.GetFileName(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory));
        var program = string.IsNullOrEmpty(named) ? At("artifacts", "bin", "Graft.Cli", configuration, "graft") : Path.GetFullPath(named);
        return File.Exists(program) ? program : throw new InvalidOperationException($"there is no program '{program}'; build it, or name it with GRAFT_PROGRAM");
    }
}

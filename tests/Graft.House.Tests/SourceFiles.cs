using Graft.Adapters.Processes;
using Graft.Testing;

namespace Graft.House.Tests;

/// <summary>The files that git knows, tracked or about to be.</summary>
internal static class SourceFiles
{
    /// <summary>Their paths from the root, with <c>/</c>.</summary>
    public static IReadOnlyList<string> All { get; } = List();

    /// <summary>The C# files, below a folder.</summary>
    public static IEnumerable<string> Code(string folder = "") =>
        All.Where(path => path.EndsWith(".cs", StringComparison.Ordinal) && path.StartsWith(folder, StringComparison.Ordinal));

    /// <summary>A file's lines.</summary>
    public static string[] Lines(string path) => File.ReadAllLines(SourceTree.At(path));

    /// <summary>Where a line of the files satisfies a condition, as <c>path:line: text</c>.</summary>
    public static IEnumerable<string> Find(IEnumerable<string> paths, Func<string, bool> condition) =>
        paths.SelectMany(path => Lines(path).Index().Where(line => condition(line.Item)).Select(line => $"{path}:{line.Index + 1}: {line.Item.Trim()}"));

    private static List<string> List()
    {
        var call = new ProgramCall
        {
            Program = "git",
            Arguments = ["ls-files", "-z", "--cached", "--others", "--exclude-standard"],
            WorkingDirectory = SourceTree.Root,
            // The tests' isolation keeps the machine's git configuration out; who owns the tree does not matter for a list of names.
            Environment = new Dictionary<string, string?>
            {
                ["GIT_CONFIG_COUNT"] = "1",
                ["GIT_CONFIG_KEY_0"] = "safe.directory",
                ["GIT_CONFIG_VALUE_0"] = "*",
            },
        };
        var result = TemporaryRepository.Runner.RunAsync(call, CancellationToken.None).GetAwaiter().GetResult();
        return result.Succeeded
            ? [.. result.Text.Split('\0').Where(path => path.Length > 0 && File.Exists(SourceTree.At(path))).Order(StringComparer.Ordinal)]
            : throw new InvalidOperationException(result.Error);
    }
}

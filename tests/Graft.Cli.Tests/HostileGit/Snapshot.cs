using System.Security.Cryptography;
using Graft.Testing;

namespace Graft.Cli.Tests.HostileGit;

/// <summary>Everything that a command could have changed: the files of the worktrees, of the repository and of its remote, objects left out.</summary>
internal static class Snapshot
{
    /// <summary>A line per file: its path and what is in it.</summary>
    public static string Of(SampleProduct product, GraftRun graft) =>
        string.Join('\n', new[] { product.Root, product.Repository.Remote, graft.Directory }.Distinct(StringComparer.Ordinal).SelectMany(Files).Order(StringComparer.Ordinal));

    private static IEnumerable<string> Files(string root) =>
        from path in Directory.Exists(root) ? Directory.EnumerateFiles(root, "*", SearchOption.AllDirectories) : []
        where !path.Contains("/objects/", StringComparison.Ordinal)
        // A file whose name is not UTF-8 is listed by another one, and cannot be opened.
        select File.Exists(path) ? $"{path} {Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(path)))}" : path;
}

using Graft.Testing;

namespace Graft.Cli.Tests.HostileGit;

/// <summary>
/// What a user sees and gets when a hotfix is looked at, cut and published. The name is given, so that it is the same to the letter wherever the commits,
/// the files and the release are.
/// </summary>
internal static class Story
{
    /// <summary>The name of the hotfix.</summary>
    public const string Name = "3.2.203001010000";

    private const string Release = SampleProduct.Release;

    /// <summary>Cuts a hotfix that builds one image; more arguments follow.</summary>
    public static readonly string[] Generate = ["hotfix", "generate", "--json", "--offline", "--release", Release, "--build", "acme/api", "--name", Name];

    /// <summary>Lives it in a worktree and takes it down.</summary>
    public static string Tell(GraftRun graft)
    {
        string Run(params IReadOnlyList<string> arguments) => graft.Run(arguments).Succeeded().Output;
        string Read(string path) => File.ReadAllText(Path.Combine(graft.Directory, path));
        return string.Join(
            '\n',
            Run("hotfix", "affected", "--json"),
            Run([.. Generate, "--dry-run"]),
            Run(Generate),
            Read($"releases/{Name}.yaml"),
            Read($"releases/{Name}.lock.json"),
            Run("release", "list", "--json"),
            Run("release", "publish", Name, "--yes", "--offline", "--json"));
    }
}

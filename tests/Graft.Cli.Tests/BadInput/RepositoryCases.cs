using Graft.Testing;
using static Graft.Cli.Tests.BadInput.BadCase;
using static Graft.Cli.Tests.BadInput.Spoil;

namespace Graft.Cli.Tests.BadInput;

/// <summary>A repository that is broken, or set up to mislead.</summary>
public sealed class RepositoryCases : IBadCases
{
    private const string Generate = $"hotfix generate --offline --release {Release} --set bitnami/redis=7.2.5 --allow affected-not-built --dry-run";

    public static IReadOnlyList<BadCase> All { get; } =
    [
        Case("HEAD of rubbish", "release list", 4, product => product.Write(".git/HEAD", "rubbish\n"), "' is not in a git repository"),
        Case("HEAD of nothing", "release list", 4, product => product.Write(".git/HEAD", ""), "' is not in a git repository"),
        Case("HEAD on a branch that is not there", "release list", 4, product => product.Write(".git/HEAD", "ref: refs/heads/gone\n"), "' has no commit yet"),
        Case("HEAD on a commit that is not there", Generate, 5, product => product.Write(".git/HEAD", "5c1f0a77d2e94b60813f7a5c9be0d1426f38a9c4\n"), "error: cannot "),
        Case("a .git that is a file of rubbish", "release list", 4, product => { Directory.Move(product.At(".git"), product.Repository.Beside("git")); product.Write(".git", "rubbish\n"); }, "error: cannot open the repository at '", "': invalid gitfile format"),
        Case("a .git that is a file that leads nowhere", "release list", 4, product => { Directory.Move(product.At(".git"), product.Repository.Beside("git")); product.Write(".git", "gitdir: /nowhere\n"); }, "' is not in a git repository"),
        Case("a bare repository", "release list", 4, product => product.Repository.Git("config", "core.bare", "true"), "' is in a git repository without a worktree"),
        Case("a configuration of rubbish", "release list", 4, product => product.Write(".git/config", "[rubbish\n"), "error: cannot open the repository at '", "': bad config line 1 in file .git/config"),
        Case("a repository of a format to come", "release list", 4, product => product.Repository.Git("config", "core.repositoryFormatVersion", "99"), "error: cannot open the repository at '"),
        Case("an index of rubbish", Generate, 5, product => product.Write(".git/index", "rubbish"), "error: cannot ", ".git/index: index file smaller than expected"),
        Case("objects that are gone", Generate, 5, RemoveObjects, "error: cannot "),
        Case("a tag on a commit that is not there", Generate, 5, product => product.Write($".git/refs/tags/v{Release}", "5c1f0a77d2e94b60813f7a5c9be0d1426f38a9c4\n"), $"error: cannot read the tags: missing object 5c1f0a77", $"refs/tags/v{Release}"),
        Case("a remote that looks like an option", Generate, 4, product => Remote(product, "remote: \"-x\"\n"), "graft.yaml:2:9: '-x' is not a name that git takes"),
        Case("a remote that runs a program", Generate, 0, product => product.Repository.Git("config", "remote.origin.url", "ext::sh -c 'echo owned >owned'"), "warning: 'origin' was not reached", "transport 'ext' not allowed"),
        Case("a remote that is not there", Generate, 0, product => product.Repository.Git("config", "remote.origin.url", "/nowhere"), "warning: 'origin' was not reached"),
        Case("colours everywhere", "hotfix affected", 0, product => product.Repository.Git("config", "color.ui", "always")),
        Case("a pager for everything", "hotfix affected", 0, product => product.Repository.Git("config", "core.pager", "false")),
        Case("commands that are aliases", "hotfix affected", 0, product => { product.Repository.Git("config", "alias.rev-parse", "!false"); product.Repository.Git("config", "alias.diff-tree", "!false"); }),
        Case("paths with a terminal's escapes and line breaks", "hotfix affected --verbose", 0, product => product.Repository.Commit("Odd", ("src/api/app/\u001b[2J\nforged", "x"), ("\u001b]0;owned\u0007", "x"))),
        Case("a file that is not UTF-8 by name", "hotfix affected", 0, product => product.Repository.Git("update-index", "--add", "--cacheinfo", $"100644,{product.Repository.Git("rev-parse", "HEAD:README.md")},src/api/app/x")),
        Case("a Dockerfile that is a pipe in the worktree", "hotfix affected", 0, product => product.Pipe("src/api/Dockerfile")),
        Case("state in a file", Generate, 0, product => { Directory.Delete(product.At(".graft"), recursive: true); product.Write(".graft", ""); }),
        Case("state that is a link to nowhere", Generate, 0, product => { Directory.Move(product.At(".graft"), product.Repository.Beside("state")); File.CreateSymbolicLink(product.At(".graft"), "nowhere"); }),
    ];

    private static BadCase Case(string name, string line, int code, Action<SampleProduct> spoil, params IReadOnlyList<string> says) =>
        new(name, Typed(line), code, says) { Break = spoil };

    private static void Remote(SampleProduct product, string line) => product.Write("graft.yaml", "product: acme\n" + line);

    private static void RemoveObjects(SampleProduct product)
    {
        foreach (var folder in Directory.EnumerateDirectories(product.At(".git/objects")).Where(path => Path.GetFileName(path).Length == 2))
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}

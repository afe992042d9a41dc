using Graft.Testing;
using static Graft.Cli.Tests.BadInput.BadCase;
using static Graft.Cli.Tests.BadInput.Spoil;

namespace Graft.Cli.Tests.BadInput;

/// <summary>Names and values on the command line, and names in git, that are not what they look like.</summary>
public sealed class NameCases : IBadCases
{
    private const string Generate = $"hotfix generate --offline --release {Release} --allow affected-not-built";

    public static IReadOnlyList<BadCase> All { get; } =
    [
        Line("a release that looks like an option", 2, ["release", "show", "--upload-pack=x"], "error: unknown option '--upload-pack'"),
        Line("a release that is said to be none", 4, ["release", "show", "--", "--upload-pack=x"], "error: there is no release '--upload-pack=x' in 'releases'"),
        Line("a release that leads out", 4, ["release", "show", "../../releases/x"], "error: there is no release '../../releases/x'"),
        Line("a release that is a path", 4, ["release", "show", "/etc/passwd"], "error: there is no release '/etc/passwd'"),
        Line("a release of nothing", 4, ["release", "show", ""], "error: there is no release ''"),
        Line("a release of a terminal's escapes", 4, ["release", "show", "\u001b[2J\r\u0007"], "error: there is no release '\uFFFD[2J\uFFFD\uFFFD'"),
        Line("a release with a line break", 4, ["release", "show", "x\nerror: forged"], "error: there is no release 'x\\nerror: forged'"),
        Line("a release without end", 4, ["release", "show", Repeat("9", 100_000)], "error: there is no release '999"),
        Line("a release whose minute is none", 4, ["release", "show", "3.2.202513450000"], "error: there is no release '3.2.202513450000'"),
        Line("a base that looks like an option", 2, ["hotfix", "affected", "--base", "--output=x"], "error: unknown option '--output'"),
        Line("a base that is said to be none", 4, ["hotfix", "affected", "--base=--output=x"], "error: '--output=x' is neither a release nor a commit"),
        Line("a base that is a range", 4, ["hotfix", "affected", "--base", "HEAD~1..HEAD"], "error: 'HEAD~1..HEAD' is neither a release nor a commit"),
        Line("a base that is a file", 4, ["hotfix", "affected", "--base", "HEAD:graft.yaml"], "error: 'HEAD:graft.yaml' is neither a release nor a commit"),
        Line("a base with a line break", 4, ["hotfix", "affected", "--base", "HEAD\nHEAD"], "error: 'HEAD\\nHEAD' is neither a release nor a commit"),
        Line("a base of nothing", 4, ["hotfix", "affected", "--base", ""], "error: '' is neither a release nor a commit"),
        Line("a run that leads out", 4, ["hotfix", "resume", "../../x"], "error: '../../x' is not a release name"),
        Line("a run of nothing", 4, ["hotfix", "resume", ""], "error: '' is not a release name"),
        Value("--build ../../etc", "'../../etc' is not an image"),
        Value("--build acme/api:--help", "'acme/api:--help' is not an image"),
        Value("--build acme/api,acme/web", "'acme/api,acme/web' is not an image", "separate several with blanks"),
        Value("--build ACME/API", "'ACME/API' is not an image"),
        Value("--set bitnami/redis=--upload-pack=x", "'--upload-pack=x' is not a version of 'bitnami/redis'"),
        Value("--set bitnami/redis=../../x", "'../../x' is not a version of 'bitnami/redis'"),
        Value("--set bitnami/redis=", "'bitnami/redis=' is not a change of version"),
        Value("--set =7", "'=7' is not a change of version"),
        Value("--set bitnami/redis=@sha256:../x", "'@sha256:../x' is not a version of 'bitnami/redis'"),
        Value("--set bitnami/redis=\u001b[31m", "'\uFFFD[31m' is not a version of 'bitnami/redis'"),
        Value("--set bitnami/redis=7.2.5 --name ../../3.2.203001030000", "'../../3.2.203001030000' is not a release name"),
        Value("--set bitnami/redis=7.2.5 --name --force", 2, "error: unknown option '--force'"),
        Value("--set bitnami/redis=7.2.5 --name=--force", "'--force' is not a release name"),
        Value("--set bitnami/redis=7.2.5 --name pre-x.lock", "'pre-x.lock' is not a release name"),
        Value("--set bitnami/redis=7.2.5 --name pre-../x", "'pre-../x' is not a release name"),
        Value("--set bitnami/redis=7.2.5 --allow everything", 2, "error: there is no guard 'everything'"),
        Notes("what is not there", "\u001b[2Jnotes", _ => { }, "'\uFFFD[2Jnotes' cannot be read: there is no such file"),
        Notes("a folder", "src", _ => { }, "'src' is a folder, not a file"),
        Notes("a device without end", "/dev/zero", _ => { }, "'/dev/zero' is larger than 1 MiB"),
        Notes("a hundred megabytes", "notes", product => { product.Write("notes", ""); product.Enlarge("notes"); }, "'notes' is larger than 1 MiB"),
        Notes("Latin-1", "notes", product => { product.Write("notes", ""); product.WriteBytes("notes", 0x63, 0x61, 0x66, 0xE9); }, "'notes' is not UTF-8"),
        Notes("a file that nobody may read", "notes", product => { product.Write("notes", ""); product.Close("notes"); }, "'notes' cannot be read: permission denied"),
        Notes("a link to nowhere", "notes", product => File.CreateSymbolicLink(product.At("notes"), "nowhere"), "'notes' cannot be read: there is no such file"),
        Line("a folder to start in that is a file", 4, ["-C", "graft.yaml", "release", "list"], "error: there is no folder 'graft.yaml'"),
        Line("a folder to start in with escapes", 4, ["-C", "\u001b[2J", "release", "list"], "error: there is no folder '\uFFFD[2J'"),
        Line("an option without end", 2, ["release", "list", "--" + Repeat("a", 100_000)], "error: unknown option '--aaa"),
        Line("an option with escapes", 2, ["release", "list", "--\u001b[2J\nerror: forged"], "error: unknown option '--\uFFFD[2J\\nerror: forged'"),
        Line("a command with escapes", 2, ["\u001b[2J"], "error: unknown command '\uFFFD[2J'"),
        Line("a demonstration where something is", 4, ["demo", "src"], "error: 'src' is not an empty folder"),
        Line("a demonstration below a file", 5, ["demo", "graft.yaml/x"], "error: cannot make 'graft.yaml/x'"),
        InGit("a branch that looks like an option", product => File.WriteAllText(product.At(".git/HEAD"), "ref: refs/heads/--force\n"), product => Commit(product, "refs/heads/--force")),
        InGit("tags that look like options", product => Commit(product, "refs/tags/--upload-pack=x"), product => Commit(product, "refs/tags/--all")),
        InGit("tags that lead out", product => Commit(product, "refs/tags/v../../x"), product => Commit(product, "refs/tags/v3.2.202601010000\u001b[2J")),
        InGit("a tag of rubbish", product => File.WriteAllText(product.At(".git/refs/tags/v3.2.202601010000"), "rubbish\n"), _ => { }),
    ];

    private static BadCase Line(string name, int code, IReadOnlyList<string> line, params IReadOnlyList<string> says) => new(name, line, code, says);

    private static BadCase Value(string words, params IReadOnlyList<string> says) => new(words.Replace('\u001b', '?'), Typed($"{Generate} {words}"), 4, says);

    private static BadCase Value(string words, int code, params IReadOnlyList<string> says) => new(words, Typed($"{Generate} {words}"), code, says);

    private static BadCase Notes(string name, string file, Action<SampleProduct> spoil, params IReadOnlyList<string> says) =>
        new($"--notes-file with {name}", [.. Typed($"{Generate} --set bitnami/redis=7.2.5 --notes-file"), file], 4, says) { Break = spoil };

    // A ref that git itself would not make: written beside it, as whoever owns a remote can.
    private static void Commit(SampleProduct product, string reference)
    {
        var path = product.At($".git/{reference}");
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, product.Fix + "\n");
    }

    private static BadCase InGit(string name, Action<SampleProduct> first, Action<SampleProduct> second) =>
        new(name, Typed("hotfix affected"), 0)
        {
            Break = product => { second(product); first(product); },
            Shows = ["acme/api"],
        };
}

using Graft.Testing;
using static Graft.Cli.Tests.BadInput.BadCase;

namespace Graft.Cli.Tests.BadInput;

/// <summary>What the program finds around it: variables, folders of the user, programs in PATH.</summary>
public sealed class EnvironmentCases : IBadCases
{
    private const string Cut = LivedInSample.CutOff;

    public static IReadOnlyList<BadCase> All { get; } =
    [
        PassedOver("GIT_DIR elsewhere", "GIT_DIR", "/nowhere"),
        PassedOver("GIT_WORK_TREE elsewhere", "GIT_WORK_TREE", "/"),
        PassedOver("GIT_INDEX_FILE elsewhere", "GIT_INDEX_FILE", "/dev/null"),
        PassedOver("GIT_OBJECT_DIRECTORY elsewhere", "GIT_OBJECT_DIRECTORY", "/nowhere"),
        PassedOver("GIT_CEILING_DIRECTORIES of rubbish", "GIT_CEILING_DIRECTORIES", "\u001b[2J:::"),
        PassedOver("GIT_TRACE on", "GIT_TRACE", "2"),
        PassedOver("GIT_EXTERNAL_DIFF that fails", "GIT_EXTERNAL_DIFF", "false"),
        PassedOver("GIT_DIFF_OPTS", "GIT_DIFF_OPTS", "--unified=99"),
        PassedOver("GIT_LITERAL_PATHSPECS", "GIT_LITERAL_PATHSPECS", "1"),
        PassedOver("GIT_PAGER that fails", "GIT_PAGER", "false"),
        PassedOver("no HOME", "HOME", null),
        PassedOver("HOME of nothing", "HOME", ""),
        PassedOver("HOME that is not there", "HOME", "/nowhere"),
        PassedOver("HOME that is a device", "HOME", "/dev/null"),
        PassedOver("HOME that is relative", "HOME", "some/where"),
        PassedOver("no TMPDIR", "TMPDIR", null),
        PassedOver("TMPDIR that is not there", "TMPDIR", "/nowhere"),
        PassedOver("XDG_CACHE_HOME that is relative", "XDG_CACHE_HOME", "some/where"),
        PassedOver("XDG_CONFIG_HOME that is a device", "XDG_CONFIG_HOME", "/dev/null"),
        PassedOver("no TERM", "TERM", null),
        PassedOver("TERM of rubbish", "TERM", "\u001b[2J/../../x"),
        PassedOver("TERM that is dumb", "TERM", "dumb"),
        PassedOver("NO_COLOR", "NO_COLOR", "1"),
        PassedOver("COLUMNS of rubbish", "COLUMNS", "-1"),
        PassedOver("LC_ALL of rubbish", "LC_ALL", "xx_YY.rubbish"),
        PassedOver("LC_ALL of Turkey", "LC_ALL", "tr_TR.UTF-8"),
        PassedOver("LANG of another encoding", "LANG", "ja_JP.SJIS"),
        PassedOver("TZ of rubbish", "TZ", "Nowhere/../../etc"),
        PassedOver("GRAFT_COMMAND with escapes", "GRAFT_COMMAND", "\u001b[2J"),
        Refused("no PATH", "PATH", null, 5, "error: cannot run 'git': it is not installed", "hint: install `git`"),
        Refused("PATH of nothing", "PATH", "", 5, "error: cannot run 'git': it is not installed"),
        Refused("PATH that leads nowhere", "PATH", "/nowhere:relative:::", 5, "error: cannot run 'git': it is not installed"),
        Refused("GIT_CONFIG_COUNT of rubbish", "GIT_CONFIG_COUNT", "x", 4, "error: cannot open the repository at '", "unable to parse command-line config"),
        Refused("GIT_CONFIG_PARAMETERS of rubbish", "GIT_CONFIG_PARAMETERS", "x", 4, "error: cannot open the repository at '"),
        Program("a git that says nothing", "#!/bin/sh\n", 5, "error: cannot open the repository at '", "': git answered what it should not"),
        Program("a git that says too much", "#!/bin/sh\nyes '\u001b[2J' | head -n 100000\n", 5, "error: cannot open the repository at '", "': git answered what it should not"),
        Program("a git that fails in a terminal's escapes", "#!/bin/sh\nprintf 'fatal: \\033[2J\\033]0;owned\\007\\n' >&2\nexit 128\n", 4, "error: cannot open the repository at '", "': \uFFFD[2J\uFFFD]0;owned\uFFFD"),
        Program("a git that no system runs", "\u007fELF", 5, "error: cannot run 'git': "),
        Program("a git that is killed", "#!/bin/sh\nkill -9 $$\n", 4, "error: cannot open the repository at '", "': git ended with exit code 137"),
        new("a git that is a folder", Typed("release list"), 5, "error: cannot run 'git': it is not installed")
        {
            Break = product => Directory.CreateDirectory(product.Repository.Beside("programs/git")),
            In = (graft, product) => graft.With("PATH", product.Repository.Beside("programs")),
        },
        Cached("XDG_CACHE_HOME that is a file", product => product.At("graft.yaml"), "graft.yaml"),
        Cached("XDG_CACHE_HOME below a device", _ => "/dev/null/cache", "/dev/null/cache"),
        Cached("XDG_CACHE_HOME that may not be written", product => { product.Protect("src"); return product.At("src"); }, "src"),
        Cached("no home at all to keep a cache in", _ => null, "/proc/"),
    ];

    private static BadCase PassedOver(string name, string variable, string? value) =>
        new($"passed over: {name}", Typed("hotfix affected"), 0) { In = (graft, _) => graft.With(variable, value), Shows = ["acme/api"] };

    private static BadCase Refused(string name, string variable, string? value, int code, params IReadOnlyList<string> says) =>
        new(name, Typed("release list"), code, says) { In = (graft, _) => graft.With(variable, value) };

    private static BadCase Program(string name, string script, int code, params IReadOnlyList<string> says) =>
        new(name, Typed("release list"), code, says)
        {
            Break = product =>
            {
                var git = product.Repository.Beside("programs/git");
                Directory.CreateDirectory(Path.GetDirectoryName(git)!);
                File.WriteAllText(git, script);
                File.SetUnixFileMode(git, UnixFileMode.UserRead | UnixFileMode.UserExecute);
            },
            In = (graft, product) => graft.With("PATH", $"{product.Repository.Beside("programs")}:{Environment.GetEnvironmentVariable("PATH")}"),
        };

    // Found out when a checkout is made: the run notes it and can be carried on.
    private static BadCase Cached(string name, Func<SampleProduct, string?> cache, params IReadOnlyList<string> says) =>
        new(name, Typed($"hotfix resume {Cut}"), 5, ["error: ", $"carry on with `graft hotfix resume {Cut}`", .. says])
        {
            In = (graft, product) => graft.With("XDG_CACHE_HOME", cache(product)).With("HOME", "/proc/nowhere"),
            MayChange = [$"product/.graft/runs/{Cut}/"],
        };
}

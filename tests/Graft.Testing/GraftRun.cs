using System.Text;
using Graft.Adapters.Processes;

namespace Graft.Testing;

/// <summary>
/// Runs the real program as a child process, as a user would: with a home, a cache and a git configuration of the test's own, so that
/// nothing of the machine's reaches it and nothing of it stays.
/// </summary>
public sealed record GraftRun
{
    /// <summary>Absolute path of the folder that it is started in.</summary>
    public required string Directory { get; init; }

    /// <summary>Absolute path of a folder that holds its home and cache.</summary>
    public required string Home { get; init; }

    /// <summary>Variables on top of the isolated environment; null unsets one.</summary>
    public IReadOnlyDictionary<string, string?> Variables { get; init; } = new Dictionary<string, string?>();

    /// <summary>What it reads from standard input, which is never a terminal here.</summary>
    public string Input { get; init; } = "";

    /// <summary>How long it may take before it is stopped.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>Whether it may do no more than an ordinary user, also where the tests run as root, to whom no file is closed.</summary>
    public bool IsOrdinary { get; init; }

    /// <summary>The same run with one variable more.</summary>
    public GraftRun With(string variable, string? value) => this with { Variables = new Dictionary<string, string?>(Variables) { [variable] = value } };

    /// <summary>Runs it to its end. One that does not come to an end is stopped, and an exception.</summary>
    public GraftResult Run(params IReadOnlyList<string> arguments)
    {
        using var deadline = new CancellationTokenSource(Patience);
        string[] prefix = IsOrdinary && System.Environment.IsPrivilegedProcess ? ["setpriv", "--bounding-set=-all", "--inh-caps=-all"] : [];
        IReadOnlyList<string> words = [.. prefix, SourceTree.Program, .. arguments];
        var result = TemporaryRepository.Runner.RunAsync(
            new ProgramCall
            {
                Program = words[0],
                Arguments = [.. words.Skip(1)],
                WorkingDirectory = Directory,
                Environment = Environment(),
                StandardInput = Encoding.UTF8.GetBytes(Input),
            },
            deadline.Token).GetAwaiter().GetResult();
        return new GraftResult(result.ExitCode, result.Text, result.Error);
    }

    /// <summary>Starts it and leaves it running.</summary>
    public RunningProgram Start(params IReadOnlyList<string> arguments) => new(SourceTree.Program, arguments, Directory, Environment());

    /// <summary>Starts it on a terminal of its own.</summary>
    public PseudoTerminal StartOnTerminal(params IReadOnlyList<string> arguments) => new(SourceTree.Program, arguments, Directory, Environment());

    /// <summary>The isolated environment; null unsets a variable.</summary>
    public IReadOnlyDictionary<string, string?> Environment()
    {
        var variables = new Dictionary<string, string?>(GitIsolation.Variables)
        {
            ["HOME"] = Path.Combine(Home, "home"),
            ["XDG_CACHE_HOME"] = Path.Combine(Home, "cache"),
            ["XDG_CONFIG_HOME"] = Path.Combine(Home, "config"),
            ["TERM"] = "xterm-256color",
            ["LC_ALL"] = "C.UTF-8",
            ["NO_COLOR"] = null,
            ["CI"] = null,
            ["GITHUB_ACTIONS"] = null,
            // No registry of the world is asked: nobody listens at this proxy, and loopback needs none.
            ["HTTP_PROXY"] = "http://127.0.0.1:1",
            ["HTTPS_PROXY"] = "http://127.0.0.1:1",
            ["http_proxy"] = null,
            ["https_proxy"] = null,
            ["ALL_PROXY"] = null,
            ["NO_PROXY"] = null,
            ["no_proxy"] = null,
            ["GH_TOKEN"] = null,
            ["GITHUB_TOKEN"] = null,
            ["GH_ENTERPRISE_TOKEN"] = null,
            ["GITHUB_ENTERPRISE_TOKEN"] = null,
            ["GH_CONFIG_DIR"] = null,
            ["DOCKER_CONFIG"] = null,
            ["REGISTRY_AUTH_FILE"] = null,
            ["XDG_RUNTIME_DIR"] = null,
            // Where the runtime is may stand in the real home.
            ["DOTNET_ROOT"] = Path.GetFullPath(Path.Combine(System.Runtime.InteropServices.RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..")),
        };
        System.IO.Directory.CreateDirectory(variables["HOME"]!);
        foreach (var (name, value) in Variables)
        {
            variables[name] = value;
        }

        return variables;
    }
}

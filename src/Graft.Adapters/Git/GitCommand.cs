using System.Globalization;
using Graft.Adapters.Processes;
using Graft.Core.Failures;

namespace Graft.Adapters.Git;

/// <summary>One way to call git: in a folder, with options before the command, in an environment that points to no other repository.</summary>
internal sealed record GitCommand(ProgramRunner Runner, string Folder)
{
    /// <summary>
    /// What <c>git rev-parse --local-env-vars</c> lists: variables that say which repository to use and how. Set by a hook, or by an
    /// alias, they would lead every call astray.
    /// </summary>
    internal static readonly IReadOnlyList<string> LocalVariables =
    [
        "GIT_ALTERNATE_OBJECT_DIRECTORIES", "GIT_CONFIG", "GIT_CONFIG_PARAMETERS", "GIT_CONFIG_COUNT", "GIT_OBJECT_DIRECTORY", "GIT_DIR",
        "GIT_WORK_TREE", "GIT_IMPLICIT_WORK_TREE", "GIT_GRAFT_FILE", "GIT_INDEX_FILE", "GIT_NO_REPLACE_OBJECTS", "GIT_REPLACE_REF_BASE",
        "GIT_PREFIX", "GIT_INTERNAL_SUPER_PREFIX", "GIT_SHALLOW_FILE", "GIT_COMMON_DIR",
    ];

    // Configuration is kept (git itself hands these two on to a submodule's git): `git -c …` and a CI's url.insteadOf arrive by them.
    private static readonly string[] Configuration = ["GIT_CONFIG_PARAMETERS", "GIT_CONFIG_COUNT"];

    /// <summary>Those of <see cref="LocalVariables"/> that would lead a git astray.</summary>
    internal static readonly IReadOnlyList<string> LeadingVariables = [.. LocalVariables.Except(Configuration)];

    private static readonly IReadOnlyDictionary<string, string?> Neutral = MakeEnvironment();

    /// <summary>A file larger than this is streamed by git, and compared as a binary one, instead of being read whole into memory (git's own limit is 512 MiB).</summary>
    internal const long LargeFile = 16 * 1024 * 1024;

    private static readonly string[] Streaming = ["-c", $"core.bigFileThreshold={LargeFile}"];

    /// <summary>Options of git itself. Names are names, not patterns; a replaced object (git-replace(1)) is this clone's own view of history.</summary>
    public IReadOnlyList<string> Options { get; init; } = ["--no-pager", "--literal-pathspecs", "--no-replace-objects", .. Streaming];

    /// <summary>Variables on top of the neutral ones.</summary>
    public IReadOnlyDictionary<string, string?> Variables { get; init; } = new Dictionary<string, string?>();

    /// <summary>The same with a setting, given by the environment (git-config(1), GIT_CONFIG_COUNT) after those that are given so already: no argument shows it.</summary>
    public GitCommand WithSetting(string key, string value)
    {
        const string count = "GIT_CONFIG_COUNT";
        var given = int.TryParse(Variables.GetValueOrDefault(count) ?? System.Environment.GetEnvironmentVariable(count), CultureInfo.InvariantCulture, out var number) ? number : 0;
        return this with
        {
            Variables = new Dictionary<string, string?>(Variables)
            {
                [count] = (given + 1).ToString(CultureInfo.InvariantCulture),
                [$"GIT_CONFIG_KEY_{given}"] = key,
                [$"GIT_CONFIG_VALUE_{given}"] = value,
            },
        };
    }

    /// <summary>Runs a command; any exit code is a result.</summary>
    public Task<ProgramResult> RunAsync(IReadOnlyList<string> arguments, CancellationToken cancellationToken, ReadOnlyMemory<byte>? input = null) =>
        Runner.RunAsync(
            new ProgramCall
            {
                Program = "git",
                Arguments = [.. Options, .. arguments],
                WorkingDirectory = Folder,
                Environment = Environment(),
                StandardInput = input,
            },
            cancellationToken);

    /// <summary>Runs a command that has to succeed; otherwise an outside failure, <paramref name="purpose"/> first, git's words last.</summary>
    public async Task<ProgramResult> DoAsync(
        string purpose, IReadOnlyList<string> arguments, CancellationToken cancellationToken, ReadOnlyMemory<byte>? input = null)
    {
        var result = await RunAsync(arguments, cancellationToken, input);
        return result.Succeeded ? result : throw Failure(purpose, result);
    }

    /// <summary>An outside failure out of what git said.</summary>
    public static GraftException Failure(string purpose, ProgramResult result, string? hint = null) =>
        GitWords.IsOfPromisor(result)
            ? GraftException.Outside($"{purpose}: the clone is partial, and its remote was not reached: {GitWords.LastOf(result)}", hint ?? "see that `git fetch` works")
            : GraftException.Outside($"{purpose}: {GitWords.LastOf(result)}", hint);

    /// <summary>The neutral variables and this command's own.</summary>
    public IReadOnlyDictionary<string, string?> Environment()
    {
        if (Variables.Count == 0)
        {
            return Neutral;
        }

        var all = new Dictionary<string, string?>(Neutral);
        foreach (var (name, value) in Variables)
        {
            all[name] = value;
        }

        return all;
    }

    private static Dictionary<string, string?> MakeEnvironment()
    {
        var variables = LeadingVariables.ToDictionary(name => name, _ => (string?)null);
        // Its words are quoted and, in a few places, read.
        variables["LC_ALL"] = "C";
        // Looking must not write the user's index, nor wait for whoever does.
        variables["GIT_OPTIONAL_LOCKS"] = "0";
        // Like a replaced object, grafted history (gitrepository-layout(5), "info/grafts") is this clone's own view. A path below a file is
        // missing in silence; unset, the variable would mean the repository's own file.
        variables["GIT_GRAFT_FILE"] = "/dev/null/none";
        // Several gits run at once under a progress display: none may ask. Credential helpers and agents answer.
        variables["GIT_TERMINAL_PROMPT"] = System.Environment.GetEnvironmentVariable("GIT_TERMINAL_PROMPT") ?? "0";
        // Git refuses to take paths as they are and by one of these rules at once.
        foreach (var rule in new[] { "GLOB", "NOGLOB", "ICASE" })
        {
            variables[$"GIT_{rule}_PATHSPECS"] = null;
        }

        return variables;
    }
}

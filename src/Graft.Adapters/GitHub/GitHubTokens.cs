using Graft.Adapters.Processes;
using Graft.Core.Failures;

namespace Graft.Adapters.GitHub;

/// <summary>
/// Finds the token for a GitHub. GH_TOKEN and GITHUB_TOKEN go to github.com, *.ghe.com and loopback only; any other host has
/// GH_ENTERPRISE_TOKEN and GITHUB_ENTERPRISE_TOKEN. What no variable says is asked of <c>gh</c>.
/// </summary>
public sealed class GitHubTokens(ProgramRunner programs, Func<string, string?> variable)
{
    private static readonly string[] Common = ["GH_TOKEN", "GITHUB_TOKEN"];
    private static readonly string[] Enterprise = ["GH_ENTERPRISE_TOKEN", "GITHUB_ENTERPRISE_TOKEN"];

    // gh would take a variable for another host's, or ask.
    private static readonly Dictionary<string, string?> WithoutVariables = new(StringComparer.Ordinal)
    {
        ["GH_TOKEN"] = null,
        ["GITHUB_TOKEN"] = null,
        ["GH_ENTERPRISE_TOKEN"] = null,
        ["GITHUB_ENTERPRISE_TOKEN"] = null,
        ["GH_PROMPT_DISABLED"] = "1",
        ["GH_NO_UPDATE_NOTIFIER"] = "1",
    };

    /// <summary>The variables that are read for a GitHub, in order.</summary>
    public static IReadOnlyList<string> VariablesOf(GitHubAddress address) => address.TakesCommonToken ? Common : Enterprise;

    /// <summary>The token for a GitHub, or null. One that no header can carry is an input failure.</summary>
    internal async Task<GitHubToken?> FindAsync(GitHubAddress address, CancellationToken cancellationToken)
    {
        foreach (var name in VariablesOf(address))
        {
            if (variable(name)?.Trim() is { Length: > 0 } value)
            {
                return Make(value, name);
            }
        }

        return address.Root.IsLoopback ? null : await AskAsync(address.Host, cancellationToken);
    }

    private async Task<GitHubToken?> AskAsync(string host, CancellationToken cancellationToken)
    {
        var call = new ProgramCall { Program = "gh", Arguments = ["auth", "token", "--hostname", host], Environment = WithoutVariables };
        try
        {
            var result = await programs.RunAsync(call, cancellationToken);
            return result.Succeeded && result.Text.Trim() is { Length: > 0 } value ? Make(value, $"`gh auth token --hostname {host}`") : null;
        }
        catch (GraftException failure) when (failure.Kind == FailureKind.Outside)
        {
            // Without gh there is nothing to ask.
            return null;
        }
    }

    private static GitHubToken Make(string value, string source) =>
        value.All(c => c is > ' ' and < '\x7F')
            ? new GitHubToken(value, source)
            : throw GraftException.Input($"what {source} holds is not a token", "a token is one word of letters, digits and `_`");
}

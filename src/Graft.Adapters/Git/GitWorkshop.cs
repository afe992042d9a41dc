using System.Globalization;
using Graft.Adapters.Processes;

namespace Graft.Adapters.Git;

/// <summary>What a developer does with git at a prompt: makes repositories, commits, branches. For repositories that Graft itself makes.</summary>
public sealed class GitWorkshop(ProgramRunner runner, string folder)
{
    /// <summary>Runs a git command in the folder; an outside failure, with git's words, when it does not succeed. The answer is its output.</summary>
    public Task<string> GitAsync(IReadOnlyList<string> arguments, CancellationToken cancellationToken) =>
        RunAsync(new GitCommand(runner, folder), arguments, cancellationToken);

    /// <summary>The same, in a commit or tag that is made at a given time.</summary>
    public Task<string> GitAtAsync(DateTimeOffset time, IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        var date = time.ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture);
        var git = new GitCommand(runner, folder)
        {
            Variables = new Dictionary<string, string?> { ["GIT_AUTHOR_DATE"] = date, ["GIT_COMMITTER_DATE"] = date },
        };
        return RunAsync(git, arguments, cancellationToken);
    }

    /// <summary>The lines in which two files differ, as <c>git diff</c> shows them without colour.</summary>
    public async Task<string> CompareAsync(string first, string second, CancellationToken cancellationToken)
    {
        // It ends with 1 when they differ, which is what is asked.
        var result = await new GitCommand(runner, folder).RunAsync(["diff", "--no-index", "--no-color", "--no-ext-diff", "--", first, second], cancellationToken);
        return result.Text;
    }

    private static async Task<string> RunAsync(GitCommand git, IReadOnlyList<string> arguments, CancellationToken cancellationToken) =>
        (await git.DoAsync($"`git {arguments[0]}` failed", arguments, cancellationToken)).Text.TrimEnd('\n');
}

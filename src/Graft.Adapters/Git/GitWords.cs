using Graft.Adapters.Processes;

namespace Graft.Adapters.Git;

/// <summary>What git said when it failed, fit to be quoted: one line, without its own label, without credentials.</summary>
internal static class GitWords
{
    // Git closes with these whatever went wrong; what went wrong stands above them.
    private static readonly string[] Closing =
    [
        "fatal: Could not read from remote repository.", "Please make sure you have the correct access rights", "and the repository exists.",
    ];

    // Git's last line where the one that tells stands above it: a push that was refused, a file that could not be read, an object that a partial
    // clone's remote did not give.
    private static readonly string[] Consequences =
    [
        "error: failed to push some refs to ", "fatal: Could not reset index file to revision ", "fatal: could not fetch ",
        "fatal: cherry-pick failed",
    ];

    private const string OfPromisor = " from promisor remote";

    // 128 + SIGPIPE: the other side of a connection was gone while git wrote to it.
    private const int EndedByBrokenPipe = 141;

    private static readonly string[] Labels = ["fatal: ", "error: ", "remote: ", "warning: "];

    /// <summary>The last line that is not advice, preferring git's own <c>fatal:</c> or <c>error:</c> to what came with it.</summary>
    public static string LastOf(ProgramResult result)
    {
        var lines = result.Error
            .Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Where(line => !line.StartsWith("hint:", StringComparison.Ordinal))
            .ToList();
        lines = lines.Except(Closing).Where(line => !Array.Exists(Consequences, text => line.StartsWith(text, StringComparison.Ordinal))).ToList() is { Count: > 0 } telling ? telling : lines;
        var line = lines.FindLast(text => text.StartsWith(Labels[0], StringComparison.Ordinal))
            ?? lines.FindLast(text => text.StartsWith(Labels[1], StringComparison.Ordinal))
            ?? lines.LastOrDefault()
            ?? (result.ExitCode == EndedByBrokenPipe ? "the other side hung up" : $"git ended with exit code {result.ExitCode}");
        var label = Labels.FirstOrDefault(text => line.StartsWith(text, StringComparison.Ordinal)) ?? "";
        return Redaction.WithoutCredentials(line[label.Length..].TrimEnd('.'));
    }

    /// <summary>Whether git failed for want of an object that a partial clone leaves with its remote.</summary>
    public static bool IsOfPromisor(ProgramResult result) => result.Error.Contains(OfPromisor, StringComparison.Ordinal);
}

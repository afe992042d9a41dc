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

    // After a push that was refused; why stands above it, in the line of the reference.
    private const string PushRefused = "error: failed to push some refs to ";

    private static readonly string[] Labels = ["fatal: ", "error: ", "remote: ", "warning: "];

    /// <summary>The last line that is not advice, preferring git's own <c>fatal:</c> or <c>error:</c> to what came with it.</summary>
    public static string LastOf(ProgramResult result)
    {
        var lines = result.Error
            .Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Where(line => !line.StartsWith("hint:", StringComparison.Ordinal))
            .ToList();
        lines = lines.Except(Closing).Where(line => !line.StartsWith(PushRefused, StringComparison.Ordinal)).ToList() is { Count: > 0 } telling ? telling : lines;
        var line = lines.FindLast(text => text.StartsWith(Labels[0], StringComparison.Ordinal))
            ?? lines.FindLast(text => text.StartsWith(Labels[1], StringComparison.Ordinal))
            ?? lines.LastOrDefault()
            ?? $"git ended with exit code {result.ExitCode}";
        var label = Labels.FirstOrDefault(text => line.StartsWith(text, StringComparison.Ordinal)) ?? "";
        return WithoutCredentials(line[label.Length..].TrimEnd('.'));
    }

    /// <summary>A text without the <c>USER:PASSWORD@</c> that a remote's URL may carry.</summary>
    public static string WithoutCredentials(string text) => Redaction.WithoutCredentials(text);
}

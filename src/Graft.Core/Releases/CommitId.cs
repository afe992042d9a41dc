using System.Diagnostics.CodeAnalysis;
using Graft.Core.Failures;

namespace Graft.Core.Releases;

/// <summary>A full git object name of a commit: 40 lower-case hex digits (64 in a SHA-256 repository).</summary>
public sealed record CommitId
{
    private readonly string text;

    private CommitId(string text) => this.text = text;

    /// <summary>The first eight digits, as in a built image's tag.</summary>
    public string Short => text[..8];

    /// <summary>Reads a full object name in any letter case; an input failure when it is not one.</summary>
    public static CommitId Parse(string text) =>
        TryParse(text, out var commit) ? commit : throw GraftException.Input($"'{text}' is not a commit", "a commit is written as 40 hex digits");

    /// <summary>Reads a full object name in any letter case.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out CommitId? commit)
    {
        commit = text is { Length: 40 or 64 } && text.All(char.IsAsciiHexDigit) ? new CommitId(text.ToLowerInvariant()) : null;
        return commit is not null;
    }

    /// <inheritdoc/>
    public override string ToString() => text;
}

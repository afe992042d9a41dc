using System.Text.RegularExpressions;

namespace Graft.Core.Products;

/// <summary>Paths from outside that have to stay below the repository's root.</summary>
internal static partial class RepositoryPath
{
    /// <summary>What is wrong with a path, in words that follow it; null when it stays below the root. <c>.</c> is the root itself.</summary>
    public static string? FindProblem(string text) =>
        text.Length == 0 ? "is empty"
        : text.Contains('\0', StringComparison.Ordinal) ? "holds a NUL character"
        : text[0] == '/' || DriveLetter().IsMatch(text) ? "is absolute"
        : text.Split('/').Contains("..", StringComparer.Ordinal) ? "leaves the repository"
        : null;

    [GeneratedRegex(@"\A[A-Za-z]:", RegexOptions.CultureInvariant)]
    private static partial Regex DriveLetter();
}

using System.Text.RegularExpressions;
using Graft.Core.Releases;

namespace Graft.Core.Reviews;

/// <summary>
/// A commit as its branch shows it: the first line of its message, its author's name, the paths that it changes (none for a merge), and the names of the commits that its message says
/// it was picked from (what <c>git cherry-pick -x</c> writes), which may be shortened.
/// </summary>
public sealed partial record BranchCommit(CommitId Id, string Subject, string Author, IReadOnlyList<CommitId> Parents, IReadOnlyList<string> Paths, IReadOnlyList<string> PickedFrom)
{
    /// <summary>Whether it joins histories.</summary>
    public bool IsMerge => Parents.Count > 1;

    /// <summary>Whether these commits change the same paths: only then can their changes be the same.</summary>
    public bool HasPathsOf(BranchCommit other) => Paths.Count == other.Paths.Count && Paths.SequenceEqual(other.Paths, StringComparer.Ordinal);

    /// <summary>The names in the lines <c>(cherry picked from commit NAME)</c> of a message, oldest first.</summary>
    public static IReadOnlyList<string> PicksIn(string message) => [.. PickLine().Matches(message).Select(match => match.Groups["name"].Value.ToLowerInvariant()).Distinct(StringComparer.Ordinal)];

    [GeneratedRegex(@"^\s*\(cherry picked from commit (?<name>[0-9a-fA-F]{7,64})\)\s*$", RegexOptions.Multiline | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant)]
    private static partial Regex PickLine();
}

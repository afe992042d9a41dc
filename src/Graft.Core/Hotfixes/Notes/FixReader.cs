using System.Globalization;
using System.Text.RegularExpressions;
using Graft.Core.Releases;

namespace Graft.Core.Hotfixes.Notes;

/// <summary>
/// Reads what a branch brings out of its commits: by the convention of their subjects (<c>fix(api)!: …</c>, conventionalcommits.org), by the number that GitHub leaves in
/// them, and by what is known of their pull requests.
/// </summary>
public static partial class FixReader
{
    private const RegexOptions Options = RegexOptions.CultureInvariant | RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture;

    /// <summary>
    /// The commits that are fixes, in the order of <paramref name="commits"/>, where a child is before its parents: those of the main line, and of what was merged into it. What came with
    /// a pull request's merge is that pull request; any other merge is none by itself.
    /// </summary>
    public static IReadOnlyList<CommitMessage> Choose(IReadOnlyList<CommitMessage> commits)
    {
        if (commits.Count == 0)
        {
            return [];
        }

        var byId = commits.DistinctBy(commit => commit.Id).ToDictionary(commit => commit.Id);
        var chosen = new HashSet<CommitId>();
        var passed = new HashSet<CommitId>();
        var open = new Stack<CommitId>([commits[0].Id]);
        while (open.TryPop(out var id))
        {
            if (!passed.Add(id) || !byId.TryGetValue(id, out var commit))
            {
                continue;
            }

            var isPullRequest = commit.Parents.Count > 1 && MergeOf(commit) is not null;
            if (commit.Parents.Count < 2 || isPullRequest)
            {
                chosen.Add(id);
            }

            foreach (var parent in isPullRequest ? commit.Parents.Take(1) : commit.Parents)
            {
                open.Push(parent);
            }
        }

        return [.. commits.Where(commit => chosen.Remove(commit.Id))];
    }

    /// <summary>What a commit is, with its pull request where one is known.</summary>
    public static Fix Read(CommitMessage commit, PullRequest? pullRequest)
    {
        var (text, number) = MergeOf(commit) is { } merged ? (TitleOf(commit), merged) : NumberAtEnd(commit.Subject);
        var convention = Convention().Match(text);
        var kind = convention.Success ? KindOf(convention.Groups["type"].Value) : null;
        var isBreaking = (convention.Success && convention.Groups["breaking"].Length > 0) || BreakingFooter().IsMatch(commit.Body);
        var labels = pullRequest?.Labels.Select(KindOfLabel).OfType<FixKind>().Order().ToList() ?? [];
        var decided = isBreaking ? FixKind.BreakingChange : labels.Count > 0 ? labels[0] : kind ?? FixKind.Fix;
        return new Fix(decided, kind is null ? text : convention.Groups["text"].Value, commit.Id, number ?? pullRequest?.Number);
    }

    private static int? MergeOf(CommitMessage commit) => Merge().Match(commit.Subject) is { Success: true } match ? ParseNumber(match.Groups["number"].Value) : null;

    // GitHub puts the title into the message's body, and another tool may leave it out.
    private static string TitleOf(CommitMessage commit) =>
        commit.Body.Split('\n').Select(line => line.Trim()).FirstOrDefault(line => line.Length > 0) ?? commit.Subject;

    private static (string Text, int? Number) NumberAtEnd(string subject) =>
        Number().Match(subject) is { Success: true } match && ParseNumber(match.Groups["number"].Value) is { } number ? (match.Groups["text"].Value, number) : (subject, null);

    private static int? ParseNumber(string digits) => int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0 ? number : null;

    private static FixKind? KindOf(string type) => type.ToLowerInvariant() switch
    {
        "feat" or "feature" => FixKind.NewFeature,
        "fix" or "bugfix" or "hotfix" or "revert" or "security" => FixKind.Fix,
        "perf" or "enhance" or "enhancement" or "improve" or "improvement" => FixKind.Enhancement,
        "build" or "chore" or "ci" or "deps" or "docs" or "refactor" or "style" or "test" or "tests" => FixKind.UnderTheHood,
        _ => null,
    };

    private static FixKind? KindOfLabel(string label) => label.ToLowerInvariant().Replace(' ', '-') switch
    {
        "breaking" or "breaking-change" or "breaking-changes" => FixKind.BreakingChange,
        "feature" or "new-feature" => FixKind.NewFeature,
        "enhancement" or "improvement" or "performance" => FixKind.Enhancement,
        "bug" or "bugfix" or "fix" => FixKind.Fix,
        "chore" or "ci" or "dependencies" or "documentation" or "internal" or "refactoring" or "under-the-hood" => FixKind.UnderTheHood,
        _ => null,
    };

    [GeneratedRegex(@"^Merge pull request #(?<number>[0-9]+) from ", Options)]
    private static partial Regex Merge();

    [GeneratedRegex(@"^(?<text>.*[^ ]) +\(#(?<number>[0-9]+)\)$", Options)]
    private static partial Regex Number();

    [GeneratedRegex(@"^(?<type>[A-Za-z]+)(\([^()]*\))?(?<breaking>!)?: +(?<text>.*[^ ].*)$", Options)]
    private static partial Regex Convention();

    [GeneratedRegex(@"^BREAKING[ -]CHANGE: ", Options | RegexOptions.Multiline)]
    private static partial Regex BreakingFooter();
}

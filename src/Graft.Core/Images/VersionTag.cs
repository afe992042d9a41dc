using System.Text.RegularExpressions;

namespace Graft.Core.Images;

/// <summary>
/// A tag read as a version: numbers count as numbers (<c>7.10</c> is later than <c>7.9</c>), and what has more of them is later than what has fewer. Tags of one scheme differ in their numbers only.
/// </summary>
public sealed partial class VersionTag
{
    private static readonly HashSet<string> Unfinished = new(StringComparer.OrdinalIgnoreCase)
    {
        "a", "alpha", "b", "beta", "canary", "dev", "ea", "m", "milestone", "next", "nightly", "pre", "preview", "rc", "snapshot", "unstable",
    };

    private readonly IReadOnlyList<Part> parts;

    /// <summary>Reads any tag.</summary>
    public VersionTag(string text)
    {
        Text = text;
        var matches = PartGrammar().Matches(text);
        var all = matches.Select(Part.Of).ToList();
        // `v1.2` and `1.2` are the same version, in two schemes.
        parts = all is [{ Kind: PartKind.Word, Text: "v" or "V" }, { Kind: PartKind.Number }, ..] ? all[1..] : all;
        IsVersion = parts.Count > 0 && parts[0].Kind == PartKind.Number;
        IsUnfinished = parts.Any(part => part.Kind == PartKind.Word && Unfinished.Contains(part.Text));
        Scheme = PartGrammar().Replace(text, match => Part.Of(match) switch { { Kind: PartKind.Number } => "#", { Kind: PartKind.Commit } => "~", var word => word.Text });
    }

    // From the least to the greatest, where one is compared with another; the end of a tag stands between words and numbers.
    private enum PartKind
    {
        Commit,
        Word,
        End,
        Number,
    }

    /// <summary>The tag.</summary>
    public string Text { get; }

    /// <summary>The tag with its numbers and commits left open: <c>#.#.#-debian-#-r#</c>.</summary>
    public string Scheme { get; }

    /// <summary>Whether it begins with a number, as <c>1.2</c> and <c>v1.2</c> do.</summary>
    public bool IsVersion { get; }

    /// <summary>Whether it says of itself that it comes before a release: <c>-rc1</c>, <c>-beta</c>.</summary>
    public bool IsUnfinished { get; }

    /// <summary>Below zero where the first is the earlier version.</summary>
    public static int Compare(VersionTag first, VersionTag second)
    {
        for (var i = 0; i < Math.Max(first.parts.Count, second.parts.Count); i++)
        {
            if (Part.Compare(first.At(i), second.At(i)) is var order and not 0)
            {
                return order;
            }
        }

        return string.CompareOrdinal(first.Text, second.Text);
    }

    /// <inheritdoc/>
    public override string ToString() => Text;

    private Part At(int index) => index < parts.Count ? parts[index] : Part.End;

    // A commit's digits say nothing of which is later; one without a letter, or without a digit, passes for a number or a word.
    [GeneratedRegex(@"(?<commit>(?<![A-Za-z0-9])(?=[a-f]*[0-9])(?=[0-9]*[a-f])[0-9a-f]{7,40}(?![A-Za-z0-9]))|(?<number>[0-9]+)|(?<word>[A-Za-z]+)", RegexOptions.CultureInvariant)]
    private static partial Regex PartGrammar();

    private sealed record Part(PartKind Kind, string Text)
    {
        public static readonly Part End = new(PartKind.End, "");

        public static Part Of(Match match) => new(match.Groups["commit"].Success ? PartKind.Commit : match.Groups["number"].Success ? PartKind.Number : PartKind.Word, match.Value);

        public static int Compare(Part first, Part second) =>
            first.Kind != second.Kind ? first.Kind.CompareTo(second.Kind)
            : first.Kind == PartKind.Number ? CompareNumbers(first.Text.TrimStart('0'), second.Text.TrimStart('0'))
            : first.Kind == PartKind.Word ? string.Compare(first.Text, second.Text, StringComparison.OrdinalIgnoreCase)
            : 0;

        // Of any length: a stamp may be longer than a number of the machine.
        private static int CompareNumbers(string a, string b) => a.Length != b.Length ? a.Length.CompareTo(b.Length) : string.CompareOrdinal(a, b);
    }
}

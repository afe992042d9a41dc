using System.Globalization;
using System.Text.RegularExpressions;

namespace Graft.Testing;

/// <summary>
/// Puts a number in the place of each thing that differs from run to run: <c>&lt;release-1&gt;</c>, <c>&lt;commit-1&gt;</c> (its short form
/// <c>&lt;commit-1:8&gt;</c>), <c>&lt;digest-1&gt;</c>, <c>&lt;folder&gt;</c>. The same thing has the same number throughout, and a release's
/// minute is named after the release.
/// </summary>
public sealed partial class Numbering
{
    private readonly Dictionary<string, string> names = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> counts = new(StringComparer.Ordinal);

    private Numbering()
    {
    }

    /// <summary>The text with everything numbered.</summary>
    public static string Of(string text)
    {
        var numbering = new Numbering();
        text = TestFolder().Replace(text, "<folder>");
        text = ReleaseName().Replace(text, match => numbering.NameOf("release", match.Value));
        text = numbering.NameMinutes(text);
        text = ContentDigest().Replace(text, match => numbering.NameOf("digest", match.Value));
        text = FullCommit().Replace(text, match => numbering.NameOf("commit", match.Value));
        return ShortCommit().Replace(text, match => numbering.ShortNameOf(match.Value));
    }

    private string NameOf(string kind, string value)
    {
        if (!names.TryGetValue(value, out var name))
        {
            var number = counts[kind] = counts.GetValueOrDefault(kind) + 1;
            names[value] = name = string.Create(CultureInfo.InvariantCulture, $"<{kind}-{number}>");
        }

        return name;
    }

    private string ShortNameOf(string value)
    {
        var full = names.Keys.FirstOrDefault(name => name.Length == 40 && name.StartsWith(value, StringComparison.Ordinal));
        var named = NameOf("commit", full ?? value);
        return named[..^1] + ":8>";
    }

    private string NameMinutes(string text)
    {
        foreach (var (release, name) in names.ToList())
        {
            var minute = DateTime.ParseExact(release[^12..], "yyyyMMddHHmm", CultureInfo.InvariantCulture);
            text = text
                .Replace(minute.ToString("yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture), $"{name[..^1]}:time>", StringComparison.Ordinal)
                .Replace(minute.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture), $"{name[..^1]}:minute>", StringComparison.Ordinal);
        }

        return text;
    }

    [GeneratedRegex("""/[^\s'"]*/graft-test-\w+""")]
    private static partial Regex TestFolder();

    [GeneratedRegex(@"(?<![\d.])\d+\.\d+\.2\d{11}\b")]
    private static partial Regex ReleaseName();

    [GeneratedRegex(@"sha256:[0-9a-f]{64}")]
    private static partial Regex ContentDigest();

    [GeneratedRegex(@"\b[0-9a-f]{40}\b")]
    private static partial Regex FullCommit();

    // At least one letter and one digit: neither a word nor a number.
    [GeneratedRegex(@"\b(?=[0-9a-f]*[a-f])(?=[0-9a-f]*[0-9])[0-9a-f]{8}\b")]
    private static partial Regex ShortCommit();
}

using System.Text.RegularExpressions;

namespace Graft.Core.Images;

/// <summary>The order in which an image's tags are offered in place of the one that it has.</summary>
public static partial class TagOrder
{
    /// <summary>
    /// Newest first: those of the same scheme, then other versions, then those that are no release yet, then what is no version (<c>latest</c>). Signatures and attestations, which
    /// are kept as tags, are left out.
    /// </summary>
    public static IReadOnlyList<string> NewestFirst(IEnumerable<string> tags, string? current)
    {
        var scheme = current is null ? null : new VersionTag(current).Scheme;
        return
        [
            .. tags.Where(tag => !AttachedGrammar().IsMatch(tag))
                .Distinct(StringComparer.Ordinal)
                .Select(tag => new VersionTag(tag))
                .OrderBy(tag => tag.Scheme == scheme ? 0 : !tag.IsVersion ? 3 : tag.IsUnfinished ? 2 : 1)
                .ThenByDescending(tag => tag, Comparer<VersionTag>.Create(VersionTag.Compare))
                .Select(tag => tag.Text),
        ];
    }

    [GeneratedRegex(@"\Asha256-[0-9a-f]{64}(?:\.[a-z]+)?\z", RegexOptions.CultureInvariant)]
    private static partial Regex AttachedGrammar();
}

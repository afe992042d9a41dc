namespace Graft.Core.Hotfixes.Picks;

/// <summary>How alike two changes are.</summary>
public enum PatchLikeness
{
    /// <summary>The same files, lines and surroundings; only line numbers may differ.</summary>
    Same,

    /// <summary>The same lines come and go in the same files, among others than there.</summary>
    Similar,

    /// <summary>Some line comes or goes in one of them only.</summary>
    Different,

    /// <summary>They could not be compared.</summary>
    Unknown,
}

/// <summary>Lines of one file, with their sign, that only the source changes or only the pick does.</summary>
public sealed record PatchDifference(string Path, IReadOnlyList<string> OnlySource, IReadOnlyList<string> OnlyPick);

/// <summary>A picked change beside its source.</summary>
public sealed record PatchComparison(PatchLikeness Likeness, IReadOnlyList<PatchDifference> Differences)
{
    /// <summary>Compares two patches by every byte, white space included, but for line numbers and the names of contents that have lines.</summary>
    public static PatchComparison Of(IReadOnlyList<FilePatch> source, IReadOnlyList<FilePatch> pick)
    {
        var differences = new List<PatchDifference>();
        foreach (var path in source.Concat(pick).Select(file => file.Path).Distinct(StringComparer.Ordinal))
        {
            var (there, here) = (Find(source, path), Find(pick, path));
            var (left, right) = (Essence(there), Essence(here));
            if (!left.SequenceEqual(right, StringComparer.Ordinal))
            {
                differences.Add(new PatchDifference(path, Without(left, right), Without(right, left)));
            }
        }

        return differences.Count > 0
            ? new PatchComparison(PatchLikeness.Different, differences)
            : new PatchComparison(source.All(file => Whole(file).SequenceEqual(Whole(Find(pick, file.Path)), StringComparer.Ordinal)) ? PatchLikeness.Same : PatchLikeness.Similar, []);
    }

    private static FilePatch? Find(IReadOnlyList<FilePatch> patches, string path) => patches.FirstOrDefault(file => file.Path == path);

    // A new mode, a new file, a file that goes; the content's name only where there are no lines to go by.
    private static IEnumerable<string> Head(FilePatch file) =>
        file.Header.Where(line => line.StartsWith("index ", StringComparison.Ordinal) ? file.Hunks.Count == 0 : line.Contains(" mode ", StringComparison.Ordinal))
            .Select(line => line.StartsWith("index ", StringComparison.Ordinal) ? $"content {line[(line.LastIndexOf("..", StringComparison.Ordinal) + 2)..].Split(' ')[0]}" : line);

    private static List<string> Essence(FilePatch? file) => file is null ? [] : [.. Head(file), .. file.Hunks.SelectMany(hunk => hunk.Changed)];

    private static IEnumerable<string> Whole(FilePatch? file) => file is null ? [] : [.. Head(file), .. file.Hunks.SelectMany(hunk => hunk.Lines.Prepend("@@"))];

    private static List<string> Without(List<string> lines, List<string> others)
    {
        var rest = others.GroupBy(line => line, StringComparer.Ordinal).ToDictionary(group => group.Key, group => group.Count(), StringComparer.Ordinal);
        return lines.FindAll(line =>
        {
            var left = rest.GetValueOrDefault(line);
            rest[line] = left - 1;
            return left <= 0;
        });
    }
}

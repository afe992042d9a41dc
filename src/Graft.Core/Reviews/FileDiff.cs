namespace Graft.Core.Reviews;

/// <summary>What a line of a diff is.</summary>
public enum DiffLineKind
{
    /// <summary>It is on both sides.</summary>
    Same,

    /// <summary>It came.</summary>
    Added,

    /// <summary>It went.</summary>
    Removed,

    /// <summary>It says where the next lines stand.</summary>
    Place,

    /// <summary>It says something about the file: binary, another mode, no line end at the end.</summary>
    Note,
}

/// <summary>A line of a unified diff, with its <c>+</c>, <c>-</c> or blank.</summary>
public sealed record DiffLine(DiffLineKind Kind, string Text);

/// <summary>What differs in one file, and whether that is not all.</summary>
public sealed record FileDiff(string Path, IReadOnlyList<DiffLine> Lines, bool IsCut);

/// <summary>How much of a diff is read: in all, of one file, and of one line. What is beyond is left out, and said to be.</summary>
public sealed record DiffLimits(int Bytes, int FileBytes, int LineLength)
{
    /// <summary>What a page that opens at once can hold.</summary>
    public static DiffLimits OfPage { get; } = new(1_500_000, 60_000, 2_000);
}

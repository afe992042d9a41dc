using Graft.Core.Affected;

namespace Graft.Core.Reviews;

/// <summary>What became of a path; a rename is one that went and one that came.</summary>
public enum FileStatus
{
    /// <summary>It came.</summary>
    Added,

    /// <summary>Its content or its executable bit is another.</summary>
    Modified,

    /// <summary>It went.</summary>
    Deleted,

    /// <summary>It is another kind of thing: a link where a file was.</summary>
    Retyped,
}

/// <summary>The lines that a path got and lost; null for both where it is binary, or too large to be compared line by line.</summary>
public sealed record LineCount(string Path, int? Added, int? Removed);

/// <summary>A changed path with its lines, and, where a reviewer should look twice, what kind of file it is.</summary>
public sealed record ReviewedFile(string Path, FileStatus Status, int? Added, int? Removed, string? Special)
{
    /// <summary>Whether no lines were counted.</summary>
    public bool IsBinary => Added is null;

    /// <summary>Every change, in git's order, with its count; one that was not counted is taken for binary.</summary>
    public static IReadOnlyList<ReviewedFile> Of(IReadOnlyList<FileChange> changes, IReadOnlyList<LineCount> counts)
    {
        var lines = counts.ToDictionary(count => count.Path, StringComparer.Ordinal);
        return [.. changes.Select(change =>
        {
            var count = lines.GetValueOrDefault(change.Path);
            return new ReviewedFile(change.Path, StatusOf(change), count?.Added, count?.Removed, change.IsSubmodule ? SpecialFiles.Submodule : SpecialFiles.Find(change.Path));
        })];
    }

    private static FileStatus StatusOf(FileChange change) => (change.Before?.Kind, change.After?.Kind) switch
    {
        (null, _) => FileStatus.Added,
        (_, null) => FileStatus.Deleted,
        (FileKind.File or FileKind.Executable, FileKind.File or FileKind.Executable) => FileStatus.Modified,
        var (before, after) => before == after ? FileStatus.Modified : FileStatus.Retyped,
    };
}

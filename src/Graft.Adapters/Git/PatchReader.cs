using Graft.Core.Reviews;

namespace Graft.Adapters.Git;

/// <summary>What was read of a patch, and whether reading stopped before its end.</summary>
internal sealed record PatchReading(IReadOnlyList<FileDiff> Files, bool IsCut);

/// <summary>Takes apart what <c>git diff-tree -p</c> writes of two commits.</summary>
internal static class PatchReader
{
    public static async Task<PatchReading> ReadAsync(Stream patch, DiffLimits limits)
    {
        var files = new List<FileDiff>();
        var lines = new List<DiffLine>();
        var (path, left, size, isCut, isContent) = ("", limits.Bytes, 0, false, false);
        await foreach (var line in LineReader.ReadAsync(patch))
        {
            if (line.Span.StartsWith("diff --git "u8))
            {
                Close();
                if (left <= 0)
                {
                    return new PatchReading(files, IsCut: true);
                }

                (path, isContent, isCut, size) = (PathIn(line.Span), false, false, 0);
                continue;
            }

            isContent |= line.Span.StartsWith("@@ "u8);
            if (KindOf(line.Span, isContent) is not { } kind)
            {
                continue;
            }

            var text = GitPath.Decode(line.Span[..Math.Min(line.Length, limits.LineLength)]);
            size += text.Length;
            if (isCut || size > limits.FileBytes || text.Length > left)
            {
                // Where there is no room for one line, there is none for what comes after it.
                left = text.Length > left ? 0 : left;
                isCut = true;
                continue;
            }

            left -= text.Length;
            lines.Add(new DiffLine(kind, line.Length > limits.LineLength ? text + "…" : text));
        }

        Close();
        return new PatchReading(files, IsCut: false);

        void Close()
        {
            if (path.Length > 0)
            {
                files.Add(new FileDiff(path, [.. lines], isCut));
            }

            lines.Clear();
        }
    }

    // Of the header only what is not told otherwise: a mode, and that a file is binary.
    private static DiffLineKind? KindOf(ReadOnlySpan<byte> line, bool isContent) =>
        !isContent ? (line.StartsWith("Binary files "u8) || line.StartsWith("old mode"u8) || line.StartsWith("new mode"u8) ? DiffLineKind.Note : null)
        : line.IsEmpty ? DiffLineKind.Same
        : line[0] switch
        {
            (byte)'+' => DiffLineKind.Added,
            (byte)'-' => DiffLineKind.Removed,
            (byte)'@' => DiffLineKind.Place,
            (byte)'\\' => DiffLineKind.Note,
            _ => DiffLineKind.Same,
        };

    // `diff --git a/PATH b/PATH`: without renames both are the same, so that each has half of the line; or both are quoted.
    private static string PathIn(ReadOnlySpan<byte> line)
    {
        var names = line["diff --git ".Length..];
        var path = GitPath.Unquote(names[..(names.Length / 2)]);
        return path.StartsWith("a/", StringComparison.Ordinal) ? path[2..] : path;
    }
}

using System.Text;

namespace Graft.Core.Hotfixes.Picks;

/// <summary>One part of a file's change: the lines of the old file that it stands on (first from 1, and how many), and its lines as the patch has them.</summary>
public sealed record PatchHunk(int OldStart, int OldCount, IReadOnlyList<string> Lines)
{
    /// <summary>The lines that go and come, without those around them.</summary>
    public IEnumerable<string> Changed => Lines.Where(line => line is ['-' or '+' or '\\', ..]);
}

/// <summary>What a patch does to one file: what stands above the first hunk (names, modes, for a binary file the contents' names), and the hunks.</summary>
public sealed record FilePatch(string Path, IReadOnlyList<string> Header, IReadOnlyList<PatchHunk> Hunks);

/// <summary>Reads a patch as <c>git diff-tree -p --full-index --no-renames</c> writes it (git-diff(1), "Generating patch text").</summary>
public static class PatchText
{
    private const string FileStart = "diff --git ";

    /// <summary>The patches of the files, in order. Text that is no patch is passed over.</summary>
    public static IReadOnlyList<FilePatch> Read(string text)
    {
        var files = new List<FilePatch>();
        List<string> header = [];
        List<PatchHunk> hunks = [];
        List<string> lines = [];
        int before = 0, after = 0;
        foreach (var line in text.Split('\n'))
        {
            // By count, not by how they begin: a removed line may look like anything.
            if (before > 0 || after > 0 || line.StartsWith('\\'))
            {
                lines.Add(line);
                before -= line is [' ' or '-', ..] or [] ? 1 : 0;
                after -= line is [' ' or '+', ..] or [] ? 1 : 0;
            }
            else if (line.StartsWith(FileStart, StringComparison.Ordinal))
            {
                header = [line];
                hunks = [];
                files.Add(new FilePatch(PathOf(line), header, hunks));
            }
            else if (files.Count > 0 && TryReadRange(line, out var start, out before, out after))
            {
                lines = [];
                hunks.Add(new PatchHunk(start, before, lines));
            }
            else if (hunks.Count == 0 && line.Length > 0)
            {
                header.Add(line);
            }
        }

        return files;
    }

    // `diff --git a/PATH b/PATH`, the same path twice where renames are not looked for; quoted where it holds what git quotes.
    private static string PathOf(string line)
    {
        var rest = line[FileStart.Length..];
        var half = rest[(((rest.Length - 1) / 2) + 1)..];
        return half.StartsWith('"') ? Unquote(half[1..^1])[2..] : half[2..];
    }

    private static string Unquote(string text)
    {
        var bytes = new List<byte>();
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] != '\\')
            {
                bytes.AddRange(Encoding.UTF8.GetBytes([text[i]]));
            }
            else if (i + 3 < text.Length && char.IsAsciiDigit(text[i + 1]))
            {
                bytes.Add((byte)(((text[i + 1] - '0') << 6) | ((text[i + 2] - '0') << 3) | (text[i + 3] - '0')));
                i += 3;
            }
            else
            {
                i++;
                bytes.Add((byte)(text[i] switch { 'n' => '\n', 't' => '\t', 'r' => '\r', 'a' => '\a', 'b' => '\b', 'v' => '\v', 'f' => '\f', var other => other }));
            }
        }

        return Encoding.UTF8.GetString([.. bytes]);
    }

    // `@@ -START[,COUNT] +START[,COUNT] @@`
    private static bool TryReadRange(string line, out int start, out int before, out int after)
    {
        (start, before, after) = (0, 0, 0);
        var words = line.Split(' ');
        return words is ["@@", ['-', ..] old, ['+', ..] now, ..] && TryReadPair(old, out start, out before) && TryReadPair(now, out _, out after);
    }

    private static bool TryReadPair(string text, out int start, out int count)
    {
        var comma = text.IndexOf(',', StringComparison.Ordinal);
        count = 1;
        return comma < 0
            ? int.TryParse(text.AsSpan(1), out start)
            : int.TryParse(text.AsSpan(1, comma - 1), out start) & int.TryParse(text.AsSpan(comma + 1), out count);
    }
}

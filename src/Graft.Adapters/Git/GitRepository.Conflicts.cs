using System.Buffers.Text;
using Graft.Core.Releases;

namespace Graft.Adapters.Git;

/// <content>What a merge left behind.</content>
public sealed partial class GitRepository
{
    /// <summary>
    /// Lines that are conflict markers and came in between two commits. Only the three with a name after them count: seven equals signs
    /// alone are how headings are underlined, which is why <c>git diff --check</c> is not asked.
    /// </summary>
    public async Task<IReadOnlyList<ConflictMarker>> FindConflictMarkersAsync(CommitId from, CommitId to, CancellationToken cancellationToken)
    {
        // -G leaves out the files without such a line, so that the rest of a large change is not even written.
        var result = await git.DoAsync(
            $"cannot compare '{from.Short}' with '{to.Short}'",
            [
                "-c", "core.quotePath=true", "diff", "--unified=0", "--inter-hunk-context=0", "--text", "--no-color", "--no-ext-diff", "--no-textconv",
                "--find-renames", "--ignore-submodules=all", "--src-prefix=a/", "--dst-prefix=b/", "-G^(<<<<<<<|>>>>>>>|[|]{7}) ",
                from.ToString(), to.ToString(), "--",
            ],
            cancellationToken);
        return ConflictMarkersIn(result.Output.Span);
    }

    /// <summary>Reads a patch without context. Lines are counted off by the hunk's header: content may look like a header.</summary>
    private static List<ConflictMarker> ConflictMarkersIn(ReadOnlySpan<byte> patch)
    {
        var markers = new List<ConflictMarker>();
        var path = "";
        int removed = 0, added = 0, line = 0;
        foreach (var range in patch.Split((byte)'\n'))
        {
            var text = patch[range];
            if (text.IsEmpty)
            {
                continue;
            }

            if (removed > 0 && text[0] == '-')
            {
                removed--;
            }
            else if (added > 0 && text[0] == '+')
            {
                added--;
                if (IsMarker(text[1..]))
                {
                    markers.Add(new ConflictMarker(path, line));
                }

                line++;
            }
            else if (text.StartsWith("@@ "u8))
            {
                (removed, added, line) = ReadHunk(text);
            }
            else if (text.StartsWith("+++ "u8))
            {
                path = ReadPath(text[4..]);
            }
        }

        return markers;
    }

    private static bool IsMarker(ReadOnlySpan<byte> line) =>
        line.StartsWith("<<<<<<< "u8) || line.StartsWith(">>>>>>> "u8) || line.StartsWith("||||||| "u8);

    /// <summary>Reads <c>@@ -LINE[,COUNT] +LINE[,COUNT] @@</c>; a missing count is 1.</summary>
    private static (int Removed, int Added, int Line) ReadHunk(ReadOnlySpan<byte> header)
    {
        var minus = header[(header.IndexOf((byte)'-') + 1)..];
        var plus = minus[(minus.IndexOf((byte)'+') + 1)..];
        var (_, removed) = ReadRange(minus);
        var (line, added) = ReadRange(plus);
        return (removed, added, line);
    }

    private static (int Line, int Count) ReadRange(ReadOnlySpan<byte> text)
    {
        var count = 1;
        if (!Utf8Parser.TryParse(text, out int line, out var read)
            || (read < text.Length && text[read] == ',' && !Utf8Parser.TryParse(text[(read + 1)..], out count, out _)))
        {
            throw new InvalidDataException($"not a hunk's range: '{GitPath.Decode(text)}'");
        }

        return (line, count);
    }

    /// <summary>Reads <c>b/PATH</c>, quoted where it has odd bytes, followed by a tab where it has a space.</summary>
    private static string ReadPath(ReadOnlySpan<byte> text)
    {
        var path = GitPath.Unquote(text.TrimEnd((byte)'\t'));
        return path.StartsWith("b/", StringComparison.Ordinal) ? path[2..] : path;
    }
}

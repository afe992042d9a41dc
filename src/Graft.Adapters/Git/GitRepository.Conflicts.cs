using System.Buffers.Text;
using System.Text;
using Graft.Adapters.Processes;
using Graft.Core.Affected;
using Graft.Core.Releases;

namespace Graft.Adapters.Git;

/// <content>What a merge left behind.</content>
public sealed partial class GitRepository
{
    /// <summary>
    /// Lines that are conflict markers and came in between two commits, of which it is known what differs. Only the three with a name after them
    /// count: seven equals signs alone are how headings are underlined, which is why <c>git diff --check</c> is not asked.
    /// </summary>
    public async Task<IReadOnlyList<ConflictMarker>> FindConflictMarkersAsync(
        CommitId from, CommitId to, IReadOnlyList<FileChange> changes, CancellationToken cancellationToken)
    {
        var large = await FindLargeAsync(changes, cancellationToken);
        // -G leaves out the files without such a line, so that the rest of a large change is not even written. It reads both sides of every file
        // whole, though, and so does looking for renames.
        var diff = large.Count == 0 ? git : git with { Options = [.. git.Options.Where(option => option != "--literal-pathspecs")], Variables = PatternVariables };
        var result = await diff.DoAsync(
            $"cannot compare '{from.Short}' with '{to.Short}'",
            [
                "-c", "core.quotePath=true", "diff", "--unified=0", "--inter-hunk-context=0", "--text", "--no-color", "--no-ext-diff", "--no-textconv",
                "--find-renames", "--ignore-submodules=all", "--src-prefix=a/", "--dst-prefix=b/", "-G^(<<<<<<<|>>>>>>>|[|]{7}) ",
                from.ToString(), to.ToString(), "--", .. large.Select(change => $":(top,exclude,literal){change.Path}"),
            ],
            cancellationToken);
        var markers = ConflictMarkersIn(result.Output.Span);
        foreach (var change in large)
        {
            markers.AddRange(await FindConflictMarkersAsync(change, cancellationToken));
        }

        return markers;
    }

    /// <summary>The files that are too large, before or after, to be read whole.</summary>
    private async Task<IReadOnlyList<FileChange>> FindLargeAsync(IReadOnlyList<FileChange> changes, CancellationToken cancellationToken)
    {
        // In a partial clone every question for a size is one to the remote, while a comparison fetches all that it needs at once.
        var objects = changes.SelectMany(change => new[] { change.Before, change.After }).Where(IsFile).Select(state => state!.Object).Distinct(StringComparer.Ordinal).ToList();
        if (objects.Count == 0 || IsPartial)
        {
            return [];
        }

        var result = await git.DoAsync(
            "cannot read the files' sizes", ["cat-file", "--batch-check=%(objectname) %(objectsize)"], cancellationToken, Encoding.ASCII.GetBytes(string.Join('\n', objects) + "\n"));
        // One that is missing has a word where the size would be, and is met again by the comparison.
        var large = result.Text.Split('\n')
            .Select(line => line.Split(' '))
            .Where(fields => fields.Length == 2 && long.TryParse(fields[1], out var size) && size > GitCommand.LargeFile)
            .Select(fields => fields[0])
            .ToHashSet(StringComparer.Ordinal);
        return large.Count == 0 ? [] : [.. changes.Where(change => (IsFile(change.Before) && large.Contains(change.Before!.Object)) || (IsFile(change.After) && large.Contains(change.After!.Object)))];
    }

    private static bool IsFile(FileState? state) => state is { Kind: FileKind.File or FileKind.Executable };

    private async Task<IEnumerable<ConflictMarker>> FindConflictMarkersAsync(FileChange change, CancellationToken cancellationToken)
    {
        var after = await ScanAsync(change.After, cancellationToken);
        var before = after.Count == 0 ? [] : (await ScanAsync(change.Before, cancellationToken)).Select(line => line.Text).ToHashSet(StringComparer.Ordinal);
        return after.Where(line => !before.Contains(line.Text)).Select(line => new ConflictMarker(change.Path, line.Number));
    }

    private async Task<IReadOnlyList<MarkerLine>> ScanAsync(FileState? state, CancellationToken cancellationToken)
    {
        if (!IsFile(state))
        {
            return [];
        }

        var call = new ProgramCall
        {
            Program = "git",
            Arguments = [.. git.Options, "cat-file", "blob", state!.Object],
            WorkingDirectory = git.Folder,
            Environment = git.Environment(),
        };
        return (await git.Runner.ReadAsync(call, MarkerScan.ReadAsync, cancellationToken)).Value;
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
                if (MarkerScan.IsMarker(text[1..]))
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

using System.Buffers.Text;
using System.Text;
using Graft.Adapters.Processes;
using Graft.Core.Releases;
using Graft.Core.Reviews;

namespace Graft.Adapters.Git;

/// <content>What commits change, line by line.</content>
public sealed partial class GitRepository
{
    // Whatever the user's configuration says, the same change has to be written in the same way.
    private static readonly string[] PatchOptions =
    [
        "-c", "core.quotePath=true", "diff-tree", "-r", "-p", "--root", "--full-index", "--unified=3", "--inter-hunk-context=0", "--diff-algorithm=myers", "--no-indent-heuristic", "--no-renames",
        "--no-color", "--no-ext-diff", "--no-textconv", "--submodule=short", "--ignore-submodules=none", "--src-prefix=a/", "--dst-prefix=b/",
    ];

    /// <summary>How many lines each path got and lost between two commits, in git's order. No renames are looked for.</summary>
    public async Task<IReadOnlyList<LineCount>> CountLinesAsync(CommitId from, CommitId to, CancellationToken cancellationToken)
    {
        var result = await git.DoAsync(
            $"cannot compare '{from.Short}' with '{to.Short}'",
            ["diff-tree", "-r", "-z", "--numstat", "--no-renames", "--no-ext-diff", "--no-textconv", "--ignore-submodules=none", from.ToString(), to.ToString(), "--"],
            cancellationToken);
        var counts = new List<LineCount>();
        ReadOnlySpan<byte> output = result.Output.Span;
        while (!output.IsEmpty)
        {
            var record = Take(ref output);
            int first = record.IndexOf((byte)'\t'), second = first + 1 + record[(first + 1)..].IndexOf((byte)'\t');
            counts.Add(new LineCount(GitPath.Decode(record[(second + 1)..]), Number(record[..first]), Number(record[(first + 1)..second])));
        }

        return counts;
    }

    /// <summary>
    /// A word for what each of these commits changes, the same for two that change the same lines of the same paths in the same way with the same lines around them. It is what git-patch-id(1)
    /// gives, but that blanks count: where they carry meaning, another indentation is another change. By one git process.
    /// </summary>
    public async Task<IReadOnlyDictionary<CommitId, string>> ReadFingerprintsAsync(IReadOnlyCollection<CommitId> commits, CancellationToken cancellationToken)
    {
        if (commits.Count == 0)
        {
            return new Dictionary<CommitId, string>();
        }

        var call = PatchCall(["--stdin"], string.Concat(commits.Select(commit => $"{commit}\n")));
        var (fingerprints, exitCode) = await git.Runner.ReadAsync(call, PatchFingerprints.ReadAsync, cancellationToken);
        return exitCode == 0 ? fingerprints : throw Damaged("cannot read what commits change", $"git ended with exit code {exitCode}");
    }

    /// <summary>What differs between two commits, file by file, as far as the limits go.</summary>
    public async Task<IReadOnlyList<FileDiff>> ReadDiffsAsync(CommitId from, CommitId to, DiffLimits limits, CancellationToken cancellationToken)
    {
        var call = PatchCall([from.ToString(), to.ToString(), "--"], input: null);
        var (reading, exitCode) = await git.Runner.ReadAsync(call, stream => PatchReader.ReadAsync(stream, limits), cancellationToken);
        return exitCode == 0 || reading.IsCut ? reading.Files : throw Damaged($"cannot compare '{from.Short}' with '{to.Short}'", $"git ended with exit code {exitCode}");
    }

    private ProgramCall PatchCall(IReadOnlyList<string> arguments, string? input) => new()
    {
        Program = "git",
        Arguments = [.. git.Options, .. PatchOptions, .. arguments],
        WorkingDirectory = git.Folder,
        Environment = git.Environment(),
        StandardInput = input is null ? null : Encoding.ASCII.GetBytes(input),
    };

    private static int? Number(ReadOnlySpan<byte> text) => Utf8Parser.TryParse(text, out int number, out _) ? number : null;
}

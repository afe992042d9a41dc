using System.Buffers.Text;
using System.Text;
using Graft.Adapters.Processes;
using Graft.Core.Failures;
using Graft.Core.Products;
using Graft.Core.Releases;

namespace Graft.Adapters.Git;

/// <content>What is in a commit.</content>
public sealed partial class GitRepository
{
    // The tree without entries, which every git knows without having it (gitrevisions(7) has no name for it).
    private const string EmptySha1Tree = "4b825dc642cb6eb9a060e54bf8d69288fbee4904";
    private const string EmptySha256Tree = "6ef19b41225c5369f1c104d45d8d85efa9b057b53b14b4b9b939dd74decc5321";
    private const int Sha1Length = 40;

    // A command line has an end, and matching each file with each pattern a price.
    private const int MostPatterns = 64;

    // A user's wish to have all names taken as names would hide the patterns.
    private static readonly Dictionary<string, string?> PatternVariables = new() { ["GIT_LITERAL_PATHSPECS"] = null };

    /// <summary>Every file, symbolic link and submodule of a commit, in git's order (by bytes).</summary>
    public async Task<IReadOnlyList<TreeEntry>> ReadTreeAsync(CommitId commit, CancellationToken cancellationToken)
    {
        var result = await git.DoAsync(
            $"cannot read the files of '{commit.Short}'", ["ls-tree", "-r", "-z", "--full-tree", commit.ToString()], cancellationToken);
        return ParseTree(result.Output.Span);
    }

    /// <summary>Lists a commit's tree, of which <see cref="TreeListing.Outline"/> reads what is needed.</summary>
    public Task<TreeListing> ListTreeAsync(CommitId commit, CancellationToken cancellationToken) => ListTreeAsync(git, commit.ToString(), cancellationToken);

    /// <summary>
    /// Lists the tree of what is checked out in the repository around a folder, for a caller that has not opened it yet: in a large repository this
    /// takes longer than opening it.
    /// </summary>
    public static Task<TreeListing> ListTreeAsync(string folder, ProgramRunner runner, CancellationToken cancellationToken) =>
        ListTreeAsync(new GitCommand(runner, Path.GetFullPath(folder)), "HEAD", cancellationToken);

    private static async Task<TreeListing> ListTreeAsync(GitCommand git, string commit, CancellationToken cancellationToken)
    {
        var result = await git.DoAsync($"cannot read the files of '{commit}'", ["ls-tree", "-r", "-z", "--full-tree", commit], cancellationToken);
        return new TreeListing(result.Output);
    }

    /// <summary>The paths of a commit's files that fit one of these patterns, in git's order. No pattern, no path.</summary>
    public async Task<IReadOnlyList<string>> ReadPathsAsync(CommitId commit, IReadOnlyList<TreePattern> patterns, CancellationToken cancellationToken)
    {
        if (patterns.Count == 0)
        {
            return [];
        }

        // ls-tree knows no patterns; a comparison with nothing does, and names every file.
        var everything = patterns.Count > MostPatterns || patterns.Any(pattern => pattern is { Folder: "", Name: null, AnyDepth: true });
        var result = await (git with { Options = [.. git.Options.Where(option => option != "--literal-pathspecs")], Variables = PatternVariables }).DoAsync(
            $"cannot read the files of '{commit.Short}'",
            [
                "diff-tree", "-r", "-z", "--name-only", "--no-renames", "--ignore-submodules=none",
                commit.ToString().Length == Sha1Length ? EmptySha1Tree : EmptySha256Tree, commit.ToString(), "--",
                .. everything ? [] : patterns.Select(PathspecOf),
            ],
            cancellationToken);
        return PathsIn(result.Output.Span);
    }

    /// <summary>
    /// The contents of these paths (from the root, with <c>/</c>) in a commit, by one git process; null where there is no file of that
    /// name. Symbolic links within the tree are followed. A path with a line break is an input failure.
    /// </summary>
    public Task<IReadOnlyDictionary<string, byte[]?>> ReadFilesAsync(
        CommitId commit, IReadOnlyCollection<string> paths, CancellationToken cancellationToken) =>
        ReadFilesAsync(commit.ToString(), paths, cancellationToken);

    /// <summary>The text (UTF-8) of a file as this clone last saw it on a remote's branch; null when the branch or the file is not there.</summary>
    public async Task<string?> ReadRemoteFileAsync(string remote, string branch, string path, CancellationToken cancellationToken)
    {
        if (!GitName.IsRef(remote) || !GitName.IsRef(branch))
        {
            return null;
        }

        var files = await ReadFilesAsync($"{RemotePrefix}{remote}/{branch}", [path], cancellationToken);
        return files[path] is { } bytes ? Encoding.UTF8.GetString(bytes) : null;
    }

    private static string PathspecOf(TreePattern pattern) =>
        !pattern.AnyDepth ? $":(top,literal){pattern.Folder}{pattern.Name}"
        : pattern.Name is null ? $":(top,glob){EscapePathspec(pattern.Folder)}**"
        : $":(top,glob){EscapePathspec(pattern.Folder)}**/{EscapePathspec(pattern.Name)}";

    private static string EscapePathspec(string text) =>
        text.AsSpan().ContainsAny(@"*?[\") ? string.Concat(text.Select(c => c is '*' or '?' or '[' or '\\' ? $@"\{c}" : $"{c}")) : text;

    private static List<string> PathsIn(ReadOnlySpan<byte> output)
    {
        var paths = new List<string>();
        foreach (var range in output.Split((byte)0))
        {
            if (!output[range].IsEmpty)
            {
                paths.Add(GitPath.Decode(output[range]));
            }
        }

        return paths;
    }

    /// <summary>Reads <c>ls-tree -r -z</c>: <c>MODE SP TYPE SP OBJECT TAB PATH NUL</c>.</summary>
    internal static List<TreeEntry> ParseTree(ReadOnlySpan<byte> output)
    {
        var entries = new List<TreeEntry>(output.Length / 100);
        while (!output.IsEmpty)
        {
            var end = output.IndexOf((byte)0);
            entries.Add(ParseEntry(output[..end]));
            output = output[(end + 1)..];
        }

        return entries;
    }

    internal static TreeEntry ParseEntry(ReadOnlySpan<byte> record)
    {
        var tab = record.IndexOf((byte)'\t');
        var objectId = record[(record[..tab].LastIndexOf((byte)' ') + 1)..tab];
        return new TreeEntry(GitPath.Decode(record[(tab + 1)..]), KindOf(record[..6]), Encoding.ASCII.GetString(objectId));
    }

    private static TreeEntryKind KindOf(ReadOnlySpan<byte> mode) =>
        mode.SequenceEqual("100755"u8) ? TreeEntryKind.Executable
        : mode.SequenceEqual("120000"u8) ? TreeEntryKind.SymbolicLink
        : mode.SequenceEqual("160000"u8) ? TreeEntryKind.Submodule
        : TreeEntryKind.File;

    private async Task<IReadOnlyDictionary<string, byte[]?>> ReadFilesAsync(
        string tree, IReadOnlyCollection<string> paths, CancellationToken cancellationToken)
    {
        var files = new Dictionary<string, byte[]?>(paths.Count);
        var asked = new List<string>(paths.Count);
        foreach (var path in paths)
        {
            // One name per line is what cat-file reads (its -z came with 2.38).
            if (path.AsSpan().ContainsAny('\n', '\0'))
            {
                throw GraftException.Input($"cannot read '{path.ReplaceLineEndings("\\n")}': its path holds a line break");
            }

            // Git would take ./ and ../ from where it runs instead of from the root.
            if (files.TryAdd(path, null) && path.Length > 0 && !path.StartsWith("./", StringComparison.Ordinal) && !path.StartsWith("../", StringComparison.Ordinal))
            {
                asked.Add(path);
            }
        }

        if (asked.Count == 0)
        {
            return files;
        }

        var input = Encoding.UTF8.GetBytes(string.Concat(asked.Select(path => $"{tree}:{path}\n")));
        var result = await git.DoAsync("cannot read files", ["cat-file", "--batch", "--follow-symlinks"], cancellationToken, input);
        ReadBatch(result, asked, path => path, files);
        await RequireListedAsync(tree, [.. asked.Where(path => files[path] is null)], cancellationToken);
        return files;
    }

    /// <summary>
    /// An outside failure when one of these paths, for which git found no object, is a file of the tree after all: then the object is gone from the
    /// repository, which git tells in the same words as that there is no such path.
    /// </summary>
    private async Task RequireListedAsync(string tree, IReadOnlyList<string> missing, CancellationToken cancellationToken)
    {
        if (missing.Count == 0)
        {
            return;
        }

        // The tree itself may be missing: the branch of a remote that was never fetched.
        var result = await git.RunAsync(["ls-tree", "-z", "--full-tree", tree, "--", .. missing], cancellationToken);
        // A folder or a link that leads nowhere is no file, and no object of it was looked for.
        if (result.Text.Split('\0').FirstOrDefault(record => record.StartsWith("100", StringComparison.Ordinal)) is { } record)
        {
            var lost = ParseEntry(Encoding.UTF8.GetBytes(record));
            throw Damaged($"cannot read '{lost.Path}'", $"object {lost.ObjectId} is missing");
        }
    }

    private static GraftException Damaged(string purpose, string words) =>
        GraftException.Outside($"{purpose}: {words}", "the repository is damaged; `git fsck` says where");

    /// <summary>
    /// Reads git-cat-file(1)'s answers, in the order of the questions: <c>OBJECT SP TYPE SP SIZE LF CONTENT LF</c>, or
    /// <c>NAME SP missing LF</c>, or a link that leads nowhere: <c>dangling|loop|notdir|symlink SP SIZE LF TARGET LF</c>.
    /// </summary>
    private static void ReadBatch<T>(ProgramResult result, List<T> asked, Func<T, string> text, Dictionary<T, byte[]?> contents)
        where T : notnull
    {
        ReadOnlySpan<byte> output = result.Output.Span;
        foreach (var name in asked)
        {
            var end = output.IndexOf((byte)'\n');
            var header = output[..end];
            output = output[(end + 1)..];
            if (header.EndsWith(" missing"u8) || header.EndsWith(" ambiguous"u8))
            {
                // An object that cannot be unpacked is called missing too; only what git says beside it tells.
                if (result.Error.Contains("error: ", StringComparison.Ordinal))
                {
                    throw Damaged($"cannot read '{text(name)}'", GitWords.LastOf(result));
                }

                continue;
            }

            if (!Utf8Parser.TryParse(header[(header.LastIndexOf((byte)' ') + 1)..], out int size, out _))
            {
                throw GraftException.Outside($"cannot read '{text(name)}': git answered '{GitPath.Decode(header)}'");
            }

            if (header.IndexOf(" blob "u8) > 0)
            {
                contents[name] = output[..size].ToArray();
            }

            output = output[(size + 1)..];
        }
    }
}

using System.Text;
using Graft.Core.Affected;
using Graft.Core.Releases;

namespace Graft.Adapters.Git;

/// <content>What differs between two commits.</content>
public sealed partial class GitRepository
{
    /// <summary>
    /// Every path that differs between two commits' trees, in git's order; a rename is a path that went and one that came. By one git process,
    /// which reads only the folders that differ.
    /// </summary>
    public async Task<IReadOnlyList<FileChange>> ReadChangesAsync(CommitId from, CommitId to, CancellationToken cancellationToken)
    {
        var result = await git.DoAsync(
            $"cannot compare '{from.Short}' with '{to.Short}'",
            ["diff-tree", "-r", "-z", "--raw", "--no-renames", "--no-abbrev", "--ignore-submodules=none", from.ToString(), to.ToString(), "--"],
            cancellationToken);
        return ParseChanges(result.Output.Span);
    }

    /// <summary>
    /// The contents of objects (by full name) and of files of commits, by one git process; null where a commit has no such file. Links of a tree are
    /// followed. An object that is not in the repository is an outside failure.
    /// </summary>
    public async Task<IReadOnlyDictionary<ContentName, byte[]?>> ReadContentsAsync(IReadOnlyCollection<ContentName> names, CancellationToken cancellationToken)
    {
        var contents = new Dictionary<ContentName, byte[]?>();
        foreach (var name in names)
        {
            contents[name] = null;
        }

        // One name per line is what cat-file reads; a file with a line break in its path cannot be asked for.
        var asked = contents.Keys.Where(name => !name.Text.AsSpan().ContainsAny('\n', '\0')).ToList();
        if (asked.Count == 0)
        {
            return contents;
        }

        var input = Encoding.UTF8.GetBytes(string.Concat(asked.Select(name => name.Text + "\n")));
        var result = await git.DoAsync("cannot read files", ["cat-file", "--batch", "--follow-symlinks"], cancellationToken, input);
        ReadBatch(result, asked, name => name.Text, contents);
        // Whoever names an object has read of it in a tree.
        return asked.Find(name => name.IsObject && contents[name] is null) is { Text: not null } lost
            ? throw Damaged("cannot read files", $"object {lost.Text} is missing")
            : contents;
    }

    /// <summary>Reads git-diff-tree(1)'s raw output: <c>:MODE SP MODE SP OBJECT SP OBJECT SP STATUS NUL PATH NUL</c>.</summary>
    private static List<FileChange> ParseChanges(ReadOnlySpan<byte> output)
    {
        const int modeLength = 6;
        var changes = new List<FileChange>();
        while (!output.IsEmpty)
        {
            var end = output.IndexOf((byte)0);
            var record = output[1..end];
            output = output[(end + 1)..];
            end = output.IndexOf((byte)0);
            var path = GitPath.Decode(output[..end]);
            output = output[(end + 1)..];

            var objects = record[((2 * modeLength) + 2)..];
            var space = objects.IndexOf((byte)' ');
            var before = StateOf(record[..modeLength], objects[..space]);
            var after = StateOf(record[(modeLength + 1)..((2 * modeLength) + 1)], objects[(space + 1)..objects.LastIndexOf((byte)' ')]);
            if (before != after)
            {
                changes.Add(new FileChange(path, before, after));
            }
        }

        return changes;
    }

    private static FileState? StateOf(ReadOnlySpan<byte> mode, ReadOnlySpan<byte> objectId)
    {
        if (mode.SequenceEqual("000000"u8))
        {
            return null;
        }

        var kind = KindOf(mode) switch
        {
            TreeEntryKind.Executable => FileKind.Executable,
            TreeEntryKind.SymbolicLink => FileKind.Link,
            TreeEntryKind.Submodule => FileKind.Submodule,
            _ => FileKind.File,
        };
        return new FileState(kind, Encoding.ASCII.GetString(objectId));
    }
}

/// <summary>What <see cref="GitRepository.ReadContentsAsync"/> is asked for.</summary>
public readonly record struct ContentName
{
    private ContentName(string text, bool isObject) => (Text, IsObject) = (text, isObject);

    internal string Text { get; }

    internal bool IsObject { get; }

    /// <summary>An object by its full name, as a tree has it.</summary>
    public static ContentName OfObject(string objectId) => new(objectId, isObject: true);

    /// <summary>A file of a commit, by its path from the root.</summary>
    public static ContentName OfFile(CommitId commit, string path) => new($"{commit}:{path}", isObject: false);
}

using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Graft.Adapters.Files;
using Graft.Core.Images;

namespace Graft.Testing.Faults;

/// <summary>
/// Everything in a trial's folder, so that two can be compared: every file with its content, every folder, every ref of the repository and its
/// remote. What may differ between two runs that did the same is made equal: times, journals, logs, the order of an image layout's index.
/// </summary>
public sealed partial class WorldSnapshot
{
    private readonly SortedDictionary<string, string> entries = new(StringComparer.Ordinal);
    private readonly string root;

    private WorldSnapshot(string root) => this.root = root;

    /// <summary>Takes down what is in the folder.</summary>
    public static WorldSnapshot Of(string folder)
    {
        var snapshot = new WorldSnapshot(folder);
        snapshot.Add(new DirectoryInfo(folder), isInGit: false);
        return snapshot;
    }

    /// <summary>What another has more, less or otherwise; nothing when they are equal.</summary>
    public IReadOnlyList<string> DifferencesOf(WorldSnapshot other) =>
    [
        .. Outermost(other.entries.Keys.Except(entries.Keys)).Select(path => $"there is '{path}', which is no part of an unbroken run's end"),
        .. Outermost(entries.Keys.Except(other.entries.Keys)).Select(path => $"'{path}' is missing"),
        .. entries.Where(entry => other.entries.TryGetValue(entry.Key, out var there) && there != entry.Value)
            .Select(entry => $"'{entry.Key}' is another:\n{entry.Value}\nafter an unbroken run,\n{other.entries[entry.Key]}\nhere"),
    ];

    private static IEnumerable<string> Outermost(IEnumerable<string> paths)
    {
        var all = paths.ToHashSet(StringComparer.Ordinal);
        return all.Where(path => !all.Contains(Path.GetDirectoryName(path)!));
    }

    private void Add(DirectoryInfo folder, bool isInGit)
    {
        // The page of a review is kept with a run for people: one that was cut off before it, or could not read what differs, goes on without.
        foreach (var file in folder.EnumerateFiles().Where(file => file.Name != "review.html" && !(isInGit && IsObject(file))))
        {
            entries[NameOf(file)] = file.LinkTarget is { } target ? $"link to {target}" : Describe(file, isInGit);
        }

        foreach (var inner in folder.EnumerateDirectories())
        {
            // Git makes and leaves folders as it likes.
            if (!isInGit)
            {
                entries[NameOf(inner)] = "folder";
            }

            if (inner.LinkTarget is null)
            {
                Add(inner, isInGit || inner.Name is ".git" or "origin.git");
            }
        }
    }

    private string NameOf(FileSystemInfo entry) => entry.FullName[(root.Length + 1)..];

    private string Describe(FileInfo file, bool isInGit) => file.Name switch
    {
        _ when file.Extension == ".log" => "a log",
        // Not opened: a named pipe has no length either, and opening one waits for somebody to write.
        _ when file.Length == 0 && file.Name is not ("lock" or ".lock" or ".writers") => "",
        _ when isInGit => Content(file).Replace(root, "", StringComparison.Ordinal),
        "journal.jsonl" => $"a journal that says {Count(File.ReadAllText(file.FullName), "\"finished\"")} times that the run is finished",
        "lock" or ".lock" or ".writers" => DescribeLock(file.FullName),
        "index.json" => DescribeIndex(file.FullName),
        "release.json" => Time().Replace(File.ReadAllText(file.FullName), "\"…At\": …"),
        // Without an answer of the remote, for one, it is another that leads to the same.
        "plan.json" => "a plan",
        _ => Content(file),
    };

    private static string Content(FileInfo file)
    {
        var bytes = File.ReadAllBytes(file.FullName);
        return bytes.Length > 20_000 || bytes.Contains((byte)0) ? Digest.Of(bytes).ToString() : Encoding.UTF8.GetString(bytes);
    }

    private static string DescribeLock(string path)
    {
        using var held = FolderLock.TryAcquire(path);
        return held is null ? "a lock that is held" : "a lock that is free";
    }

    private static string DescribeIndex(string path)
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(path));
        return string.Join('\n', document.RootElement.GetProperty("manifests").EnumerateArray().Select(manifest => manifest.GetRawText()).Order(StringComparer.Ordinal));
    }

    // Objects that nothing refers to do no harm, and half-made ones, which an interrupted git leaves, are git's own to clear away (git-gc(1)).
    private static bool IsObject(FileInfo file) => ObjectPath().IsMatch(file.FullName);

    private static int Count(string text, string word) => text.Split(word).Length - 1;

    [GeneratedRegex("""
        "(created|published)At": "[^"]*"
        """)]
    private static partial Regex Time();

    [GeneratedRegex("/objects/(tmp_objdir-[^/]+/)?[0-9a-f]{2}/([0-9a-f]{38}|tmp_obj_[^/]+)$")]
    private static partial Regex ObjectPath();
}

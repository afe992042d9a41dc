using System.Text;
using Graft.Adapters.Git;
using Graft.Core.Failures;
using Graft.Core.Products;
using Graft.Core.Releases;
using Graft.Testing;

namespace Graft.Adapters.Tests.Git;

public sealed class GitContentTests : IDisposable
{
    private readonly TemporaryRepository repository = new();
    private readonly CancellationToken cancellation = TestContext.Current.CancellationToken;

    public void Dispose() => repository.Dispose();

    [Fact]
    public async Task Reads_a_tree_with_kinds_and_odd_names()
    {
        repository.Write("bin/run", "#!/bin/sh\n");
        File.SetUnixFileMode(repository.At("bin/run"), (UnixFileMode)0b111_101_101);
        File.CreateSymbolicLink(repository.At("link"), "bin/run");
        repository.Commit("Odd", ("ü \"q\"\t", ""), ("line\nbreak", ""));
        AddBytes([0xff, (byte)'x']);
        var head = repository.Head;
        var opened = await repository.OpenAsync(cancellation);

        var tree = (await opened.ReadTreeAsync(head, cancellation)).ToDictionary(entry => entry.Path, entry => entry.Kind);

        Assert.Equal(
            new Dictionary<string, TreeEntryKind>
            {
                ["README.md"] = TreeEntryKind.File,
                ["bin/run"] = TreeEntryKind.Executable,
                ["line\nbreak"] = TreeEntryKind.File,
                ["link"] = TreeEntryKind.SymbolicLink,
                ["ü \"q\"\t"] = TreeEntryKind.File,
                ["\\xffx"] = TreeEntryKind.File,
            },
            tree);
    }

    [Fact]
    public async Task Reads_the_paths_that_fit_patterns()
    {
        var head = repository.Commit(
            "Many", ("Dockerfile", ""), ("src/a/Dockerfile", ""), ("src/a/b/Dockerfile", ""), ("src/a/other", ""), ("lib[1]/x/Dockerfile", ""), ("lib1/Dockerfile", ""), ("shared/one/two", ""));
        var opened = await repository.OpenAsync(cancellation);

        Task<IReadOnlyList<string>> Read(params TreePattern[] patterns) => opened.ReadPathsAsync(head, patterns, cancellation);

        Assert.Equal(["src/a/Dockerfile", "src/a/b/Dockerfile"], await Read(new TreePattern("src/", "Dockerfile", AnyDepth: true)));
        Assert.Equal(["lib[1]/x/Dockerfile"], await Read(new TreePattern("lib[1]/", "Dockerfile", AnyDepth: true)));
        Assert.Equal(["Dockerfile", "shared/one/two"], await Read(new TreePattern("", "Dockerfile", AnyDepth: false), new TreePattern("shared/", "one", AnyDepth: false)));
        Assert.Equal(["shared/one/two"], await Read(new TreePattern("shared/", null, AnyDepth: true)));
        Assert.Equal(8, (await Read(new TreePattern("", null, AnyDepth: true))).Count);
        Assert.Empty(await Read());
    }

    [Fact]
    public async Task Reads_files_by_one_call()
    {
        File.CreateSymbolicLink(repository.At("link"), "a/empty");
        File.CreateSymbolicLink(repository.At("nowhere"), "no/such/file");
        File.CreateSymbolicLink(repository.At("outside"), "../../etc/passwd");
        var head = repository.Commit("Files", ("a/empty", ""), ("a/text", "one\ntwo"), (" ü*", "odd\n"));
        var opened = await repository.OpenAsync(cancellation);

        var files = await opened.ReadFilesAsync(
            head, ["a/text", "missing", "a/empty", "a", "link", "nowhere", "outside", " ü*", "", "../x", "./a/text", "a/text"], cancellation);

        Assert.Equal(
            [("", null), (" ü*", "odd\n"), ("../x", null), ("./a/text", null), ("a", null), ("a/empty", ""), ("a/text", "one\ntwo"), ("link", ""),
                ("missing", null), ("nowhere", null), ("outside", null)],
            files.OrderBy(file => file.Key, StringComparer.Ordinal).Select(file => (file.Key, file.Value is null ? null : Encoding.UTF8.GetString(file.Value))));
    }

    [Fact]
    public async Task A_path_with_a_line_break_is_refused()
    {
        var opened = await repository.OpenAsync(cancellation);

        var failure = await Assert.ThrowsAsync<GraftException>(() => opened.ReadFilesAsync(opened.Head, ["a\nHEAD:b"], cancellation));

        Assert.Equal((FailureKind.Input, "cannot read 'a\\nHEAD:b': its path holds a line break"), (failure.Kind, failure.Message));
    }

    [Fact]
    public async Task Status_is_what_is_modified_or_staged()
    {
        repository.Commit("Files", ("staged", "1\n"), ("modified", "1\n"), ("deleted", "1\n"), ("ü name", "1\n"), ("moved", "same text\n"));
        repository.Write("staged", "2\n");
        repository.Git("add", "staged");
        repository.Write("modified", "2\n");
        repository.Write("ü name", "2\n");
        File.Delete(repository.At("deleted"));
        repository.Git("mv", "moved", "to");
        repository.Write("untracked/file", "");
        var opened = await repository.OpenAsync(cancellation);

        var status = await opened.ReadStatusAsync(cancellation);
        var all = await opened.ReadStatusAsync(includeUntracked: true, cancellation);

        Assert.Equal(
            ["deleted .D", "modified .M", "moved D.", "staged M.", "to A.", "ü name .M"],
            status.Select(change => $"{change.Path} {change.Staged}{change.Unstaged}").Order(StringComparer.Ordinal));
        Assert.Equal("untracked/file", Assert.Single(all, change => change.IsUntracked).Path);
    }

    [Fact]
    public async Task Status_sees_submodules_whatever_the_configuration_hides()
    {
        using var library = new TemporaryRepository();
        repository.Git("submodule", "--quiet", "add", library.Remote, "lib");
        repository.Commit("Add a library");
        repository.Git("config", "diff.ignoreSubmodules", "all");
        var opened = await repository.OpenAsync(cancellation);
        repository.Write("lib/untracked", "");
        Assert.Empty(await opened.ReadStatusAsync(cancellation));

        repository.Write("lib/README.md", "changed\n");

        Assert.Equal(new ChangedPath("lib", '.', 'M', IsSubmodule: true), Assert.Single(await opened.ReadStatusAsync(cancellation)));
    }

    [Fact]
    public async Task Status_shows_conflicts()
    {
        var start = repository.Head;
        repository.Commit("Ours", ("README.md", "ours\n"));
        repository.Git("checkout", "--quiet", "-b", "theirs", start.ToString());
        repository.Commit("Theirs", ("README.md", "theirs\n"));
        Assert.Throws<InvalidOperationException>(() => repository.Git("merge", "main"));
        var opened = await repository.OpenAsync(cancellation);

        Assert.Equal(new ChangedPath("README.md", 'U', 'U', IsSubmodule: false), Assert.Single(await opened.ReadStatusAsync(cancellation)));
    }

    [Fact]
    public async Task Finds_conflict_markers_and_no_underlines()
    {
        var from = repository.Commit("Start", ("old", "<<<<<<< HEAD\nold\n"), ("doc.md", "x\n"), ("both name", "1\n2\n3\n"));
        repository.Commit(
            "Change",
            ("old", "<<<<<<< HEAD\nold, touched elsewhere\n"),
            ("doc.md", "Heading\n=======\n\n<<<<<<<\n >>>>>>> indented\n++ <<<<<<< x\n"),
            ("both name", "1\n<<<<<<< HEAD\n2\n||||||| base\n=======\n>>>>>>> fix\n3\n"),
            ("ü\n\"", "a\n>>>>>>> x"),
            ("tricky", "+++ b/other\n@@ -1,9 +1,9 @@\n<<<<<<< HEAD\n"));
        var opened = await repository.OpenAsync(cancellation);

        var markers = await FindMarkersAsync(opened, from, opened.Head);

        Assert.Equal(
            [new("both name", 2), new("both name", 4), new("both name", 6), new("tricky", 3), new("ü\n\"", 2)],
            markers);
        Assert.Empty(await FindMarkersAsync(opened, opened.Head, from));
    }

    [Fact]
    public async Task Finds_conflict_markers_in_files_that_attributes_call_binary()
    {
        var from = repository.Commit("Start", (".gitattributes", "*.lock -diff\n"));
        repository.Commit("Change", ("package.lock", "<<<<<<< HEAD\r\n"));
        var opened = await repository.OpenAsync(cancellation);

        Assert.Equal([new("package.lock", 1)], await FindMarkersAsync(opened, from, opened.Head));
    }

    [Fact]
    public async Task Finds_conflict_markers_in_files_too_large_to_be_read_whole()
    {
        var filler = string.Concat(Enumerable.Repeat("a line of some text that nobody reads\n", 450_000));
        var from = repository.Commit("Start", ("dump.sql", $"<<<<<<< HEAD\n{filler}"), ("gone.sql", filler + "1"), ("small", "1\n"));
        File.Delete(repository.At("gone.sql"));
        repository.Commit("Change", ("dump.sql", $"{filler}<<<<<<< HEAD\n{filler}||||||| base"), ("large.bin", $"\0{filler}>>>>>>> x\n"), ("small", "1\n>>>>>>> x\n"));
        var opened = await repository.OpenAsync(cancellation);

        // The first marker was there before, and what begins like a binary file is none that a merge leaves markers in.
        Assert.Equal([new("small", 2), new("dump.sql", 900_002)], await FindMarkersAsync(opened, from, opened.Head));
    }

    [Theory]
    [InlineData("the object is missing", false)]
    [InlineData("the object cannot be unpacked", true)]
    public async Task What_is_damaged_is_not_taken_for_what_is_not_there(string how, bool stays)
    {
        var head = repository.Commit("File", ("a/b", "text\n"));
        var id = repository.Git("rev-parse", "HEAD:a/b");
        var file = repository.At($".git/objects/{id[..2]}/{id[2..]}");
        File.Delete(file);
        if (stays)
        {
            await File.WriteAllTextAsync(file, how, cancellation);
        }

        var opened = await repository.OpenAsync(cancellation);
        var byPath = await Assert.ThrowsAsync<GraftException>(() => opened.ReadFilesAsync(head, ["missing", "a/b"], cancellation));
        var byName = await Assert.ThrowsAsync<GraftException>(() => opened.ReadContentsAsync([ContentName.OfFile(head, "missing"), ContentName.OfObject(id)], cancellation));

        Assert.All([byPath, byName], failure => Assert.Equal((FailureKind.Outside, "the repository is damaged; `git fsck` says where"), (failure.Kind, failure.Hint)));
        Assert.All([byPath, byName], failure => Assert.Contains(id, failure.Message, StringComparison.Ordinal));
    }

    private async Task<IReadOnlyList<ConflictMarker>> FindMarkersAsync(GitRepository opened, CommitId from, CommitId to) =>
        await opened.FindConflictMarkersAsync(from, to, await opened.ReadChangesAsync(from, to, cancellation), cancellation);

    // Not every file system takes such a name, but git's index does.
    private void AddBytes(byte[] name)
    {
        var blob = repository.Git("rev-parse", "HEAD:README.md");
        var line = Encoding.ASCII.GetBytes($"100644 {blob}\t").Concat(name).Append((byte)'\n').ToArray();
        var call = new Adapters.Processes.ProgramCall
        {
            Program = "git",
            Arguments = ["update-index", "-z", "--index-info"],
            WorkingDirectory = repository.Root,
            StandardInput = line[..^1].Append((byte)0).ToArray(),
        };
        Assert.True(TemporaryRepository.Runner.RunAsync(call, cancellation).GetAwaiter().GetResult().Succeeded);
        repository.Git("commit", "--quiet", "--message", "Odd bytes");
    }
}

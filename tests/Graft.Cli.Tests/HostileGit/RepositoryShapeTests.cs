using Graft.Testing;

namespace Graft.Cli.Tests.HostileGit;

/// <summary>Repositories of another shape: more worktrees, submodules, SHA-256, odd names of files.</summary>
public sealed class RepositoryShapeTests : IAsyncLifetime
{
    private readonly SampleProduct product = new(SampleFiles.PreparingConfiguration);

    private TemporaryRepository Git => product.Repository;

    public async ValueTask InitializeAsync() => await product.PushBaseImageAsync(TestContext.Current.CancellationToken);

    public ValueTask DisposeAsync()
    {
        product.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public void A_linked_worktree_has_the_main_ones_releases_runs_and_images()
    {
        var linked = Linked();

        Assert.Equal(1, linked.Run("release", "list", "--json").Succeeded().Json().GetArrayLength());
        var cut = linked.Run(Story.Generate).Succeeded().Json();

        Assert.Equal($"../product/releases/{Story.Name}.yaml", cut.GetProperty("manifest").GetString());
        Assert.Equal([SampleProduct.Release, Story.Name], product.Releases);
        Assert.Equal("finished", product.Run("hotfix runs --json").Json()[0].GetProperty("state").GetString());
        Assert.Equal([".git", ".gitignore", ".version.yml", "README.md", "graft.yaml", "src"], Directory.GetFileSystemEntries(linked.Directory).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        linked.Run("release", "publish", Story.Name, "--yes", "--offline").Succeeded();
        Assert.Equal(2, linked.Run("release", "list", "--json").Json().GetArrayLength());
    }

    [Fact]
    public void A_linked_worktree_with_releases_of_its_own_has_its_own()
    {
        var linked = Linked();
        Directory.CreateDirectory(Path.Combine(linked.Directory, "releases"));
        File.Copy(product.At($"releases/{SampleProduct.Release}.yaml"), Path.Combine(linked.Directory, "releases", $"{SampleProduct.Release}.yaml"));

        linked.Run(Story.Generate).Succeeded();

        Assert.True(File.Exists(Path.Combine(linked.Directory, "releases", $"{Story.Name}.yaml")));
        Assert.Equal([SampleProduct.Release], product.Releases);
    }

    [Fact]
    public void A_worktree_of_a_bare_repository_keeps_what_is_graft_s_in_the_repository()
    {
        var linked = Git.Beside("linked");
        Git.GitIn(Git.Remote, "worktree", "add", "--quiet", linked, SampleProduct.Branch);
        Git.GitIn(Git.Remote, "remote", "add", "origin", Git.Remote);
        Directory.Move(product.At("releases"), Path.Combine(linked, "releases"));
        Directory.Move(product.At(".graft"), Path.Combine(Git.Remote, ".graft"));
        var graft = product.Graft with { Directory = linked };

        graft.Run(Story.Generate).Succeeded();

        Assert.True(File.Exists(Path.Combine(linked, "releases", $"{Story.Name}.yaml")));
        Assert.Equal("", Git.GitIn(linked, "status", "--porcelain"));
    }

    [Fact]
    public void A_name_of_sha256()
    {
        Directory.Delete(product.At(".git"), recursive: true);
        Directory.Delete(Git.Remote, recursive: true);
        Git.GitIn(product.Root, "init", "--quiet", "--object-format=sha256", "--initial-branch=main", ".");
        Git.Git("init", "--quiet", "--bare", "--object-format=sha256", Git.Remote);
        Git.Git("remote", "add", "origin", Git.Remote);
        var released = Git.Git("hash-object", "-t", "tree", "/dev/null");
        Assert.Equal(64, released.Length);
        Git.Git("add", "--all");
        Git.Git("commit", "--quiet", "--message", "The shop");
        released = Git.Git("rev-parse", "HEAD");
        Git.Tag($"v{SampleProduct.Release}");
        product.WriteManifest(SampleProduct.Release, product.ReadManifest(SampleProduct.Release).Replace($"commit: {product.Released}", $"commit: {released}", StringComparison.Ordinal));
        Git.Git("commit", "--quiet", "--allow-empty", "--message", "Fix");
        Git.Git("push", "--quiet", "origin", "main", "--tags");

        var cut = product.Graft.Run(Story.Generate).Succeeded().Json();
        product.Run($"release publish {Story.Name} --yes --offline").Succeeded();

        Assert.Equal(Git.Git("rev-parse", "HEAD"), cut.GetProperty("commit").GetString());
        Assert.Contains($"commit: {Git.Git("rev-parse", "HEAD")}\n", product.ReadManifest(Story.Name), StringComparison.Ordinal);
        Assert.Equal(Git.Git("rev-parse", "HEAD"), Git.GitIn(Git.Remote, "rev-parse", $"v{Story.Name}^{{commit}}"));
    }

    [Fact]
    public void Odd_names_of_files_come_into_the_image_as_they_are()
    {
        string[] names = ["line\nbreak", "\"quoted\"", "--dash", "-", "trail ", " lead", "back\\slash", "tab\there", "*", "?", "[a]", ":(top)", "!x", "#y", "~", "é", "e\u0301", "$(touch owned)", "`touch owned`", "Case", "case", "a'b", new string('n', 250)];
        foreach (var name in names)
        {
            Git.Write($"src/api/app/odd/{name}", name);
        }

        var deep = string.Concat(Enumerable.Repeat(new string('d', 200) + "/", 15));
        Git.Write($"src/api/app/deep/{deep}file", "deep");
        Git.Commit("Odd names");
        Git.Push();

        var affected = product.Run("hotfix affected --json").Succeeded().Json();
        product.Graft.Run([.. Story.Generate, "--allow", "too-much"]).Succeeded();

        var reasons = affected.GetProperty("images").EnumerateArray().Single(image => image.GetProperty("image").GetString() == "acme/api").GetProperty("reasons").EnumerateArray().Select(reason => reason.GetProperty("path").GetString());
        Assert.Equal(names.Select(name => $"src/api/app/odd/{name}").Append($"src/api/app/deep/{deep}file").Append("src/api/app/session.conf").Order(StringComparer.Ordinal), reasons.Order(StringComparer.Ordinal));
        Assert.Empty(Directory.GetFiles(Git.Beside(""), "owned", SearchOption.AllDirectories));
        var inside = Directory.EnumerateFiles(product.At(".graft/images/blobs/sha256")).SelectMany(FilesOf).ToDictionary(StringComparer.Ordinal);
        Assert.All(names, name => Assert.Equal(name, inside[$"app/odd/{name}"]));
        Assert.Equal("deep", inside[$"app/deep/{deep}file"]);
    }

    [Fact]
    public void The_middle_of_a_rebase_is_warned_of_where_the_tree_is_clean()
    {
        Git.Commit("More");
        Git.Push();
        Git.Git("-c", "sequence.editor=sed -i 1s/pick/edit/", "rebase", "--quiet", "--interactive", "--keep-empty", "HEAD~1");

        var result = product.Graft.Run([.. Story.Generate.Where(argument => argument != "--json")]).Succeeded();

        Assert.Contains($"warning: a rebase is not finished; what is released is HEAD {Git.Head.Short}, where it stopped [dirty-tree]\n", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_script_asks_the_checkout_wherever_graft_was_called_from()
    {
        Git.Write("src/api/prepare.sh", "#!/bin/sh\ngit rev-parse HEAD > \"$1/app/prepared\"\n");
        var head = Git.Commit("Say what is built");
        Git.Push();
        using var other = new TemporaryRepository();

        product.Graft.With("GIT_DIR", other.At(".git")).With("GIT_WORK_TREE", other.Root).With("GIT_INDEX_FILE", other.At(".git/index")).Run([.. Story.Generate, "--allow", "affected-not-built"]).Succeeded();

        Assert.Contains(Directory.EnumerateFiles(product.At(".graft/images/blobs/sha256")).SelectMany(FilesOf), file => file.Key == "app/prepared" && file.Value == $"{head}\n");
    }

    [Fact]
    public void A_submodule_is_built_from_the_commit_that_is_named()
    {
        var library = Git.Beside("library.git");
        Git.Git("clone", "--quiet", "--bare", Git.Remote, library);
        Git.Git("submodule", "--quiet", "add", library, "src/api/app/lib");
        Git.Commit("Add a library");
        Git.Push();
        Git.GitIn(product.At("src/api/app/lib"), "commit", "--quiet", "--allow-empty", "--message", "Not the one");

        Refuses("tracked files are modified: src/api/app/lib [dirty-tree]");
        Git.Git("submodule", "--quiet", "update");
        Git.Write("src/api/app/lib/README.md", "changed\n");
        Refuses("tracked files are modified: src/api/app/lib [dirty-tree]");
        Git.Git("submodule", "--quiet", "deinit", "--force", "src/api/app/lib");
        Directory.Delete(library, recursive: true);

        product.Graft.Run(Story.Generate).Succeeded();

        Assert.Contains(Directory.EnumerateFiles(product.At(".graft/images/blobs/sha256")).SelectMany(FilesOf), file => file is { Key: "app/lib/README.md", Value: "begin\n" });
    }

    private void Refuses(string words)
    {
        var result = product.Graft.Run([.. Story.Generate.Where(argument => argument != "--json")]);

        Assert.Contains(words, result.Error, StringComparison.Ordinal);
        Assert.Equal(3, result.ExitCode);
    }

    private GraftRun Linked()
    {
        var linked = Git.Beside("linked");
        Git.Git("switch", "--quiet", "main");
        Git.Git("worktree", "add", "--quiet", linked, SampleProduct.Branch);
        return product.Graft with { Directory = linked };
    }

    /// <summary>The files in a blob, when it is a layer.</summary>
    private static List<KeyValuePair<string, string>> FilesOf(string blob)
    {
        using var stream = File.OpenRead(blob);
        if (stream.ReadByte() == '{')
        {
            return [];
        }

        stream.Position = 0;
        using var tar = new System.Formats.Tar.TarReader(stream);
        var files = new List<KeyValuePair<string, string>>();
        while (tar.GetNextEntry(copyData: true) is { } entry)
        {
            if (entry.DataStream is { } data)
            {
                using var reader = new StreamReader(data);
                files.Add(KeyValuePair.Create(entry.Name, reader.ReadToEnd()));
            }
        }

        return files;
    }
}

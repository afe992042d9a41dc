using Graft.Testing;

namespace Graft.Cli.Tests.HostileGit;

/// <summary>
/// What git can only find out when the checkout for a build is made: the run ends in words, nothing but the run itself is left, and where the user can mend
/// it, it goes on.
/// </summary>
public sealed class CutOffBuildTests : IAsyncLifetime
{
    private const string Release = SampleProduct.Release;

    private readonly SampleProduct product = new();

    private TemporaryRepository Git => product.Repository;

    public async ValueTask InitializeAsync() => await product.PushBaseImageAsync(TestContext.Current.CancellationToken);

    public ValueTask DisposeAsync()
    {
        product.Dispose();
        return ValueTask.CompletedTask;
    }

    [Theory]
    [InlineData(true, "is corrupt")]
    [InlineData(false, "src/api/app/serve")]
    public void A_file_that_is_damaged_and_mended(bool isBroken, string words)
    {
        var id = Git.Git("rev-parse", "HEAD:src/api/app/serve");
        var path = product.At($".git/objects/{id[..2]}/{id[2..]}");
        File.Move(path, Git.Beside("kept"));
        if (isBroken)
        {
            File.WriteAllText(path, "rubbish");
        }

        CutsOff(product.Graft, 5, $"cannot check out '{product.Fix.Short}': ", words);

        File.Move(Git.Beside("kept"), path, overwrite: true);
        GoesOn(product.Graft);
    }

    [Fact]
    public void A_submodule_out_of_reach_and_back_again()
    {
        var library = AddSubmodule();
        var clone = Clone();
        Directory.Move(library, Git.Beside("gone"));

        CutsOff(clone, 5, "cannot fetch '", "of the submodule 'src/api/app/lib' from ", "hint: fetch it with `git submodule update --init --recursive`; then carry on with `graft hotfix resume");

        Directory.Move(Git.Beside("gone"), library);
        GoesOn(clone);
    }

    [Fact]
    public void A_gitmodules_that_git_cannot_read()
    {
        AddSubmodule();
        Git.Commit("Break it", (".gitmodules", "[submodule\n"));
        Git.Push();

        CutsOff(product.Graft, 4, "cannot read '.gitmodules': bad config line 1");
    }

    [Fact]
    public async Task A_name_that_is_not_utf8()
    {
        var made = await TemporaryRepository.Runner.RunAsync(
            new() { Program = "sh", Arguments = ["-c", "touch \"$(printf 'src/api/app/a\\377b')\""], WorkingDirectory = product.Root }, TestContext.Current.CancellationToken);
        Assert.True(made.Succeeded);
        Git.Commit("An odd name");
        Git.Push();

        CutsOff(product.Graft, 4, "'app/a\uFFFDb' in the build context has a name that is not UTF-8", "hint: rename it, or leave it out by a `.dockerignore`");

        Assert.Contains("src/api/app/a\\xffb", product.Run("hotfix affected -v").Succeeded().Output, StringComparison.Ordinal);
    }

    private static string[] Generate() => [.. Story.Generate.Where(argument => argument != "--json"), "--allow", "affected-not-built"];

    private void CutsOff(GraftRun graft, int exit, params string[] words)
    {
        graft.Run([.. Generate(), "--dry-run"]).Succeeded();
        var before = Unreserved(graft);

        var result = graft.Run(Generate());

        Assert.All(words, word => Assert.Contains(word, result.Error, StringComparison.Ordinal));
        Assert.Equal(exit, result.ExitCode);
        Assert.Equal("interrupted", graft.Run("hotfix", "runs", "--json").Json()[0].GetProperty("state").GetString());
        Directory.Move(Path.Combine(graft.Directory, ".graft", "runs"), Git.Beside("runs"));
        Assert.Equal(before, Unreserved(graft));
        Directory.Move(Git.Beside("runs"), Path.Combine(graft.Directory, ".graft", "runs"));
        Assert.False(Directory.Exists(Git.Beside("user/cache")) && Directory.EnumerateFileSystemEntries(Git.Beside("user/cache/graft/checkouts")).Any());
    }

    // A run that can be carried on keeps its name reserved on the remote.
    private string Unreserved(GraftRun graft) =>
        string.Join('\n', Snapshot.Of(product, graft).Split('\n').Where(line => !line.Contains("/refs/graft/", StringComparison.Ordinal)));

    private static void GoesOn(GraftRun graft)
    {
        graft.Run("hotfix", "resume").Succeeded();

        Assert.Contains("built:\n    - { image: acme/api, ", File.ReadAllText(Path.Combine(graft.Directory, "releases", $"{Story.Name}.yaml")), StringComparison.Ordinal);
    }

    /// <summary>Commits a submodule in the context of an image; where its remote is.</summary>
    private string AddSubmodule()
    {
        var library = Git.Beside("library.git");
        Git.Git("clone", "--quiet", "--bare", Git.Remote, library);
        Git.Git("submodule", "--quiet", "add", library, "src/api/app/lib");
        Git.Commit("Add a library");
        Git.Push();
        return library;
    }

    private GraftRun Clone()
    {
        var clone = Git.Beside("clone");
        Git.Git("clone", "--quiet", "--branch", SampleProduct.Branch, Git.Remote, clone);
        Directory.Move(product.At("releases"), Path.Combine(clone, "releases"));
        Directory.Move(product.At(".graft"), Path.Combine(clone, ".graft"));
        return product.Graft with { Directory = clone };
    }
}

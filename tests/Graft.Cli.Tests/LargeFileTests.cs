using Graft.Testing;

namespace Graft.Cli.Tests;

/// <summary>A product with files in Git LFS, on a machine where nobody has installed git-lfs.</summary>
public sealed class LargeFileTests : IDisposable
{
    private const string Pointer = "version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 1\n";
    private readonly SampleProduct product = new();

    public void Dispose() => product.Dispose();

    [Theory]
    [InlineData(null)]
    [InlineData("git-lfs smudge -- %f")]
    public void No_image_is_built_of_pointers(string? filter)
    {
        product.Repository.Commit("A large file", ("src/web/public/big file.bin", Pointer), (".gitattributes", "*.bin filter=lfs diff=lfs merge=lfs -text\n"));
        product.Repository.Git("push", "--quiet", "origin", SampleProduct.Branch);
        if (filter is not null)
        {
            product.Repository.Git("config", "filter.lfs.smudge", filter);
        }

        var result = product.Graft.With("PATH", ProgramsWithoutLargeFiles())
            .Run("hotfix", "generate", "--offline", "--release", SampleProduct.Release, "--build", "acme/web", "--allow", "dirty-tree", "affected-not-built");

        Assert.Contains("cannot check out 'src/web/public/big file.bin': it is kept in Git LFS", result.Error, StringComparison.Ordinal);
        Assert.Equal(5, result.ExitCode);
        Assert.Equal([SampleProduct.Release], product.Releases);
    }

    [Fact]
    public void Doctor_says_that_git_lfs_is_missing()
    {
        Assert.DoesNotContain("git-lfs", product.Graft.With("PATH", ProgramsWithoutLargeFiles()).Run("doctor", "--offline").Output, StringComparison.Ordinal);
        product.Repository.Commit("A large file", ("big.bin", Pointer), (".gitattributes", "*.bin filter=lfs diff=lfs merge=lfs -text\n"));

        var result = product.Graft.With("PATH", ProgramsWithoutLargeFiles()).Run("doctor", "--offline");

        Assert.Equal(5, result.ExitCode);
        Assert.Contains("missing  cannot check out 'big.bin': it is kept in Git LFS", result.Output, StringComparison.Ordinal);
        Assert.Contains("-> install `git-lfs`, then run `git lfs install`\n", result.Output, StringComparison.Ordinal);
    }

    // Everything that is in PATH, git-lfs excepted.
    private string ProgramsWithoutLargeFiles()
    {
        var folder = Directory.CreateDirectory(product.Repository.Beside("programs")).FullName;
        foreach (var program in Environment.GetEnvironmentVariable("PATH")!.Split(':').Where(Directory.Exists).SelectMany(Directory.EnumerateFiles))
        {
            var link = Path.Combine(folder, Path.GetFileName(program));
            if (Path.GetFileName(program) != "git-lfs" && !File.Exists(link))
            {
                File.CreateSymbolicLink(link, program);
            }
        }

        return folder;
    }
}

using Graft.Adapters.Git;
using Graft.Core.Failures;
using Graft.Testing;

namespace Graft.Adapters.Tests.Git;

/// <summary>Files in Git LFS, with and without something that can fetch them. What fetches is a filter of ours under the name of LFS's.</summary>
public sealed class LargeFilesTests : IDisposable
{
    private static readonly string Pointer = $"version https://git-lfs.github.com/spec/v1\noid sha256:{new string('0', 64)}\nsize 1\n";
    private readonly TemporaryRepository repository = new();

    public LargeFilesTests()
    {
        repository.Commit("A large file", ("big file.bin", Pointer), (".gitattributes", "*.bin filter=lfs diff=lfs merge=lfs -text\n"));
    }

    public void Dispose() => repository.Dispose();

    [Fact]
    public async Task The_filter_of_the_users_configuration_is_used()
    {
        repository.Git("config", "filter.lfs.smudge", "printf large");

        await using var checkout = await CheckOutAsync();

        Assert.Equal("large", await File.ReadAllTextAsync(Path.Combine(checkout.Folder, "big file.bin"), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_file_that_would_stay_a_pointer_is_an_outside_failure()
    {
        repository.Git("config", "filter.lfs.smudge", "cat");
        repository.Git("config", "filter.lfs.required", "true");

        var failure = await Assert.ThrowsAsync<GraftException>(CheckOutAsync);

        Assert.Equal(FailureKind.Outside, failure.Kind);
        Assert.StartsWith("cannot check out 'big file.bin': it is kept in Git LFS", failure.Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(repository.Beside("checkout")));
    }

    [Theory]
    [InlineData("--local")]
    [InlineData("--skip-smudge")]
    public async Task Git_lfs_takes_its_files_from_the_original(string install)
    {
        Assert.SkipUnless(HasProgram(), "git-lfs is not installed");
        repository.Git("lfs", "install", "--local", install);
        repository.Commit("Its content", ("big file.bin", "large\n"));
        Assert.StartsWith("version ", repository.Git("show", "HEAD:big file.bin"), StringComparison.Ordinal);

        await using var checkout = await CheckOutAsync();

        Assert.Equal("large\n", await File.ReadAllTextAsync(Path.Combine(checkout.Folder, "big file.bin"), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_file_that_nobody_has_is_an_outside_failure_in_git_lfs_s_words()
    {
        Assert.SkipUnless(HasProgram(), "git-lfs is not installed");
        repository.Git("lfs", "install", "--local", "--skip-repo");

        // The pointer of the constructor names an object that was never made.
        var failure = await Assert.ThrowsAsync<GraftException>(CheckOutAsync);

        Assert.Equal((FailureKind.Outside, "see that `git lfs fetch` works"), (failure.Kind, failure.Hint));
        Assert.StartsWith("cannot check out 'big file.bin': git-lfs did not get it: ", failure.Message, StringComparison.Ordinal);
    }

    private bool HasProgram()
    {
        try
        {
            repository.Git("lfs", "version");
            return true;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }

    private async Task<CleanCheckout> CheckOutAsync()
    {
        var opened = await repository.OpenAsync(TestContext.Current.CancellationToken);
        return await CleanCheckout.CreateAsync(opened, opened.Head, repository.Beside("checkout"), TestContext.Current.CancellationToken);
    }
}

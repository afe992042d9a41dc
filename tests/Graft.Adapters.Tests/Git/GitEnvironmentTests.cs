using System.Runtime.InteropServices;
using Graft.Adapters.Git;
using Graft.Testing;

namespace Graft.Adapters.Tests.Git;

/// <summary>Alone, since the environment and the umask are the whole process's.</summary>
[CollectionDefinition(nameof(GitEnvironmentTests), DisableParallelization = true)]
[Collection(nameof(GitEnvironmentTests))]
public sealed partial class GitEnvironmentTests : IDisposable
{
    private readonly TemporaryRepository repository = new();
    private readonly TemporaryRepository other = new();

    public void Dispose()
    {
        Environment.SetEnvironmentVariable("GIT_DIR", null);
        Environment.SetEnvironmentVariable("GIT_INDEX_FILE", null);
        repository.Dispose();
        other.Dispose();
    }

    [Fact]
    public async Task A_git_dir_from_outside_does_not_mislead()
    {
        other.Commit("Only there");
        // As in a hook of the other repository.
        Environment.SetEnvironmentVariable("GIT_DIR", other.At(".git"));
        Environment.SetEnvironmentVariable("GIT_INDEX_FILE", other.At(".git/index"));

        var opened = await repository.OpenAsync(TestContext.Current.CancellationToken);

        Assert.Equal((repository.Root, repository.Head), (opened.Root, opened.Head));
        Assert.Empty(await opened.ReadStatusAsync(TestContext.Current.CancellationToken));
        await using var checkout = await CleanCheckout.CreateAsync(
            opened, opened.Head, repository.Beside("checkout"), TestContext.Current.CancellationToken);
        Assert.True(File.Exists(Path.Combine(checkout.Folder, "README.md")));
    }

    [Fact]
    public async Task A_checkout_keeps_executable_bits_and_links_whatever_the_umask()
    {
        repository.Write("run", "");
        File.SetUnixFileMode(repository.At("run"), (UnixFileMode)0b111_101_101);
        File.CreateSymbolicLink(repository.At("link"), "run");
        repository.Commit("Modes", ("folder/file", ""));
        var opened = await repository.OpenAsync(TestContext.Current.CancellationToken);
        var before = SetUmask(0b000_111_111);
        try
        {
            await using var checkout = await CleanCheckout.CreateAsync(
                opened, opened.Head, repository.Beside("checkout"), TestContext.Current.CancellationToken);

            UnixFileMode Mode(string path) => File.GetUnixFileMode(Path.Combine(checkout.Folder, path));
            Assert.Equal((UnixFileMode)0b111_101_101, Mode("run"));
            Assert.Equal((UnixFileMode)0b110_100_100, Mode("folder/file"));
            Assert.Equal((UnixFileMode)0b111_101_101, Mode("folder"));
            Assert.Equal((UnixFileMode)0b111_101_101, Mode("."));
            Assert.Equal("run", new FileInfo(Path.Combine(checkout.Folder, "link")).LinkTarget);
        }
        finally
        {
            _ = SetUmask(before);
        }
    }

    [LibraryImport("libc", EntryPoint = "umask")]
    private static partial uint SetUmask(uint mask);
}

using Graft.Adapters.Git;
using Graft.Testing;

namespace Graft.Adapters.Tests.Git;

/// <summary>Alone, since the environment is the whole process's.</summary>
[CollectionDefinition(nameof(GitEnvironmentTests), DisableParallelization = true)]
[Collection(nameof(GitEnvironmentTests))]
public sealed class GitEnvironmentTests : IDisposable
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
}

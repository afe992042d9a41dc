using Graft.Adapters.Git;
using Graft.Core.Failures;
using Graft.Testing;

namespace Graft.Adapters.Tests.Git;

public sealed class LikeNamesTests
{
    [Theory]
    [InlineData("a/b|a/B", "a/b|a/B")]
    [InlineData("Lib/a|lib/b", "Lib|lib")]
    [InlineData("x/Lib/a|x/lib", "x/Lib|x/lib")]
    [InlineData("É|é", "É|é")]
    [InlineData("a/b|a/c|ab|A-b", null)]
    public void Finds_names_that_differ_only_in_case(string paths, string? expected) =>
        Assert.Equal(expected, LikeNames.Find(paths.Split('|')) is var (first, second) ? $"{first}|{second}" : null);

    // Whether the disk tells them apart is what `git init` writes down; said here for a disk that does.
    [Theory]
    [InlineData("true")]
    [InlineData("false")]
    public async Task Are_refused_where_the_disk_takes_them_for_one(string ignores)
    {
        using var repository = new TemporaryRepository();
        repository.Commit("Alike", ("File", "1\n"), ("file", "2\n"));
        repository.Git("config", "core.ignoreCase", ignores);
        var git = new GitCommand(TemporaryRepository.Runner, repository.Root);

        var failure = await Record.ExceptionAsync(() => LikeNames.RefuseAsync(git, TestContext.Current.CancellationToken));

        Assert.Equal(ignores == "true" ? "'File' and 'file' differ only in case, and are one name on this disk" : null, (failure as GraftException)?.Message);
    }
}

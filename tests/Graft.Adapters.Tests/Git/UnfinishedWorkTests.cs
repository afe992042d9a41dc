using Graft.Testing;

namespace Graft.Adapters.Tests.Git;

public sealed class UnfinishedWorkTests : IDisposable
{
    private readonly TemporaryRepository repository = new();
    private readonly CancellationToken cancellation = TestContext.Current.CancellationToken;

    public UnfinishedWorkTests()
    {
        repository.Commit("Theirs", ("a", "theirs\n"));
        repository.Git("branch", "theirs");
        repository.Commit("Theirs too", ("a", "theirs too\n"));
        repository.Git("branch", "theirs-too");
        repository.Git("reset", "--quiet", "--hard", "HEAD~2");
        repository.Commit("Ours", ("a", "ours\n"));
    }

    public void Dispose() => repository.Dispose();

    [Theory]
    [InlineData("merge", "merge theirs")]
    [InlineData("cherry-pick", "cherry-pick theirs")]
    [InlineData("rebase", "rebase theirs")]
    [InlineData("rebase", "-c rebase.backend=apply rebase theirs")]
    [InlineData("revert", "revert theirs")]
    public async Task Says_which_command_is_to_be_continued(string command, string line)
    {
        Assert.Throws<InvalidOperationException>(() => repository.Git(line.Split(' ')));

        Assert.Equal(command, (await repository.OpenAsync(cancellation)).FindUnfinished());

        repository.Git(command, "--abort");
        Assert.Null((await repository.OpenAsync(cancellation)).FindUnfinished());
    }

    [Theory]
    [InlineData("cherry-pick")]
    [InlineData("revert")]
    public async Task Between_two_commits_too(string command)
    {
        Assert.Throws<InvalidOperationException>(() => repository.Git(command, "theirs", "theirs-too"));
        repository.Write("a", "resolved\n");
        repository.Git("commit", "--quiet", "--all", "--message", "Resolved");

        Assert.Equal(command, (await repository.OpenAsync(cancellation)).FindUnfinished());
    }

    [Fact]
    public async Task In_a_linked_worktree_only_its_own()
    {
        Assert.Throws<InvalidOperationException>(() => repository.Git("merge", "theirs"));
        var linked = repository.Beside("linked");
        repository.Git("worktree", "add", "--quiet", linked, "theirs");

        var opened = await Adapters.Git.GitRepository.OpenAsync(linked, TemporaryRepository.Runner, cancellation);

        Assert.Null(opened.FindUnfinished());
    }
}

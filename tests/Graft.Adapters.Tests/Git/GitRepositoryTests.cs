using Graft.Adapters.Git;
using Graft.Adapters.Processes;
using Graft.Core.Failures;
using Graft.Testing;

namespace Graft.Adapters.Tests.Git;

public sealed class GitRepositoryTests : IDisposable
{
    private readonly TemporaryRepository repository = new();
    private readonly CancellationToken cancellation = TestContext.Current.CancellationToken;

    public void Dispose() => repository.Dispose();

    [Fact]
    public async Task Opens_from_a_folder_inside()
    {
        repository.Write("a/b/c", "");

        var opened = await GitRepository.OpenAsync(repository.At("a/b"), TemporaryRepository.Runner, cancellation);

        Assert.Equal(
            (repository.Root, repository.At(".git"), repository.Root, repository.Head, "main", false),
            (opened.Root, opened.CommonDirectory, opened.MainWorktree, opened.Head, opened.Branch, opened.IsShallow));
    }

    [Fact]
    public async Task A_detached_head_has_no_branch()
    {
        repository.Git("checkout", "--quiet", "--detach");

        var opened = await repository.OpenAsync(cancellation);

        Assert.Equal((null, repository.Head), (opened.Branch, opened.Head));
    }

    [Fact]
    public async Task A_linked_worktree_knows_the_main_one()
    {
        var linked = repository.Beside("linked");
        repository.Git("worktree", "add", "--quiet", "-b", "fix", linked);

        var opened = await GitRepository.OpenAsync(linked, TemporaryRepository.Runner, cancellation);

        Assert.Equal(
            (linked, repository.At(".git"), repository.Root, "fix"),
            (opened.Root, opened.CommonDirectory, opened.MainWorktree, opened.Branch));
    }

    [Fact]
    public async Task A_linked_worktree_of_a_bare_repository_has_the_repository_itself()
    {
        var linked = repository.Beside("linked");
        repository.GitIn(repository.Remote, "worktree", "add", "--quiet", linked, "main");

        var opened = await GitRepository.OpenAsync(linked, TemporaryRepository.Runner, cancellation);

        Assert.Equal(repository.Remote, opened.MainWorktree);
    }

    [Fact]
    public async Task A_linked_worktree_of_a_repository_with_its_state_elsewhere_knows_the_main_one()
    {
        var main = repository.Beside("main");
        var linked = repository.Beside("linked");
        repository.Git("clone", "--quiet", "--separate-git-dir", repository.Beside("state"), repository.Remote, main);
        repository.GitIn(main, "worktree", "add", "--quiet", linked);

        var opened = await GitRepository.OpenAsync(main, TemporaryRepository.Runner, cancellation);
        Assert.Equal(main, opened.MainWorktree);
    }

    [Fact]
    public async Task A_shallow_clone_says_so()
    {
        repository.Commit("Second");
        repository.Push();
        repository.Git("clone", "--quiet", "--depth", "1", "file://" + repository.Remote, repository.Beside("shallow"));

        Assert.True((await GitRepository.OpenAsync(repository.Beside("shallow"), TemporaryRepository.Runner, cancellation)).IsShallow);
    }

    [Fact]
    public async Task Outside_a_repository_is_an_input_failure()
    {
        using var folder = new TemporaryFolder();

        var failure = await FailureAsync(folder.Path);

        Assert.Equal((FailureKind.Input, $"'{folder.Path}' is not in a git repository"), (failure.Kind, failure.Message));
    }

    [Fact]
    public async Task A_bare_repository_is_an_input_failure() =>
        Assert.Equal($"'{repository.Remote}' is in a git repository without a worktree", (await FailureAsync(repository.Remote)).Message);

    [Fact]
    public async Task A_repository_without_a_commit_is_an_input_failure()
    {
        var empty = repository.Beside("empty");
        repository.Git("init", "--quiet", empty);

        Assert.Equal($"the repository at '{empty}' has no commit yet", (await FailureAsync(empty)).Message);
    }

    [Fact]
    public async Task A_missing_folder_is_an_input_failure() => Assert.Equal("'/no/such' is not a folder", (await FailureAsync("/no/such")).Message);

    [Fact]
    public void Knows_every_variable_that_would_lead_git_astray()
    {
        var own = repository.Git("rev-parse", "--local-env-vars").Split('\n');

        // Ours may list more: what older and newer gits have.
        Assert.Empty(own.Except(GitCommand.LocalVariables));
    }

    [Fact]
    public void No_such_variable_reaches_git_but_identity_and_configuration_do()
    {
        var environment = new GitCommand(TemporaryRepository.Runner, repository.Root).Environment();

        string[] kept = ["GIT_CONFIG_PARAMETERS", "GIT_CONFIG_COUNT"];
        Assert.All(
            GitCommand.LocalVariables.Except([.. kept, "GIT_GRAFT_FILE"]),
            name => Assert.True(environment.TryGetValue(name, out var value) && value is null, name));
        Assert.False(Path.Exists(environment["GIT_GRAFT_FILE"]));
        string[] untouched = [.. kept, "GIT_AUTHOR_NAME", "GIT_CONFIG_GLOBAL", "GIT_SSH_COMMAND", "HOME"];
        Assert.All(untouched, name => Assert.DoesNotContain(name, environment.Keys));
    }

    [Fact]
    public async Task Replaced_objects_are_not_seen()
    {
        var old = repository.Commit("Old", ("a", "old\n"));
        var other = repository.Commit("Other", ("a", "other\n"));
        repository.Git("replace", old.ToString(), other.ToString());
        var opened = await repository.OpenAsync(cancellation);

        var files = await opened.ReadFilesAsync(old, ["a"], cancellation);

        Assert.Equal("old\n"u8.ToArray(), files["a"]);
    }

    [Fact]
    public async Task Grafted_history_is_not_seen()
    {
        var first = repository.Head;
        var second = repository.Commit("Second");
        repository.Write(".git/info/grafts", $"{second}\n");
        Assert.Equal("1", repository.Git("rev-list", "--count", "HEAD"));
        var opened = await repository.OpenAsync(cancellation);

        Assert.True(await opened.IsAncestorAsync(first, second, cancellation));
    }

    [Fact]
    public async Task Damaged_references_are_not_taken_for_a_repository_without_a_commit()
    {
        repository.Write(".git/packed-refs", "rubbish\n");

        var failure = await FailureAsync(repository.Root);

        Assert.Equal($"cannot open the repository at '{repository.Root}': unexpected line in .git/packed-refs: rubbish", failure.Message);
    }

    private static async Task<GraftException> FailureAsync(string folder) =>
        await Assert.ThrowsAsync<GraftException>(() => GitRepository.OpenAsync(folder, new ProgramRunner(), TestContext.Current.CancellationToken));
}

using Graft.Core.Releases;
using Graft.Testing;

namespace Graft.Adapters.Tests.Git;

public sealed class GitMessageTests : IDisposable
{
    private readonly TemporaryRepository repository = new();

    private CancellationToken Cancellation { get; } = TestContext.Current.CancellationToken;

    public void Dispose() => repository.Dispose();

    [Fact]
    public async Task Reads_messages_with_their_parents_newest_first()
    {
        var begin = repository.Head;
        var first = repository.Commit("First\n\nWith a body.\n\nBREAKING CHANGE: yes\n");
        repository.Git("switch", "--quiet", "--create", "side", begin.ToString());
        var side = repository.Commit("On the\nside");
        repository.Git("switch", "--quiet", "main");
        repository.Git("merge", "--quiet", "--no-ff", "--message", "Merge pull request #7 from acme/side", "side");

        var commits = await ReadAsync(begin);

        Assert.Equal(3, commits.Count);
        Assert.Equal((repository.Head, "Merge pull request #7 from acme/side"), (commits[0].Id, commits[0].Subject));
        Assert.Equal([first, side], commits[0].Parents);
        var own = commits.Single(commit => commit.Id == first);
        Assert.Equal(("First", "With a body.\n\nBREAKING CHANGE: yes\n"), (own.Subject, own.Body));
        Assert.Equal([begin], own.Parents);
        Assert.Equal("On the side", commits.Single(commit => commit.Id == side).Subject);
    }

    [Fact]
    public async Task Reads_no_more_than_is_asked_for_and_nothing_where_there_is_nothing()
    {
        var begin = repository.Head;
        repository.Commit("First");
        repository.Commit("Second");

        Assert.Equal("Second", Assert.Single(await ReadAsync(begin, most: 1)).Subject);
        Assert.Empty(await ReadAsync(repository.Head));
    }

    [Fact]
    public async Task Reads_them_whatever_the_users_own_log_looks_like()
    {
        var begin = repository.Head;
        repository.Git("config", "log.showSignature", "true");
        repository.Git("config", "log.decorate", "full");
        repository.Git("config", "color.ui", "always");
        repository.Git("config", "format.pretty", "raw");
        repository.Git("config", "i18n.commitEncoding", "ISO-8859-1");
        repository.Git("config", "i18n.logOutputEncoding", "ISO-8859-1");
        File.WriteAllBytes(repository.Beside("message"), [(byte)'c', (byte)'a', (byte)'f', 0xe9]);
        repository.Git("commit", "--quiet", "--allow-empty", "--file", repository.Beside("message"));
        repository.Git("notes", "add", "--message", "a note");

        var commit = Assert.Single(await ReadAsync(begin));

        Assert.Equal(("café", ""), (commit.Subject, commit.Body));
    }

    private async Task<IReadOnlyList<CommitMessage>> ReadAsync(CommitId from, int most = 10) =>
        await (await repository.OpenAsync(Cancellation)).ReadMessagesAsync(from, repository.Head, most, Cancellation);
}

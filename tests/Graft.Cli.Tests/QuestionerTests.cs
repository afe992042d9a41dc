using Graft.Cli.Commands.Doctor;
using Graft.Core.Failures;
using Graft.Testing.Registries;

namespace Graft.Cli.Tests;

/// <summary>Whoever does not answer is waited for no longer than a while.</summary>
public sealed class QuestionerTests
{
    [Fact]
    public async Task Who_never_answers_is_missing()
    {
        var clock = new JumpingClock();

        var findings = await new Questioner(clock, TestContext.Current.CancellationToken).AskAsync("'it'", _ => new TaskCompletionSource<IReadOnlyList<Finding>>().Task);

        Assert.Equal([Finding.Missing("'it' does not answer within 15 seconds")], findings);
        Assert.Equal([TimeSpan.FromSeconds(15)], clock.Pauses);
    }

    [Fact]
    public async Task Who_says_that_it_was_stopped_has_not_answered()
    {
        var findings = await new Questioner(new JumpingClock(), TestContext.Current.CancellationToken).AskAsync("'it'", async token =>
        {
            var stopped = new TaskCompletionSource();
            await using var registration = token.Register(stopped.SetResult);
            await stopped.Task;
            throw GraftException.Outside("the connection was lost");
        });

        Assert.Equal([Finding.Missing("'it' does not answer within 15 seconds")], findings);
    }

    [Fact]
    public async Task Being_stopped_is_no_finding()
    {
        using var stop = new CancellationTokenSource();
        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => new Questioner(TimeProvider.System, stop.Token).AskAsync("'it'", _ => throw GraftException.Outside("no")));
    }
}

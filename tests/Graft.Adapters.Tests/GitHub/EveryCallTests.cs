using System.Text;
using Graft.Core.Releases;
using Graft.Testing.GitHub;

namespace Graft.Adapters.Tests.GitHub;

/// <summary>
/// Every call to GitHub goes wrong once, in every way; or the run is cut off there and done again. The end is always the same. With GRAFT_SLOW every pair
/// of calls too, else some of them.
/// </summary>
public sealed class EveryCallTests
{
    private const string Tag = "v3.2.202501010000";

    private static readonly int Step = Environment.GetEnvironmentVariable("GRAFT_SLOW") is { Length: > 0 } ? 1 : 7;

    private static readonly IReadOnlyDictionary<string, GitHubFault> Faults = new Dictionary<string, GitHubFault>(StringComparer.Ordinal)
    {
        ["502 before"] = GitHubFault.Before(),
        ["504 after"] = GitHubFault.After(504),
        ["lost before"] = GitHubFault.LostBefore,
        ["lost after"] = GitHubFault.LostAfter,
        ["half uploaded"] = GitHubFault.HalfUploaded,
        ["limit"] = GitHubFault.Secondary(7),
    };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task One_call_goes_wrong()
    {
        var trials = 0;
        var calls = await CountAsync();
        foreach (var (name, fault) in Faults)
        {
            for (var call = 0; call < calls; call++, trials++)
            {
                await TryAsync(number => number == call ? fault : null, $"{name}, call {call}");
            }
        }

        Say($"{trials} runs with one call of {calls} gone wrong: one release each, with the right files");
    }

    [Fact]
    public async Task Two_calls_go_wrong()
    {
        var calls = await CountAsync();
        var pairs = from fault in Faults
                    from first in Enumerable.Range(0, calls)
                    from second in Enumerable.Range(first + 1, calls - first)
                    select (fault, first, second);
        var trials = 0;
        foreach (var (fault, first, second) in pairs.Where((_, index) => index % Step == 0))
        {
            await TryAsync(number => number == first || number == second ? fault.Value : null, $"{fault.Key}, calls {first} and {second}");
            trials++;
        }

        Say($"{trials} runs with two calls of {calls} gone wrong: one release each, with the right files");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_run_that_is_cut_off_at_any_call_is_done_again(bool takesEffect)
    {
        var calls = await CountAsync();
        for (var call = 0; call < calls; call++)
        {
            using var world = new GitHubWorld();
            using var cut = new CancellationTokenSource();
            var number = 0;
            world.GitHub.Faults = _ =>
            {
                if (number++ != call)
                {
                    return null;
                }

                cut.Cancel();
                return takesEffect ? GitHubFault.LostAfter : GitHubFault.LostBefore;
            };

            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => RunAsync(world, cut.Token));
            world.GitHub.Faults = _ => null;
            await RunAsync(world, Cancellation);

            Judge(world, $"cut off at call {call}");
        }

        Say($"{calls} runs cut off, {(takesEffect ? "after" : "before")} a call took effect, and done again: one release each, with the right files");
    }

    private static async Task<int> CountAsync()
    {
        using var world = new GitHubWorld();
        await RunAsync(world, Cancellation);
        Judge(world, "unbroken");
        return world.Asked.Count;
    }

    private static async Task TryAsync(Func<int, GitHubFault?> faults, string name)
    {
        using var world = new GitHubWorld();
        var number = 0;
        world.GitHub.Faults = _ => faults(number++);

        await RunAsync(world, Cancellation);

        Judge(world, name);
    }

    private static async Task RunAsync(GitHubWorld world, CancellationToken cancellationToken)
    {
        var publisher = world.Open().Publisher;
        var draft = await publisher.CreateDraftAsync(
            new ReleaseDraft(Tag, world.Repository.Head, "title", "notes", [new ReleaseAsset("a.yaml", "content"u8.ToArray()), new ReleaseAsset("a.lock.json", "{}"u8.ToArray())]), cancellationToken);
        await publisher.PublishAsync(draft, cancellationToken);
    }

    private static void Judge(GitHubWorld world, string trial)
    {
        var said = string.Join('\n', world.GitHub.Rules.Releases.Select(release =>
            $"{release.Tag} {(release.Draft ? "draft" : "release")} {string.Join(' ', release.Assets.OrderBy(asset => asset.Name, StringComparer.Ordinal).Select(asset => $"{asset.Name}={asset.State}:{Encoding.UTF8.GetString(asset.Bytes)}"))}"));
        Assert.True(said == $"{Tag} release a.lock.json=uploaded:{{}} a.yaml=uploaded:content", $"{trial}: {said}\n{string.Join('\n', world.Asked)}");
        Assert.Equal(world.Repository.Head.ToString(), world.GitHub.Rules.Resolve($"refs/tags/{Tag}"));
    }

    private static void Say(string words) => TestContext.Current.TestOutputHelper!.WriteLine(words);
}

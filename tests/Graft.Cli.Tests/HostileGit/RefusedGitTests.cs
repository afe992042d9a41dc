using Graft.Testing;

namespace Graft.Cli.Tests.HostileGit;

/// <summary>States of a repository in which no hotfix can be cut: each is said in words, with its exit code, and nothing changes.</summary>
public sealed class RefusedGitTests : IAsyncLifetime
{
    private readonly SampleProduct product = new();

    public static TheoryData<string> Conditions => [.. RefusedCondition.All.Keys];

    public async ValueTask InitializeAsync() => await product.PushBaseImageAsync(TestContext.Current.CancellationToken);

    public ValueTask DisposeAsync()
    {
        product.Dispose();
        return ValueTask.CompletedTask;
    }

    [Theory]
    [MemberData(nameof(Conditions))]
    public void Says_why_and_changes_nothing(string condition)
    {
        var expected = RefusedCondition.All[condition];
        var graft = expected.Prepare(product);
        var before = Snapshot.Of(product, graft);
        string[] generate = [.. Story.Generate.Where(argument => argument != "--json"), "--allow", "affected-not-built"];

        var refused = graft.Run(generate);
        var dry = graft.Run([.. generate, "--dry-run"]);

        Assert.Contains(Filled(expected.Error), refused.Error, StringComparison.Ordinal);
        Assert.Contains(expected.Hint is null ? "" : $"hint: {Filled(expected.Hint)}\n", refused.Error, StringComparison.Ordinal);
        Assert.Equal(expected.Exit, refused.ExitCode);
        Assert.Contains(Filled(expected.Error), dry.Error, StringComparison.Ordinal);
        Assert.Equal(expected.Exit, dry.ExitCode);
        Assert.Equal((expected.Affected, expected.List), (graft.Run("hotfix", "affected").ExitCode, graft.Run("release", "list").ExitCode));
        Assert.Equal(before, Snapshot.Of(product, graft));
    }

    private string Filled(string text) =>
        text.Contains("{HEAD}", StringComparison.Ordinal)
            ? text.Replace("{HEAD}", product.Repository.Head.Short, StringComparison.Ordinal)
            : text.Replace("{product}", product.Root, StringComparison.Ordinal);
}

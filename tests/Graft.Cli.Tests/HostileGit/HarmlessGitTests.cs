using System.Text.RegularExpressions;
using Graft.Testing;

namespace Graft.Cli.Tests.HostileGit;

/// <summary>What may stand in a user's repository, configuration or environment without changing what is seen, cut and published.</summary>
public sealed partial class HarmlessGitTests : IAsyncLifetime
{
    // What is not here cannot be compared with, which is said.
    private static readonly string[] WithoutMain = ["a clone of one branch", "a clone with just enough history"];

    private static readonly SemaphoreSlim Telling = new(1);
    private static string? expected;

    private readonly SampleProduct product = new(SampleFiles.PreparingConfiguration);

    public static TheoryData<string> Conditions => [.. HarmlessConditions.All.Keys];

    public async ValueTask InitializeAsync() => await product.PushBaseImageAsync(TestContext.Current.CancellationToken);

    public ValueTask DisposeAsync()
    {
        product.Dispose();
        return ValueTask.CompletedTask;
    }

    [Theory]
    [MemberData(nameof(Conditions))]
    public async Task Nothing_comes_out_otherwise(string condition)
    {
        product.PutOnPublisher(SampleProduct.Release, product.Released);
        var graft = HarmlessConditions.All[condition](product);

        var told = Story.Tell(graft);
        var usual = await UsualAsync();
        if (WithoutMain.Contains(condition))
        {
            Assert.Contains("whether 'origin/main' has a commit is unknown", told, StringComparison.Ordinal);
            (told, usual) = (NotOnMain().Replace(told, ""), NotOnMain().Replace(usual, ""));
        }

        Assert.Equal(usual, told);

        Assert.False(File.Exists(product.Repository.Beside("hooked")));
        Assert.Empty(Directory.GetFiles(product.Repository.Beside(""), "owned", SearchOption.AllDirectories));
    }

    [GeneratedRegex("""\{\s*"guard": "not-on-main"[^}]*\}""")]
    private static partial Regex NotOnMain();

    /// <summary>The story where nothing is out of the way; told once.</summary>
    private static async Task<string> UsualAsync()
    {
        await Telling.WaitAsync(TestContext.Current.CancellationToken);
        try
        {
            if (expected is null)
            {
                using var usual = new SampleProduct(SampleFiles.PreparingConfiguration);
                await usual.PushBaseImageAsync(TestContext.Current.CancellationToken);
                usual.PutOnPublisher(SampleProduct.Release, usual.Released);
                expected = Story.Tell(usual.Graft);
            }

            return expected;
        }
        finally
        {
            Telling.Release();
        }
    }
}

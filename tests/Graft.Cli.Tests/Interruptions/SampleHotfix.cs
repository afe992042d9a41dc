using Graft.Testing;

namespace Graft.Cli.Tests.Interruptions;

/// <summary>The hotfix that these tests interrupt: two builds, one of them prepared by a script, and a change; its name is fixed, so its bytes are too.</summary>
internal static class SampleHotfix
{
    public const string Name = "3.2.203001010000";

    /// <summary>Where its plan is, from the worktree: with it there is something to resume.</summary>
    public const string Plan = $".graft/runs/{Name}/plan.json";

    /// <summary>The command line that cuts it.</summary>
    public static IReadOnlyList<string> Generate { get; } =
    [
        "hotfix", "generate", "--offline", "--release", SampleProduct.Release, "--build", "acme/api", "acme/worker", "--set", "bitnami/redis=7.2.5",
        "--allow", "built-not-affected", "--name", Name,
    ];

    /// <summary>The command line that carries it on.</summary>
    public static IReadOnlyList<string> Resume { get; } = ["hotfix", "resume", Name];

    /// <summary>Where there is nothing to resume, the same is typed again.</summary>
    public static IReadOnlyList<string> CarryOn(string root) => File.Exists(Path.Combine(root, Plan)) ? Resume : Generate;

    /// <summary>The product that it is cut in.</summary>
    public static async Task<SampleProduct> MakeProductAsync(string configuration = SampleFiles.PreparingConfiguration)
    {
        var product = new SampleProduct(configuration);
        await product.PushBaseImageAsync(TestContext.Current.CancellationToken);
        return product;
    }
}

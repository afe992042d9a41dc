using Graft.Testing;
using Graft.Testing.Faults;

namespace Graft.Cli.Tests.Interruptions;

/// <summary>
/// Commands are broken at calls all over their run, and end, carried on, as if nothing had happened. With GRAFT_SLOW=1 at every call in every
/// way. What was tried is said on standard output.
/// </summary>
public sealed class InterruptionTests
{
    private static readonly bool All = Environment.GetEnvironmentVariable("GRAFT_SLOW") is { Length: > 0 };

    public InterruptionTests() => Assert.SkipWhen(FaultLibrary.Missing is not null, FaultLibrary.Missing ?? "");

    [Fact]
    public async Task A_hotfix_ends_as_if_nothing_had_happened()
    {
        using var product = await SampleHotfix.MakeProductAsync();

        Check(product, new InterruptedCommand { Title = "hotfix generate, two builds and a change", Line = SampleHotfix.Generate, CarryOn = SampleHotfix.CarryOn }, sample: 100);
    }

    [Fact]
    public async Task A_hotfix_by_a_builder_ends_as_if_nothing_had_happened()
    {
        using var product = await SampleHotfix.MakeProductAsync($"build: {{ with: buildah }}\n{SampleFiles.PreparingConfiguration}");
        using var folder = new TemporaryFolder();
        var builders = new StandInBuilders(folder.At("bin"));
        var path = $"{builders.Folder}:{Environment.GetEnvironmentVariable("PATH")}";

        // Before and after its builds it is the hotfix above.
        Check(
            product,
            new InterruptedCommand { Title = "hotfix generate, built by a program", Line = SampleHotfix.Generate, CarryOn = SampleHotfix.CarryOn, Variables = new Dictionary<string, string?> { ["PATH"] = path } },
            sample: 20,
            during: "build");
    }

    [Fact]
    public async Task Publishing_ends_as_if_nothing_had_happened()
    {
        using var product = await SampleHotfix.MakeProductAsync();
        product.Graft.Run(SampleHotfix.Generate).Succeeded();
        string[] line = ["release", "publish", SampleHotfix.Name, "--yes", "--offline"];

        Check(product, new InterruptedCommand { Title = "release publish", Line = line, CarryOn = _ => line }, sample: 25);
    }

    private static void Check(SampleProduct product, InterruptedCommand command, int sample, string during = "")
    {
        var trials = new FaultTrials(product, command);
        IReadOnlyList<Fault> all = [.. Fault.At(trials.Points).Where(fault => fault.Point.During.Contains(during, StringComparison.Ordinal))];

        var results = trials.Try(All ? all : Fault.Sample(all, sample), TestContext.Current.CancellationToken);

        var report = FaultReport.Write(command.Title, all, results);
        Console.WriteLine(report);
        Assert.True(results.All(result => result.Problems.Count == 0), report);
        Assert.True(results.Count >= sample, report);
        // One that comes when all is done changes nothing, but many come before.
        var asked = results.Where(result => result.Fault.Kind is FaultKind.Interrupted or FaultKind.Terminated).ToList();
        Assert.True(asked.Count(result => !result.Finished) > asked.Count / 4, report);
        // The threads of a run take turns in more ways than one, but mostly in the same.
        Assert.True(results.Count(result => !result.Came) <= results.Count / 10, report);
    }
}

using Graft.Adapters.Http;
using Graft.Adapters.Layout;
using Graft.Adapters.Registry;
using Graft.Adapters.Registry.Credentials;
using Graft.Core.Images;
using Graft.Testing;
using Graft.Testing.Faults;
using Graft.Testing.Registries;

namespace Graft.Cli.Tests.Interruptions;

/// <summary>
/// A hotfix that pushes to a registry is broken when a request arrives there: no tag ever has two digests, and nothing is pushed twice. With
/// GRAFT_SLOW=1 at every request in every way.
/// </summary>
public sealed class PushInterruptionTests
{
    private static readonly FaultKind[] Kinds = [FaultKind.KilledBefore, FaultKind.KilledAfter, FaultKind.AnswerLost];
    private static readonly bool All = Environment.GetEnvironmentVariable("GRAFT_SLOW") is { Length: > 0 };

    [Fact]
    public async Task Pushing_ends_as_if_nothing_had_happened()
    {
        Assert.SkipWhen(FaultLibrary.Missing is not null, FaultLibrary.Missing ?? "");
        Assert.SkipUnless(LocalRegistry.IsInstalled, LocalRegistry.Missing);
        using var trials = new PushTrials();
        using var product = new SampleProduct($"registry: {trials.Host}/team\n{SampleFiles.PreparingConfiguration}");
        await PushBaseAsync(trials.Registry, product);
        string[] line =
        [
            "hotfix", "generate", "--release", SampleProduct.Release, "--build", "acme/api", "acme/worker", "--name", SampleHotfix.Name,
            "--allow", "built-not-affected", "missing-image", "unchecked-image",
        ];
        var command = new InterruptedCommand { Title = "push", Line = line, CarryOn = root => File.Exists(Path.Combine(root, SampleHotfix.Plan)) ? SampleHotfix.Resume : line };
        var unbroken = trials.Measure(product, command);
        var all = Enumerable.Range(0, unbroken.Requests).SelectMany(request => Kinds.Select(kind => new PushFault(request, kind))).ToList();
        var tried = All ? all : [.. all.Where((_, index) => index % (all.Count / 12) == 0)];

        var problems = tried.SelectMany(fault => trials.Try(product, command, unbroken, fault)).ToList();

        Console.WriteLine($"pushing: broken at {tried.Count} of {all.Count} points ({unbroken.Requests} requests), {problems.Count} problems");
        Assert.True(problems.Count == 0, string.Join('\n', problems));
        Assert.Contains(unbroken.Stored, one => one.Name.EndsWith($"/manifests/{SampleHotfix.Name}-{product.Fix.Short}", StringComparison.Ordinal));
    }

    private static async Task PushBaseAsync(LocalRegistry registry, SampleProduct product)
    {
        var tag = $"acme/base:{SampleProduct.Release}-{product.Released.Short}";
        await product.PushBaseImageAsync(TestContext.Current.CancellationToken);
        var image = await new LayoutStore(product.At(".graft/images")).FindAsync(ImageReference.Parse(tag), TestContext.Current.CancellationToken);
        using var registries = new Registries(() => new HttpWire(new HttpSettings(), TimeProvider.System), new CredentialStore(TemporaryRepository.Runner), []);
        await new RegistryStore(registries).PushAsync(ImageReference.Parse($"{registry.Host}/team/{tag}"), image!, TestContext.Current.CancellationToken);
    }
}

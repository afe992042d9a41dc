using Graft.Adapters.Http;
using Graft.Adapters.Registry;
using Graft.Adapters.Registry.Credentials;
using Graft.Core.Images;
using Graft.Testing;
using Graft.Testing.Registries;

namespace Graft.Cli.Tests;

/// <summary>A release is right, until something happens to its images in the registry, a real one.</summary>
public sealed class VerifyRegistryTests : IAsyncLifetime
{
    private const string Name = "3.2.203001010000";
    private const string Next = "3.2.203001010001";
    private const string Repository = "mirror/redis";

    private readonly LocalRegistry registry;
    private readonly SampleProduct product;
    private readonly Registries registries = new(() => new HttpWire(new HttpSettings(), TimeProvider.System), new CredentialStore(TemporaryRepository.Runner), []);
    private readonly StoredImage image = MemoryRegistry.IndexOf(("amd64", [1, 2, 3]), ("arm64", [4, 5, 6]));

    public VerifyRegistryTests()
    {
        Assert.SkipUnless(LocalRegistry.IsInstalled, LocalRegistry.Missing);
        registry = new LocalRegistry();
        product = new SampleProduct();
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private string Reference => $"{registry.Host}/{Repository}:7.2.5";

    public async ValueTask InitializeAsync()
    {
        await PushAsync(Reference, image);
        product.PutOnPublisher(SampleProduct.Release, product.Released);
        Generate(SampleProduct.Release, Name, "--set", $"bitnami/redis={Reference}").Succeeded();
        product.Run($"release publish {Name} --yes").Succeeded();
        Assert.Equal("ok", Verify().State);
    }

    public ValueTask DisposeAsync()
    {
        product.Dispose();
        registries.Dispose();
        registry.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task A_tag_that_moved()
    {
        await MoveAsync(MemoryRegistry.IndexOf(("amd64", [1, 2, 3]), ("arm64", [9])));

        Assert.Equal(("drifted", null), Verify());
        Refused("digest-drift", $"'{Reference}' ");
    }

    [Fact]
    public async Task A_platform_that_was_dropped()
    {
        await MoveAsync(MemoryRegistry.IndexOf(("amd64", [1, 2, 3])));

        Assert.Equal(("platform-lost", null), Verify());
        Refused("digest-drift", $"'{Reference}' ");
    }

    [Fact]
    public void An_image_that_was_deleted()
    {
        registry.RemoveTag(Repository, "7.2.5");

        Assert.Equal(("missing", null), Verify());
        Refused("missing-image", $"'{Reference}' does not exist");
    }

    [Fact]
    public void One_platform_that_was_deleted()
    {
        registry.RemoveManifest(Repository, image.Manifests[1].Digest.ToString());

        Assert.Equal(("missing", $"'{image.Manifests[1].Digest}' is not in '{registry.Host}/{Repository}'"), Verify());
        Refused("missing-image", $"'{Reference}' cannot be pulled: its image for linux/arm64 does not exist");
    }

    [Fact]
    public async Task A_layer_that_was_deleted()
    {
        var layer = (await ImageWorkbench.ManifestAsync(image, 1)).Layers[0].Digest;
        File.Delete(registry.BlobFile(layer.ToString()));

        Assert.Equal(("missing", $"'{layer}' is not in '{registry.Host}/{Repository}'"), Verify());
    }

    [Fact]
    public async Task A_layer_that_was_cut_off()
    {
        var layer = (await ImageWorkbench.ManifestAsync(image, 1)).Layers[0].Digest;
        await File.WriteAllBytesAsync(registry.BlobFile(layer.ToString()), [4, 5], Token);

        Assert.Equal(("drifted", $"'{layer}' in '{registry.Host}/{Repository}' has 2 bytes, not 3"), Verify());
    }

    [Fact]
    public async Task A_layer_with_other_bytes()
    {
        var layer = (await ImageWorkbench.ManifestAsync(image, 1)).Layers[0].Digest;
        await File.WriteAllBytesAsync(registry.BlobFile(layer.ToString()), [4, 5, 7], Token);

        Assert.Equal(("ok", null), Verify());
        Assert.StartsWith($"'{layer}' in '{registry.Host}/{Repository}' holds other content", Verify("--content").Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_manifest_with_other_bytes()
    {
        var file = registry.BlobFile(image.Manifests[1].Digest.ToString());
        var text = await File.ReadAllTextAsync(file, Token);
        await File.WriteAllTextAsync(file, text.Replace("\"size\":3", "\"size\":4", StringComparison.Ordinal), Token);

        Assert.Equal("drifted", Verify().State);
    }

    [Fact]
    public void An_image_that_cannot_be_read_keeps_nobody_from_the_others()
    {
        File.WriteAllText(registry.BlobFile(image.Descriptor.Digest.ToString()), "{}");

        var result = Run("release", "verify", Name, "--offline", "--json");
        var all = Run("release", "verify", Name, "--json").Json().GetProperty("references");

        Assert.Equal(9, all.GetArrayLength());
        Assert.NotEqual("ok", Verify().State);
    }

    private GraftResult Run(params string[] line) => product.Graft.Run(line);

    private GraftResult Generate(string release, string name, params string[] more) => Run(
        ["hotfix", "generate", "--json", "--release", release, "--name", name, "--allow", "affected-not-built", "unchecked-image", .. more]);

    // What else the sample refers to is on hosts that no test reaches.
    private (string? State, string? Reason) Verify(params string[] more)
    {
        var reference = Run(["release", "verify", Name, "--json", .. more]).Json().GetProperty("references").EnumerateArray().Single(one => one.GetProperty("reference").GetString() == Reference);
        return (reference.GetProperty("state").GetString(), reference.GetProperty("reason").GetString());
    }

    private void Refused(string guard, string message)
    {
        var result = Generate(Name, Next, "--set", "acme-tools/lint=2.11");
        Assert.Equal(3, result.ExitCode);
        Assert.StartsWith(message, Assert.Single(result.Json().GetProperty("guards").EnumerateArray(), finding => finding.GetProperty("guard").GetString() == guard).GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    private async Task MoveAsync(StoredImage to)
    {
        registry.RemoveTag(Repository, "7.2.5");
        await PushAsync(Reference, to);
    }

    private Task PushAsync(string reference, StoredImage pushed) => new RegistryStore(registries).PushAsync(ImageReference.Parse(reference), pushed, Token);
}

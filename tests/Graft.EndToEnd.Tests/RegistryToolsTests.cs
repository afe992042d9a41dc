using System.Text.Json;
using Graft.Adapters.Http;
using Graft.Adapters.Layout;
using Graft.Adapters.Registry;
using Graft.Adapters.Registry.Credentials;
using Graft.Core.Images;
using Graft.Testing;
using Graft.Testing.Registries;

namespace Graft.EndToEnd.Tests;

/// <summary>What Graft pushes is read by the tools that others use, and what they push is read by Graft.</summary>
public sealed class RegistryToolsTests : IDisposable
{
    private readonly ImageWorkbench bench = new();
    private readonly LocalRegistry registry;
    private readonly Registries registries = new(() => new HttpWire(new HttpSettings(), TimeProvider.System), new CredentialStore(TemporaryRepository.Runner), []);

    public RegistryToolsTests()
    {
        Assert.SkipUnless(LocalRegistry.IsInstalled, LocalRegistry.Missing);
        registry = new LocalRegistry();
        Store = new RegistryStore(registries, registry.Host);
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private RegistryStore Store { get; }

    public void Dispose()
    {
        registries.Dispose();
        registry.Dispose();
        bench.Dispose();
    }

    [Fact]
    public async Task Skopeo_reads_what_was_pushed()
    {
        await Store.PushAsync(ImageReference.Parse("acme/multi:1"), await BuildAsync(), Token);

        using var arm = JsonDocument.Parse(await Tool.RunAsync("skopeo", "--override-arch", "arm64", "inspect", "--tls-verify=false", $"docker://{registry.Host}/acme/multi:1"));
        await Tool.RunAsync("skopeo", "copy", "--all", "--preserve-digests", "--src-tls-verify=false", $"docker://{registry.Host}/acme/multi:1", $"oci:{bench.Folder}/copy:x");

        Assert.Equal("arm64", arm.RootElement.GetProperty("Labels").GetProperty("arch").GetString());
        Assert.Equal(["1"], arm.RootElement.GetProperty("RepoTags").EnumerateArray().Select(tag => tag.GetString()));
    }

    [Theory]
    [InlineData("v2s2", MediaTypes.DockerIndex, MediaTypes.DockerManifest)]
    [InlineData("oci", MediaTypes.OciIndex, MediaTypes.OciManifest)]
    public async Task Reads_what_skopeo_pushed(string format, string index, string manifest)
    {
        var image = await BuildAsync();
        var layout = Path.Combine(bench.Folder, "layout");
        await new LayoutStore(layout).PushAsync(ImageReference.Parse("acme/multi:1"), image, Token);
        await Tool.RunAsync("skopeo", "copy", "--all", "--format", format, "--dest-tls-verify=false", $"oci:{layout}:acme/multi:1", $"docker://{registry.Host}/acme/multi:1");

        var found = await Store.FindAsync(ImageReference.Parse("acme/multi:1"), Token);

        Assert.Equal(index, found!.Descriptor.MediaType);
        Assert.Equal([manifest, manifest], found.Manifests.Select(one => one.MediaType));
        Assert.Equal(["linux/amd64", "linux/arm64"], found.Manifests.Select(one => one.Platform!.ToString()));
        await Store.PushAsync(ImageReference.Parse("acme/again:1"), found, Token);
        Assert.Equal(found.Descriptor, await Store.ResolveAsync(ImageReference.Parse("acme/again:1"), Token));
    }

    private Task<StoredImage> BuildAsync() => bench.Write("a", "a").BuildTextAsync(
        "FROM scratch\nCOPY a /a\nARG TARGETARCH\nLABEL arch=$TARGETARCH\n",
        source => source with { Platforms = [Platform.Default, Platform.Parse("linux/arm64")] });
}

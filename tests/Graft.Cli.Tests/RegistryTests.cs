using System.Text;
using System.Text.Json;
using Graft.Adapters.Builders.Embedded;
using Graft.Adapters.Http;
using Graft.Adapters.Layout;
using Graft.Adapters.Registry;
using Graft.Adapters.Registry.Credentials;
using Graft.Core.Images;
using Graft.Core.Products;
using Graft.Testing;
using Graft.Testing.Registries;

namespace Graft.Cli.Tests;

/// <summary>Hotfixes of products whose images are in a registry, a real one.</summary>
public sealed class RegistryTests : IDisposable
{
    private const string Release = SampleProduct.Release;
    private const string Name = "3.2.203001010000";

    private readonly LocalRegistry registry;
    private readonly SampleProduct product;
    private readonly Registries registries = new(() => new HttpWire(new HttpSettings(), TimeProvider.System), new CredentialStore(TemporaryRepository.Runner), []);

    public RegistryTests()
    {
        Assert.SkipUnless(LocalRegistry.IsInstalled, LocalRegistry.Missing);
        registry = new LocalRegistry();
        product = ProductAt(registry.Host + "/team");
        product.PutOnPublisher(Release, product.Released);
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private string OldTag => $"{Release}-{product.Released.Short}";

    private string NewTag => $"{Name}-{product.Fix.Short}";

    public void Dispose()
    {
        product.Dispose();
        registries.Dispose();
        registry.Dispose();
    }

    [Fact]
    public async Task Builds_on_what_is_there_and_pushes()
    {
        await PushAsync($"{registry.Host}/team/acme/base:{OldTag}", await BuildAsync("src/base/Dockerfile"));

        var document = Generate("--build", "acme/api", "--allow", "missing-image").Succeeded().Json();

        var pushed = await FindAsync($"team/acme/api:{NewTag}");
        Assert.Equal(document.GetProperty("built")[0].GetProperty("digest").GetString(), pushed!.Descriptor.Digest.ToString());
        Assert.Equal([NewTag], await Store().ListTagsAsync(ImageName.Parse($"{registry.Host}/team/acme/api"), Token));
        Assert.Equal(2, (await ImageWorkbench.ManifestAsync(pushed)).Layers.Count);
        Assert.Contains($"\"acme/api:{NewTag}\"", product.Read($"releases/{Name}.lock.json"), StringComparison.Ordinal);
        Assert.Contains($"acme/api: {NewTag}\n", product.ReadManifest(Name), StringComparison.Ordinal);
        product.Run($"hotfix resume {Name}").Succeeded();
    }

    [Fact]
    public void Builds_a_chain_of_images()
    {
        var document = Generate("--build", "acme/base", "acme/api", "acme/worker", "--allow", "missing-image").Succeeded().Json();

        Assert.Equal(3, document.GetProperty("built").GetArrayLength());
    }

    [Fact]
    public async Task A_tag_that_the_registry_has_is_taken()
    {
        await PushAsync($"{registry.Host}/team/acme/web:{NewTag}", await BuildAsync("src/base/Dockerfile"));

        var refused = Generate("--build", "acme/web", "--allow", "missing-image");

        Assert.Equal(3, refused.ExitCode);
        Assert.Equal($"'{Name}' is in use: image 'acme/web:{NewTag}' exists", Finding(refused, "tag-taken").GetProperty("message").GetString());
    }

    [Fact]
    public void A_registry_knows_what_does_not_exist()
    {
        var refused = Generate("--build", "acme/web");

        Assert.Equal(3, refused.ExitCode);
        Assert.Equal(
            ["acme/api", "acme/base", "acme/worker"],
            refused.Json().GetProperty("guards").EnumerateArray()
                .Where(guard => guard.GetProperty("guard").GetString() == "missing-image")
                .Select(guard => guard.GetProperty("message").GetString()!.Split(['\'', ':'])[1])
                .Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task An_image_that_moves_home_is_looked_for_there()
    {
        var image = await BuildAsync("src/base/Dockerfile");
        await PushAsync($"{registry.Host}/mirror/redis:7.2.5", image);

        var document = Generate("--set", $"bitnami/redis={registry.Host}/mirror/redis:7.2.5", "--allow", "missing-image").Succeeded().Json();
        Assert.Equal(image.Descriptor.Digest.ToString(), document.GetProperty("changed")[0].GetProperty("digest").GetString());

        var refused = Generate("--set", $"bitnami/redis={registry.Host}/mirror/redis:7.2.6", "--dry-run");
        Assert.Contains($"'{registry.Host}/mirror/redis:7.2.6' does not exist", refused.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_still_is_what_the_lock_says_stays_locked()
    {
        var image = await BuildAsync("src/base/Dockerfile");
        await PushAsync($"{registry.Host}/team/acme/base:{OldTag}", image);
        var first = Generate("--set", $"bitnami/redis={registry.Host}/team/acme/base:{OldTag}", "--allow", "missing-image").Succeeded().Json().GetProperty("release").GetString()!;
        product.Run($"release publish {first} --yes --offline").Succeeded();

        product.Graft.Run(["hotfix", "generate", "--json", "--release", first, "--name", "3.2.203001010001", "--set", "acme-tools/lint=2.11", "--allow", "affected-not-built", "missing-image", "unchecked-image"]).Succeeded();

        Assert.Contains(image.Descriptor.Digest.ToString(), product.Read("releases/3.2.203001010001.lock.json"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_registry_out_of_reach_ends_a_build_before_it_begins()
    {
        registry.Stop();

        var result = Generate("--build", "acme/web");

        Assert.Equal(5, result.ExitCode);
        Assert.Equal($"'{registry.Host}' was not reached: connection refused", result.Json().GetProperty("error").GetProperty("message").GetString());
        Assert.Equal([Release], product.Releases);
        Assert.False(Directory.Exists(product.At(".graft/runs")));
    }

    [Fact]
    public void A_registry_out_of_reach_leaves_unchanged_references_unchecked()
    {
        registry.Stop();

        var refused = Generate("--set", "acme/web=2");
        Assert.Equal(3, refused.ExitCode);
        Assert.Equal($"'acme/web:2' was not checked: '{registry.Host}' was not reached: connection refused", Finding(refused, "unchecked-image").GetProperty("message").GetString());

        Generate("--set", "acme/web=2", "--offline").Succeeded();
    }

    [Fact]
    public void Nothing_is_built_for_a_registry_that_may_not_be_asked()
    {
        var result = Generate("--build", "acme/web", "--offline");

        Assert.Equal(2, result.ExitCode);
        Assert.Equal($"'acme/web' cannot be built with `--offline`: it would be pushed to '{registry.Host}/team'", result.Json().GetProperty("error").GetProperty("message").GetString());
    }

    [Fact]
    public async Task Builds_on_an_image_of_another_registry()
    {
        await PushAsync($"{registry.Host}/lib/runtime:1", await BuildAsync("src/base/Dockerfile"));
        using var own = new SampleProduct();
        own.Repository.Commit("Stand on a runtime", ("src/web/Dockerfile", $"FROM {registry.Host}/lib/runtime:1\nCOPY public/ /srv/\n"));
        own.Repository.Push();

        own.Graft.Run(["hotfix", "generate", "--json", "--release", Release, "--name", Name, "--build", "acme/web", "--allow", "affected-not-built"]).Succeeded();

        var web = await new LayoutStore(own.At(".graft/images")).FindAsync(ImageReference.Parse($"acme/web:{Name}-{own.Repository.Git("rev-parse", "HEAD")[..8]}"), Token);
        Assert.Equal(2, (await ImageWorkbench.ManifestAsync(web!)).Layers.Count);
    }

    [Fact]
    public void Logs_in_over_tls_and_says_no_secret()
    {
        using var authority = new TestAuthority();
        using var guarded = new LocalRegistry(authority, "ada:s3cret-word");
        using var own = ProductAt(guarded.Host);
        var graft = own.Graft
            .With("SSL_CERT_FILE", own.Repository.Beside("authority.pem"))
            .With("SSL_CERT_DIR", null)
            .With("DOCKER_CONFIG", own.Repository.Beside("docker"));
        File.WriteAllText(own.Repository.Beside("authority.pem"), authority.Pem);
        Directory.CreateDirectory(own.Repository.Beside("docker"));
        string[] line = ["hotfix", "generate", "--json", "--release", Release, "--name", Name, "--build", "acme/web", "--allow", "affected-not-built", "missing-image"];

        var refused = graft.Run(line);
        Assert.Equal(5, refused.ExitCode);
        Assert.Contains($"'{guarded.Host}' wants credentials, and there are none for it", refused.Output, StringComparison.Ordinal);

        var config = own.Repository.Beside("docker/config.json");
        var login = Convert.ToBase64String(Encoding.UTF8.GetBytes("ada:s3cret-word"));
        File.WriteAllText(config, $$"""{ "auths": { "{{guarded.Host}}": { "auth": "{{login}}" } } }""");
        var result = graft.Run([.. line, "--verbose"]).Succeeded();

        Assert.DoesNotContain("s3cret", result.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(Directory.EnumerateFiles(own.At(".graft"), "*", SearchOption.AllDirectories), file => File.ReadAllText(file).Contains("s3cret", StringComparison.Ordinal));
    }

    private static SampleProduct ProductAt(string home) => new(SampleFiles.Configuration.Replace("product: acme\n", $"product: acme\nregistry: {home}\n", StringComparison.Ordinal));

    private static JsonElement Finding(GraftResult result, string guard) =>
        result.Json().GetProperty("guards").EnumerateArray().First(finding => finding.GetProperty("guard").GetString() == guard);

    private GraftResult Generate(params string[] more) =>
        product.Graft.Run(["hotfix", "generate", "--json", "--release", Release, "--name", Name, "--allow", "affected-not-built", .. more]);

    private RegistryStore Store() => new(registries);

    private Task<StoredImage?> FindAsync(string path) => Store().FindAsync(ImageReference.Parse($"{registry.Host}/{path}"), Token);

    private Task PushAsync(string reference, StoredImage image) => Store().PushAsync(ImageReference.Parse(reference), image, Token);

    private async Task<StoredImage> BuildAsync(string dockerfile)
    {
        var source = ImageSources.Find(ProductReader.Read(SampleFiles.Configuration, "graft.yaml"), [dockerfile]).Single();
        var output = product.Repository.Beside($"built-{Guid.NewGuid():N}");
        var request = new BuildRequest(source with { Platforms = [Platform.Default] }, product.Root, new Dictionary<string, StoredImage>(StringComparer.Ordinal), output, new Progress<string>());
        return await new EmbeddedBuilder(new ImageLayouts()).BuildAsync(request, Token);
    }
}

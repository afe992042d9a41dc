using Graft.Adapters.Http;
using Graft.Adapters.Tests.Registry;
using Graft.Core.Images;
using Graft.Testing.Registries;

namespace Graft.Adapters.Tests.Images;

public sealed class RegistryImageStoreTests : ImageStoreTests
{
    private readonly LocalRegistry registry = Started.Registry();
    private readonly RegistryBench bench = new();

    public RegistryImageStoreTests() => Store = bench.Store(registry.Host);

    protected override IImageStore Store { get; }

    [Fact]
    public void Knows_what_does_not_exist() => Assert.True(Store.KnowsAbsence);

    protected override void Dispose(bool disposing)
    {
        bench.Dispose();
        registry.Dispose();
        base.Dispose(disposing);
    }
}

/// <summary>The same with TLS by an authority that is known from docker's folder, a log-in, and images below a path.</summary>
public sealed class GuardedRegistryImageStoreTests : ImageStoreTests
{
    private readonly TestAuthority authority = new();
    private readonly LocalRegistry registry;
    private readonly RegistryBench bench;

    public GuardedRegistryImageStoreTests()
    {
        registry = Started.Registry(authority, "ada:s3cret:with colon");
        bench = new RegistryBench { Settings = new HttpSettings() };
        bench.Folder.Write($"certs.d/{registry.Host}/ca.crt", authority.Pem);
        bench.Settings = bench.Settings with { AuthorityFolders = [bench.Folder.At("certs.d")] };
        bench.LogIn(registry.Host, "ada", "s3cret:with colon");
        Store = bench.Store($"{registry.Host}/team/one");
    }

    protected override IImageStore Store { get; }

    [Fact]
    public async Task Lives_below_the_path()
    {
        await PushAsync("acme/a:1", "x");

        Assert.NotNull(await bench.Store().FindAsync(ImageReference.Parse($"{registry.Host}/team/one/acme/a:1"), Token));
        Assert.Null(await bench.Store(registry.Host).FindAsync(ImageReference.Parse("acme/a:1"), Token));
    }

    protected override void Dispose(bool disposing)
    {
        bench.Dispose();
        registry.Dispose();
        authority.Dispose();
        base.Dispose(disposing);
    }
}

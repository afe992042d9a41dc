using Graft.Core.Failures;
using Graft.Core.Images;
using Graft.Testing.Registries;

namespace Graft.Adapters.Tests.Registry;

/// <summary>Whose certificates are trusted, against a real registry with TLS.</summary>
public sealed class TlsTests : IDisposable
{
    private readonly RegistryBench bench = new();
    private readonly TestAuthority authority = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        bench.Dispose();
        authority.Dispose();
    }

    [Fact]
    public async Task A_certificate_by_nobody_that_is_known_is_refused()
    {
        using var registry = Started.Registry(authority);

        Assert.Equal($"'{registry.Host}' was not reached: its certificate is not trusted", (await FailureAsync(registry.Host)).Message);
    }

    [Fact]
    public async Task An_authority_in_the_host_s_folder_is_trusted()
    {
        using var registry = Started.Registry(authority);
        Trust(registry.Host, authority.Pem);

        Assert.Null(await FindAsync(registry.Host));
    }

    [Fact]
    public async Task An_authority_in_another_host_s_folder_is_not()
    {
        using var registry = Started.Registry(authority);
        Trust("127.0.0.1", authority.Pem);

        Assert.Equal(FailureKind.Outside, (await FailureAsync(registry.Host)).Kind);
    }

    [Fact]
    public async Task A_name_that_is_not_the_certificate_s_is_refused()
    {
        using var registry = Started.Registry(authority);
        var host = $"localhost:{registry.Port}";
        Trust(host, authority.Pem);

        Assert.Equal($"'{host}' was not reached: its certificate is not trusted", (await FailureAsync(host)).Message);
    }

    [Fact]
    public async Task A_file_that_is_no_certificate_is_named()
    {
        using var registry = Started.Registry(authority);
        Trust(registry.Host, "nonsense");

        var failure = await FailureAsync(registry.Host);

        Assert.Equal(FailureKind.Input, failure.Kind);
        Assert.Contains("ca.crt' cannot be read as a certificate", failure.Message, StringComparison.Ordinal);
    }

    private void Trust(string host, string pem)
    {
        bench.Folder.Write($"certs.d/{host}/ca.crt", pem);
        bench.Settings = bench.Settings with { AuthorityFolders = [bench.Folder.At("certs.d")] };
    }

    private Task<StoredImage?> FindAsync(string host) => bench.Store(host).FindAsync(ImageReference.Parse("acme/a:1"), Token);

    private Task<GraftException> FailureAsync(string host) => Assert.ThrowsAsync<GraftException>(() => FindAsync(host));
}

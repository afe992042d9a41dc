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

    [Fact]
    public async Task An_upload_s_place_without_tls_on_the_same_host_is_gone_to_with_it()
    {
        var memory = new MemoryRegistry();
        using var server = Secure(request => request.Method == "POST" ? memory.Answer(request) is var reply && reply.Headers[0].Value is { } path
            ? reply with { Headers = [("Location", $"http://127.0.0.1{path}")] } : reply : memory.Answer(request));

        await bench.Store(server.Host).PushAsync(ImageReference.Parse("acme/a:1"), MemoryRegistry.ImageOf([1, 2, 3]), Token);

        Assert.Equal(2, server.Requests.Count(request => request.Method == "PUT" && request.Path.Contains("/uploads/", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("POST", 202)]
    [InlineData("GET", 307)]
    public async Task Nobody_is_followed_out_of_tls(string method, int status)
    {
        var memory = new MemoryRegistry();
        memory.Add("acme/there", "1", [1, 2, 3]);
        using var elsewhere = new HostileRegistry(memory.Answer);
        using var server = Secure(request => request.Method == method ? new WireReply(status, ("Location", $"http://localhost:{elsewhere.Host.Split(':')[1]}{request.Target}")) : memory.Answer(request));
        var store = bench.Store(server.Host);

        var failure = await Assert.ThrowsAsync<GraftException>(() => method == "GET"
            ? store.FindAsync(ImageReference.Parse("acme/there:1"), Token)
            : store.PushAsync(ImageReference.Parse("acme/a:1"), MemoryRegistry.ImageOf([4]), Token));

        Assert.EndsWith("without TLS", failure.Message, StringComparison.Ordinal);
        Assert.Empty(elsewhere.Requests);
    }

    [Fact]
    public async Task A_registry_without_tls_that_is_not_on_loopback_is_not_spoken_to()
    {
        using var proxy = new HostileRegistry(request => request.Method == "CONNECT" ? WireReply.Of(200, "this is not TLS") : new WireReply(500));
        bench.Settings = new() { Proxy = Adapters.Http.ProxyRules.From(name => name is "HTTP_PROXY" or "HTTPS_PROXY" ? $"http://{proxy.Host}" : null) };

        await FailureAsync("registry.example.com");

        Assert.All(proxy.Requests, request => Assert.Equal("CONNECT registry.example.com:443", request.ToString()));
        Assert.NotEmpty(proxy.Requests);
    }

    private HostileRegistry Secure(Func<WireRequest, WireReply> answer)
    {
        var server = new HostileRegistry(answer) { Authority = authority };
        Trust(server.Host, authority.Pem);
        return server;
    }

    private void Trust(string host, string pem)
    {
        bench.Folder.Write($"certs.d/{host}/ca.crt", pem);
        bench.Settings = bench.Settings with { AuthorityFolders = [bench.Folder.At("certs.d")] };
    }

    private Task<StoredImage?> FindAsync(string host) => bench.Store(host).FindAsync(ImageReference.Parse("acme/a:1"), Token);

    private Task<GraftException> FailureAsync(string host) => Assert.ThrowsAsync<GraftException>(() => FindAsync(host));
}

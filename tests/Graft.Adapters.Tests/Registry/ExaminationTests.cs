using Graft.Adapters.Registry;
using Graft.Adapters.Registry.Credentials;
using Graft.Core.Failures;
using Graft.Core.Images;
using Graft.Testing.Registries;

namespace Graft.Adapters.Tests.Registry;

/// <summary>What is found out of a registry before it is needed: TLS, whether it wants a log-in, and where that is.</summary>
public sealed class ExaminationTests : IDisposable
{
    private readonly RegistryBench bench = new();
    private readonly MemoryRegistry memory = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => bench.Dispose();

    [Fact]
    public async Task Tls_and_the_file_that_the_log_in_is_in()
    {
        using var authority = new TestAuthority();
        using var registry = Started.Registry(authority, "ada:s3cret");
        bench.Folder.Write($"certs.d/{registry.Host}/ca.crt", authority.Pem);
        bench.Settings = bench.Settings with { AuthorityFolders = [bench.Folder.At("certs.d")] };
        bench.LogIn(registry.Host, "ada", "s3cret");

        Assert.Equal(new RegistryReport(true, true, new LogInSource(bench.DockerConfig, null)), await ExamineAsync(registry.Host));
    }

    [Fact]
    public async Task A_registry_that_wants_nothing()
    {
        using var server = new HostileRegistry(memory.Answer);

        Assert.Equal(new RegistryReport(false, false, null), await ExamineAsync(server.Host));
    }

    [Fact]
    public async Task A_registry_that_gives_everybody_a_token()
    {
        using var tokens = new HostileRegistry(_ => WireReply.Of(200, """{"token":"t"}"""));
        using var server = new HostileRegistry(request => request.Authorization == "Bearer t" ? memory.Answer(request)
            : WireReply.Error(401, "UNAUTHORIZED", ("WWW-Authenticate", $"Bearer realm=\"http://{tokens.Host}/token\"")));

        Assert.Equal(new RegistryReport(false, true, null), await ExamineAsync(server.Host));
    }

    [Fact]
    public async Task What_is_no_registry_is_missing()
    {
        using var server = new HostileRegistry(request => request.Headers.ContainsKey("user-agent") ? WireReply.Of(418, "<html>") : WireReply.Of(200, ""));

        var failure = await Assert.ThrowsAsync<GraftException>(() => ExamineAsync(server.Host));

        Assert.Equal((FailureKind.Outside, $"'{server.Host}' is not a registry: it answers 418 in a way of its own"), (failure.Kind, failure.Message));
    }

    private Task<RegistryReport> ExamineAsync(string host) => bench.Registries().ExamineAsync(ImageName.Parse($"{host}/acme/a"), Token);
}

using System.Buffers.Text;
using System.Text;
using Graft.Core.Failures;
using Graft.Core.Images;
using Graft.Testing.Registries;

namespace Graft.Adapters.Tests.Registry;

/// <summary>Whether a repository may be pushed to is found out without leaving anything there.</summary>
public sealed class PushTrialTests : IDisposable
{
    private readonly RegistryBench bench = new();
    private readonly MemoryRegistry memory = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => bench.Dispose();

    [Fact]
    public async Task Begins_an_upload_and_takes_it_back()
    {
        using var server = new HostileRegistry(memory.Answer);

        await CheckAsync(server);

        Assert.Equal(["HEAD", "POST", "DELETE"], server.Requests.Select(request => request.Method));
        Assert.Empty(memory.Uploads);
    }

    [Fact]
    public async Task Sends_nothing_that_writes_when_it_shall_only_read()
    {
        using var server = new HostileRegistry(memory.Answer);

        await CheckAsync(server, readsOnly: true);

        Assert.Equal("HEAD", Assert.Single(server.Requests).Method);
    }

    [Fact]
    public async Task Leaves_no_upload_in_a_real_registry()
    {
        using var registry = Started.Registry(login: "ada:s3cret");
        bench.LogIn(registry.Host, "ada", "s3cret");

        await bench.Store(registry.Host).CheckPushAsync(ImageName.Parse("acme/a"), readsOnly: false, Token);

        // It writes down the state of the hash once more when it has removed the upload.
        Assert.DoesNotContain(registry.Files(), file => !file.Contains("/hashstates/", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(403, "DENIED", "may not be pushed to: DENIED: so it is", "`docker login {0}`, or `podman login`, as somebody who may; or see that `registry` in graft.yaml is right")]
    [InlineData(404, "NAME_UNKNOWN", "does not exist, and '{0}' does not make it by itself: NAME_UNKNOWN: so it is", "make it there, or see that `registry` in graft.yaml is right")]
    [InlineData(405, "UNSUPPORTED", "takes no images: it can only be read", "see that `registry` in graft.yaml is right")]
    [InlineData(500, "UNKNOWN", "was not reached: it answers 500: UNKNOWN: so it is", null)]
    public async Task Says_why_not_and_what_to_do(int status, string code, string words, string? hint)
    {
        using var server = new HostileRegistry(request => request.Method == "POST" ? WireReply.Error(status, code) : memory.Answer(request));

        var failure = await Assert.ThrowsAsync<GraftException>(() => CheckAsync(server));

        Assert.Equal(FailureKind.Outside, failure.Kind);
        Assert.EndsWith(words.Replace("{0}", server.Host, StringComparison.Ordinal), failure.Message, StringComparison.Ordinal);
        Assert.Equal(hint?.Replace("{0}", server.Host, StringComparison.Ordinal), failure.Hint);
        Assert.DoesNotContain(server.Requests, request => request.Method == "DELETE");
    }

    [Theory]
    [InlineData(405)]
    [InlineData(401)]
    [InlineData(500)]
    public async Task A_registry_that_takes_no_upload_back_is_let_be(int status)
    {
        using var server = new HostileRegistry(request => request.Method == "DELETE" ? WireReply.Error(status, "UNSUPPORTED") : memory.Answer(request));

        await CheckAsync(server);

        Assert.Contains(server.Requests, request => request.Method == "DELETE");
    }

    [Theory]
    [InlineData("""[{"type":"repository","name":"acme/a","actions":["pull","push"]}]""")]
    [InlineData("""[{"type":"registry","name":"catalog","actions":["*"]},{"type":"repository","name":"acme/a","actions":["*"]}]""")]
    public async Task A_token_that_grants_it_is_enough(string access)
    {
        using var server = Guarded($$"""{"access":{{access}}}""", out var tokens);

        await CheckAsync(server);

        Assert.Equal("service=it&scope=repository:acme/a:pull,push", Assert.Single(tokens.Requests).Query);
        Assert.DoesNotContain(server.Requests, request => request.Method is "POST" or "DELETE");
    }

    [Theory]
    [InlineData("""{"access":[{"type":"repository","name":"acme/a","actions":["pull"]}]}""")]
    [InlineData("""{"access":[{"type":"repository","name":"acme/b","actions":["pull","push"]}]}""")]
    [InlineData("""{"access":[]}""")]
    public async Task A_token_that_does_not_grant_it_is_believed_only_where_nothing_more_may_be_asked(string claims)
    {
        using var server = Guarded(claims, out _);

        var failure = await Assert.ThrowsAsync<GraftException>(() => CheckAsync(server, readsOnly: true));
        await CheckAsync(server);

        Assert.Equal($"'{server.Host}/acme/a' may not be pushed to", failure.Message);
        Assert.Equal(1, server.Requests.Count(request => request.Method == "POST"));
    }

    [Theory]
    [InlineData("""{"sub":"ada"}""")]
    [InlineData("""{"access":null}""")]
    [InlineData("""{"access":[{"name":7}]}""")]
    [InlineData("not json")]
    public async Task A_token_that_does_not_say_leaves_it_to_the_registry(string claims)
    {
        using var server = Guarded(claims, out _);

        await CheckAsync(server, readsOnly: true);
        await CheckAsync(server);

        Assert.Equal(1, server.Requests.Count(request => request.Method == "POST"));
        Assert.Empty(memory.Uploads);
    }

    [Fact]
    public async Task A_refused_token_says_to_log_in()
    {
        using var tokens = new HostileRegistry(_ => WireReply.Of(200, """{"token":"t"}"""));
        using var server = new HostileRegistry(request => request.Path == "/v2/" ? memory.Answer(request)
            : WireReply.Error(401, "UNAUTHORIZED", ("WWW-Authenticate", $"Bearer realm=\"http://{tokens.Host}/token\"")));

        var failure = await Assert.ThrowsAsync<GraftException>(() => CheckAsync(server));

        Assert.Equal($"'{server.Host}/acme/a' may not be pushed to", failure.Message);
        Assert.Equal($"`docker login {server.Host}`, or `podman login`, as somebody who may", failure.Hint);
    }

    private Task CheckAsync(HostileRegistry server, bool readsOnly = false) => bench.Store(server.Host).CheckPushAsync(ImageName.Parse("acme/a"), readsOnly, Token);

    private HostileRegistry Guarded(string claims, out HostileRegistry tokens)
    {
        var token = $"e30.{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(claims))}.c2ln";
        var service = tokens = bench.Use(new HostileRegistry(_ => WireReply.Of(200, $$"""{"token":"{{token}}","expires_in":300}""")));
        return new HostileRegistry(request =>
            request.Path == "/v2/" || request.Authorization == $"Bearer {token}" ? memory.Answer(request)
            : WireReply.Error(401, "UNAUTHORIZED", ("WWW-Authenticate", $"Bearer realm=\"http://{service.Host}/token\",service=\"it\"")));
    }
}

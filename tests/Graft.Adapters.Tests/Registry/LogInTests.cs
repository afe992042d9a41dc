using System.Text;
using Graft.Core.Failures;
using Graft.Core.Images;
using Graft.Testing.Registries;

namespace Graft.Adapters.Tests.Registry;

/// <summary>Who is told the user's credentials, and what is done when they do not help.</summary>
public sealed class LogInTests : IDisposable
{
    private static readonly string Basic = "Basic " + Convert.ToBase64String("ada:s3cret"u8);

    private readonly RegistryBench bench = new();
    private readonly MemoryRegistry memory = new();

    public LogInTests() => memory.Add("acme/a", "1", [1, 2, 3]);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => bench.Dispose();

    [Theory]
    [InlineData("ada", "s3cret", true)]
    [InlineData("ada", "wrong", false)]
    public async Task Logs_in_to_a_real_registry(string user, string password, bool isRight)
    {
        using var registry = Started.Registry(login: "ada:s3cret");
        bench.LogIn(registry.Host, user, password);
        var find = bench.Store(registry.Host).FindAsync(ImageReference.Parse("acme/a:1"), Token);

        if (isRight)
        {
            Assert.Null(await find);
            return;
        }

        var failure = await Assert.ThrowsAsync<GraftException>(() => find);
        Assert.StartsWith($"'{registry.Host}' does not accept the credentials that there are for it", failure.Message, StringComparison.Ordinal);
        Assert.Equal($"`docker login {registry.Host}`, or `podman login`", failure.Hint);
        Assert.DoesNotContain(password, failure.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Says_that_there_are_no_credentials()
    {
        using var registry = Started.Registry(login: "ada:s3cret");

        var failure = await Assert.ThrowsAsync<GraftException>(() => bench.Store(registry.Host).FindAsync(ImageReference.Parse("acme/a:1"), Token));

        Assert.Equal($"'{registry.Host}' wants credentials, and there are none for it", failure.Message);
    }

    [Fact]
    public async Task Fetches_a_token_for_what_it_wants_to_do()
    {
        using var server = Guarded(out var tokens);
        bench.LogIn(server.Host, "ada", "s3cret");

        Assert.NotNull(await FindAsync(server));

        var asked = Assert.Single(tokens.Requests);
        Assert.Equal("GET", asked.Method);
        Assert.Equal("service=it&scope=repository:acme/a:pull", asked.Query);
        Assert.Equal(Basic, asked.Authorization);
        Assert.DoesNotContain(server.Requests, request => request.Authorization?.StartsWith("Basic", StringComparison.Ordinal) == true);
    }

    [Fact]
    public async Task Fetches_an_anonymous_token_without_credentials()
    {
        using var server = Guarded(out var tokens);

        Assert.NotNull(await FindAsync(server));

        Assert.Null(Assert.Single(tokens.Requests).Authorization);
    }

    [Fact]
    public async Task Trades_an_identity_token()
    {
        using var server = Guarded(out var tokens);
        bench.LogInByToken(server.Host, "identity/1+2");

        Assert.NotNull(await FindAsync(server));

        var asked = Assert.Single(tokens.Requests);
        Assert.Equal("POST", asked.Method);
        Assert.Equal("grant_type=refresh_token&refresh_token=identity%2F1%2B2&client_id=graft&scope=repository%3Aacme%2Fa%3Apull&service=it", asked.Text);
        Assert.Null(asked.Authorization);
    }

    [Fact]
    public async Task A_registry_s_own_grammar_of_scopes_is_passed_on()
    {
        using var tokens = TokenService();
        using var server = new HostileRegistry(request => request.Path == "/v2/" ? memory.Answer(request)
            : request.Authorization is null ? WireReply.Error(401, "UNAUTHORIZED", ("WWW-Authenticate", $"Bearer realm=\"http://{tokens.Host}/token\",scope=\"cell:7:read\""))
            : memory.Answer(request));

        Assert.NotNull(await FindAsync(server));

        Assert.Equal("scope=repository:acme/a:pull&scope=cell:7:read", tokens.Requests[0].Query);
    }

    [Fact]
    public async Task A_token_serves_until_it_runs_out_and_is_renewed_before()
    {
        using var server = Guarded(out var tokens);
        var store = bench.Store(server.Host);

        await store.FindAsync(ImageReference.Parse("acme/a:1"), Token);
        await store.FindAsync(ImageReference.Parse("acme/a:1"), Token);
        Assert.Single(tokens.Requests);

        bench.Clock.Advance(TimeSpan.FromSeconds(280));
        await store.FindAsync(ImageReference.Parse("acme/a:1"), Token);
        Assert.Equal(2, tokens.Requests.Count);
        Assert.Single(server.Requests, request => request.Authorization is null);
    }

    [Fact]
    public async Task Many_questions_at_once_fetch_one_token()
    {
        using var server = Guarded(out var tokens);
        var store = bench.Store(server.Host);

        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => store.ResolveAsync(ImageReference.Parse("acme/a:1"), Token)));

        Assert.Single(tokens.Requests);
    }

    [Fact]
    public async Task A_registry_that_refuses_every_token_is_asked_no_more_than_twice()
    {
        using var tokens = TokenService();
        using var server = new HostileRegistry(request => request.Path == "/v2/" ? memory.Answer(request) : WireReply.Error(401, "UNAUTHORIZED", Challenge(tokens)));

        var failure = await Assert.ThrowsAsync<GraftException>(() => FindAsync(server));

        Assert.Equal($"access to '{server.Host}/acme/a' is denied: UNAUTHORIZED: so it is", failure.Message);
        Assert.Equal(2, server.Requests.Count);
        Assert.Single(tokens.Requests);
    }

    [Fact]
    public async Task Credentials_do_not_follow_a_redirect()
    {
        using var elsewhere = new HostileRegistry(memory.Answer);
        using var server = new HostileRegistry(request => request.Path == "/v2/" ? memory.Answer(request)
            : request.Authorization != Basic ? WireReply.Error(401, "UNAUTHORIZED", ("WWW-Authenticate", "Basic realm=\"it\""))
            : new WireReply(307, ("Location", $"http://{elsewhere.Host}{request.Target}")));
        bench.LogIn(server.Host, "ada", "s3cret");

        Assert.NotNull(await FindAsync(server));

        Assert.NotEmpty(elsewhere.Requests);
        Assert.All(elsewhere.Requests, request => Assert.Null(request.Authorization));
    }

    [Fact]
    public async Task Who_is_redirected_to_gets_no_log_in_either()
    {
        using var elsewhere = new HostileRegistry(_ => WireReply.Error(401, "UNAUTHORIZED", ("WWW-Authenticate", "Basic realm=\"give it to me\"")));
        using var server = new HostileRegistry(request => request.Path == "/v2/" ? memory.Answer(request) : new WireReply(302, ("Location", $"http://{elsewhere.Host}/x")));
        bench.LogIn(server.Host, "ada", "s3cret");
        bench.LogIn(elsewhere.Host, "ada", "s3cret");

        var failure = await Assert.ThrowsAsync<GraftException>(() => FindAsync(server));

        Assert.Equal(FailureKind.Outside, failure.Kind);
        Assert.Null(Assert.Single(elsewhere.Requests).Authorization);
    }

    [Fact]
    public async Task A_token_service_does_not_pass_credentials_on()
    {
        using var thief = new HostileRegistry(_ => WireReply.Of(200, """{"token":"t"}"""));
        using var tokens = new HostileRegistry(_ => new WireReply(307, ("Location", $"http://{thief.Host}/token")));
        using var server = new HostileRegistry(request => request.Path == "/v2/" ? memory.Answer(request) : WireReply.Error(401, "UNAUTHORIZED", Challenge(tokens)));
        bench.LogIn(server.Host, "ada", "s3cret");

        var failure = await Assert.ThrowsAsync<GraftException>(() => FindAsync(server));

        Assert.Equal($"the token service of '{server.Host}', '{tokens.Host}', answers 307", failure.Message);
        Assert.Empty(thief.Requests);
    }

    [Theory]
    [InlineData("auth.example.com", false, true)]
    [InlineData("tokens.example.org", false, false)]
    [InlineData("tokens.example.org", true, true)]
    public async Task Another_site_s_token_service_gets_credentials_only_if_they_are_stored_for_it(string site, bool isStored, bool isTold)
    {
        const string registry = "registry.example.com";
        using var authority = new TestAuthority();
        using var world = new HostileRegistry(request => request.Path == "/token" ? request.Authorization == Basic ? WireReply.Of(200, """{"token":"t"}""") : WireReply.Error(401, "DENIED")
            : request.Authorization == "Bearer t" ? memory.Answer(request)
            : WireReply.Error(401, "UNAUTHORIZED", ("WWW-Authenticate", $"Bearer realm=\"https://{site}/token\"")))
        {
            StandsInBy = authority,
        };
        foreach (var host in (string[])[registry, site])
        {
            bench.Folder.Write($"certs.d/{host}/ca.crt", authority.Pem);
        }

        bench.Settings = new()
        {
            AuthorityFolders = [bench.Folder.At("certs.d")],
            Proxy = Adapters.Http.ProxyRules.From(name => name == "HTTPS_PROXY" ? $"http://{world.Host}" : null),
        };
        bench.LogIn(registry, "ada", "s3cret");
        if (isStored)
        {
            bench.LogIn(site, "ada", "s3cret");
        }

        var find = bench.Store().FindAsync(ImageReference.Parse($"{registry}/acme/a:1"), Token);

        if (isTold)
        {
            Assert.NotNull(await find);
        }
        else
        {
            var failure = await Assert.ThrowsAsync<GraftException>(() => find);
            Assert.Equal($"'{registry}' denies access, and wants its log-in at '{site}', which belongs to somebody else", failure.Message);
            Assert.Equal($"if that is right, store the log-in under `{site}` too, beside that of `{registry}`", failure.Hint);
        }

        Assert.Contains(world.Requests, request => request.Path == "/token");
        Assert.All(world.Requests.Where(request => request.Path == "/token"), request => Assert.Equal(isTold ? Basic : null, request.Authorization));
    }

    [Theory]
    [InlineData("{}", "gives no token")]
    [InlineData("""{"token":"a b"}""", "gives no token")]
    [InlineData("""{"token":"a\r\nX: y"}""", "gives no token")]
    [InlineData("<html>", "gives no JSON")]
    public async Task A_token_that_is_none_is_refused(string answer, string message)
    {
        using var tokens = new HostileRegistry(_ => WireReply.Of(200, answer));
        using var server = new HostileRegistry(request => request.Path == "/v2/" ? memory.Answer(request) : WireReply.Error(401, "UNAUTHORIZED", Challenge(tokens)));

        var failure = await Assert.ThrowsAsync<GraftException>(() => FindAsync(server));

        Assert.Equal(FailureKind.Outside, failure.Kind);
        Assert.EndsWith(message, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_huge_token_is_refused()
    {
        using var tokens = new HostileRegistry(_ => new WireReply(200) { Body = Encoding.UTF8.GetBytes(new string(' ', (1024 * 1024) + 1)) });
        using var server = new HostileRegistry(request => request.Path == "/v2/" ? memory.Answer(request) : WireReply.Error(401, "UNAUTHORIZED", Challenge(tokens)));

        Assert.EndsWith("answers with more than 1048576 bytes", (await Assert.ThrowsAsync<GraftException>(() => FindAsync(server))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_refused_log_in_says_what_to_do_and_no_secret()
    {
        using var tokens = new HostileRegistry(_ => WireReply.Error(401, "DENIED"));
        using var server = new HostileRegistry(request => request.Path == "/v2/" ? memory.Answer(request) : WireReply.Error(401, "UNAUTHORIZED", Challenge(tokens)));
        bench.LogIn(server.Host, "ada", "s3cret");

        var failure = await Assert.ThrowsAsync<GraftException>(() => FindAsync(server));

        Assert.Equal($"'{server.Host}' does not accept the credentials that there are for it: DENIED: so it is", failure.Message);
        Assert.DoesNotContain("s3cret", failure.ToString(), StringComparison.Ordinal);
    }

    private static (string Name, string Value) Challenge(HostileRegistry tokens) => ("WWW-Authenticate", $"Bearer realm=\"http://{tokens.Host}/token\",service=\"it\",scope=\"repository:acme/a:pull\"");

    private static HostileRegistry TokenService()
    {
        var count = 0;
        return new HostileRegistry(_ => WireReply.Of(200, $$"""{"token":"token-{{Interlocked.Increment(ref count)}}","expires_in":300}"""));
    }

    private HostileRegistry Guarded(out HostileRegistry tokens)
    {
        var service = tokens = bench.Use(TokenService());
        return new HostileRegistry(request =>
            request.Path == "/v2/" || request.Authorization?.StartsWith("Bearer token-", StringComparison.Ordinal) == true ? memory.Answer(request)
            : WireReply.Error(401, "UNAUTHORIZED", Challenge(service)));
    }

    private Task<StoredImage?> FindAsync(HostileRegistry server) => bench.Store(server.Host).FindAsync(ImageReference.Parse("acme/a:1"), Token);
}

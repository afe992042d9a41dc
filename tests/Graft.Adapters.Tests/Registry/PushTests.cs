using System.Security.Cryptography;
using Graft.Core.Failures;
using Graft.Core.Images;
using Graft.Testing.Registries;

namespace Graft.Adapters.Tests.Registry;

/// <summary>How images get into registries: the order, what is spared, and what happens when it goes wrong on the way.</summary>
public sealed class PushTests : IDisposable
{
    private const int LayerSize = (9 * 1024 * 1024) + 5;

    private readonly RegistryBench bench = new();
    private readonly MemoryRegistry memory = new();
    private readonly byte[] layer = RandomNumberGenerator.GetBytes(LayerSize);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => bench.Dispose();

    [Fact]
    public async Task Sends_blobs_then_the_manifest_by_digest_then_the_tag()
    {
        using var server = Serve(_ => null);
        var image = Image();

        await PushAsync(server, image);

        var writes = server.Requests.Where(request => request.Method == "PUT").Select(request => request.Path).ToList();
        Assert.All(writes[..2], path => Assert.StartsWith("/v2/acme/a/blobs/uploads/", path, StringComparison.Ordinal));
        Assert.Equal([$"/v2/acme/a/manifests/{image.Descriptor.Digest}", "/v2/acme/a/manifests/1"], writes[2..]);
        Assert.Equal(layer, memory.Blobs[Digest.Of(layer).ToString()]);
    }

    [Fact]
    public async Task Sends_nothing_when_the_tag_has_it_already()
    {
        using var server = Serve(_ => null);
        await PushAsync(server, Image());
        var before = server.Requests.Count;

        await PushAsync(server, Image());

        Assert.Equal("HEAD /v2/acme/a/manifests/1", Assert.Single(server.Requests.Skip(before)).ToString());
    }

    [Fact]
    public async Task Sends_no_blob_that_is_there()
    {
        memory.Describe(MediaTypes.OciLayer, layer);
        using var server = Serve(_ => null);

        await PushAsync(server, Image());

        Assert.DoesNotContain(server.Requests, request => request.Body.Length > 100_000);
    }

    [Fact]
    public async Task A_redirect_says_that_a_blob_is_there()
    {
        using var server = Serve(request => request.Method == "HEAD" && request.Path.EndsWith(Digest.Of(layer).ToString(), StringComparison.Ordinal)
            ? new WireReply(307, ("Location", "http://nobody.invalid/signed-for-get"))
            : null);

        await PushAsync(server, Image());

        Assert.DoesNotContain(server.Requests, request => request.Body.Length > 100_000);
    }

    [Theory]
    [InlineData(201)]
    [InlineData(202)]
    [InlineData(403)]
    public async Task Takes_blobs_from_another_repository_of_the_registry_if_it_may(int answer)
    {
        using var server = Serve(request => !request.Query.StartsWith("mount=", StringComparison.Ordinal) ? IsBlobOf(request, "acme/a") ? WireReply.Error(404, "BLOB_UNKNOWN") : null
            : answer == 202 ? null
            : new WireReply(answer));
        memory.Add("acme/base", "1", layer);
        var store = bench.Store(server.Host);
        var image = await store.FindAsync(ImageReference.Parse("acme/base:1"), Token);

        await store.PushAsync(ImageReference.Parse("acme/a:1"), image!, Token);

        Assert.Contains(server.Requests, request => request.Query == $"mount={Digest.Of(layer)}&from=acme/base");
        Assert.Equal(answer == 201 ? 0 : 2, server.Requests.Count(request => request.Method == "PUT" && request.Path.Contains("/uploads/", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Takes_the_layers_of_a_base_that_it_has_seen_from_there()
    {
        using var server = Serve(request => request.Query.StartsWith("mount=", StringComparison.Ordinal) ? new WireReply(201) : IsBlobOf(request, "acme/a") ? WireReply.Error(404, "BLOB_UNKNOWN") : null);
        memory.Add("acme/base", "1", layer);
        var store = bench.Store(server.Host);
        await store.FindAsync(ImageReference.Parse("acme/base:1"), Token);

        await store.PushAsync(ImageReference.Parse("acme/a:1"), Image(), Token);

        Assert.Contains(server.Requests, request => request.Query == $"mount={Digest.Of(layer)}&from=acme/base");
    }

    [Theory]
    [InlineData(405)]
    [InlineData(413)]
    [InlineData(501)]
    public async Task Sends_pieces_where_the_whole_is_not_taken(int refusal)
    {
        using var server = new HostileRegistry(memory.Answer) { Refuses = _ => new WireReply(refusal) };

        await PushAsync(server, Image());

        Assert.Equal(layer, memory.Blobs[Digest.Of(layer).ToString()]);
        Assert.Equal(
            ["0-4194303", "4194304-8388607", $"8388608-{LayerSize - 1}"],
            server.Requests.Where(request => request.Method == "PATCH").Select(request => request.Headers["content-range"]));
    }

    [Fact]
    public async Task Sends_pieces_as_large_as_the_registry_wants_them()
    {
        using var server = new HostileRegistry(request => request.Method == "POST" ? memory.Answer(request) is var reply && reply with { Headers = [.. reply.Headers, ("OCI-Chunk-Min-Length", "5242880")] } is { } wider ? wider : reply : memory.Answer(request))
        {
            Refuses = _ => new WireReply(405),
        };

        await PushAsync(server, Image());

        Assert.Equal(["0-5242879", $"5242880-{LayerSize - 1}"], server.Requests.Where(request => request.Method == "PATCH").Select(request => request.Headers["content-range"]));
    }

    [Fact]
    public async Task Does_not_rely_on_the_range_that_a_registry_reports()
    {
        using var server = new HostileRegistry(request => request.Method == "PATCH" ? memory.Answer(request) is var reply && reply with { Status = 201, Headers = [.. reply.Headers, ("Range", "0-4194303")] } is { } stale ? stale : reply : memory.Answer(request))
        {
            Refuses = _ => new WireReply(405),
        };

        await PushAsync(server, Image());

        Assert.Equal(layer, memory.Blobs[Digest.Of(layer).ToString()]);
    }

    [Theory]
    [InlineData("/v2/acme/a/blobs/uploads/{1}?state=x%2Fy")]
    [InlineData("{1}?state=x%2Fy")]
    [InlineData("http://{0}/v2/acme/a/blobs/uploads/{1}?state=x%2Fy")]
    public async Task Goes_on_where_it_is_told_to(string location)
    {
        var (uploads, host) = (0, "");
        using var server = Serve(request =>
        {
            if (request.Method != "POST")
            {
                return null;
            }

            var upload = $"mine-{Interlocked.Increment(ref uploads)}";
            memory.Uploads[upload] = [];
            return new WireReply(202, ("Location", location.Replace("{0}", host, StringComparison.Ordinal).Replace("{1}", upload, StringComparison.Ordinal)));
        });
        host = server.Host;

        await PushAsync(server, Image(small: true));

        var sent = server.Requests.Where(request => request.Path.Contains("mine-", StringComparison.Ordinal)).ToList();
        Assert.Equal(2, sent.Count);
        Assert.All(sent, request => Assert.StartsWith($"{request.Path}?state=x%2Fy&digest=sha256%3A", request.Target, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Uploads_elsewhere_without_the_registry_s_credentials()
    {
        using var elsewhere = new HostileRegistry(_ => new WireReply(201));
        using var server = new HostileRegistry(request => request.Path == "/v2/" ? memory.Answer(request)
            : request.Authorization is null ? WireReply.Error(401, "UNAUTHORIZED", ("WWW-Authenticate", "Basic realm=\"it\""))
            : request.Method == "POST" ? new WireReply(202, ("Location", $"http://{elsewhere.Host}/bucket/1?signature=s"))
            : memory.Answer(request));
        bench.LogIn(server.Host, "ada", "s3cret");

        await PushAsync(server, Image(small: true));

        Assert.Equal(2, elsewhere.Requests.Count);
        Assert.All(elsewhere.Requests, request => Assert.Null(request.Authorization));
    }

    [Theory]
    [InlineData("Location", "ftp://nobody.invalid/")]
    [InlineData("Nowhere", "")]
    public async Task An_upload_without_a_place_is_refused(string header, string value)
    {
        using var server = Serve(request => request.Method == "POST" ? new WireReply(202, (header, value)) : null);

        Assert.Contains("says to go on elsewhere, but not where", (await Assert.ThrowsAsync<GraftException>(() => PushAsync(server, Image(small: true)))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Begins_a_blob_anew_when_the_connection_breaks()
    {
        var left = 2;
        using var server = Serve(request => request.Method == "PUT" && request.Path.Contains("/uploads/", StringComparison.Ordinal) && Interlocked.Decrement(ref left) >= 0 ? left == 1 ? new WireReply(500) : WireReply.Nothing : null);

        await PushAsync(server, Image());

        Assert.Equal(layer, memory.Blobs[Digest.Of(layer).ToString()]);
    }

    [Fact]
    public async Task A_token_that_runs_out_between_two_pieces_is_renewed()
    {
        var issued = 0;
        using var tokens = new HostileRegistry(_ => WireReply.Of(200, $$"""{"access_token":"t{{Interlocked.Increment(ref issued)}}","expires_in":300}"""));
        var pieces = 0;
        using var server = new HostileRegistry(request =>
            request.Path == "/v2/" || (request.Authorization == $"Bearer t{issued}" && !(request.Method == "PATCH" && Interlocked.Increment(ref pieces) == 2)) ? memory.Answer(request)
            : WireReply.Error(401, "UNAUTHORIZED", ("WWW-Authenticate", $"Bearer realm=\"http://{tokens.Host}/token\",error=\"invalid_token\"")))
        {
            Refuses = _ => new WireReply(405),
        };

        await PushAsync(server, Image());

        Assert.Equal(layer, memory.Blobs[Digest.Of(layer).ToString()]);
        Assert.Equal(["scope=repository:acme/a:pull,push", "scope=repository:acme/a:pull,push"], tokens.Requests.Select(request => request.Query));
    }

    [Fact]
    public async Task A_token_that_runs_out_before_a_large_blob_costs_no_second_sending()
    {
        var issued = 0;
        using var tokens = new HostileRegistry(_ => WireReply.Of(200, $$"""{"token":"t{{Interlocked.Increment(ref issued)}}","expires_in":300}"""));
        WireReply Refusal() => WireReply.Error(401, "UNAUTHORIZED", ("WWW-Authenticate", $"Bearer realm=\"http://{tokens.Host}/token\""));
        using var server = new HostileRegistry(request => request.Path == "/v2/" || request.Authorization is not null ? memory.Answer(request) : Refusal())
        {
            Refuses = request => request.Authorization == "Bearer t1" ? Refusal() : null,
        };

        await PushAsync(server, Image());

        Assert.Single(server.Requests, request => request.Body.Length == LayerSize);
        Assert.Equal(2, issued);
    }

    [Fact]
    public async Task A_tag_that_another_takes_meanwhile_is_left_alone()
    {
        MemoryRegistry other = new();
        var theirs = other.Add("acme/a", "1", [9]);
        using var server = Serve(request =>
        {
            if (request.Method == "PUT" && request.Path.Contains("/manifests/sha256:", StringComparison.Ordinal))
            {
                memory.Manifests["acme/a:1"] = other.Manifests["acme/a:1"];
            }

            return null;
        });

        var failure = await Assert.ThrowsAsync<GraftException>(() => PushAsync(server, Image(small: true)));

        Assert.Equal(FailureKind.Guard, failure.Kind);
        Assert.Equal($"'acme/a:1' exists with other content, '{theirs}'", failure.Message);
        Assert.DoesNotContain(server.Requests, request => request.Method == "PUT" && request.Path.EndsWith("/manifests/1", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_tag_whose_confirmation_was_lost_is_not_given_twice()
    {
        using var server = Serve(request =>
        {
            if (request.Method != "PUT" || !request.Path.EndsWith("/manifests/1", StringComparison.Ordinal))
            {
                return null;
            }

            memory.Answer(request);
            return new WireReply(502);
        });

        await PushAsync(server, Image(small: true));

        Assert.Single(server.Requests, request => request.Method == "PUT" && request.Path.EndsWith("/manifests/1", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_registry_that_stores_something_else_is_found_out()
    {
        using var server = Serve(request => request.Method == "PUT" && request.Path.Contains("/manifests/", StringComparison.Ordinal) ? new WireReply(201, ("Docker-Content-Digest", $"sha256:{new string('0', 64)}")) : null);

        Assert.Contains("stored 'sha256:0000", (await Assert.ThrowsAsync<GraftException>(() => PushAsync(server, Image(small: true)))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_push_that_is_not_allowed_says_so()
    {
        using var server = Serve(request => request.Method == "POST" ? WireReply.Error(403, "DENIED") : null);

        var failure = await Assert.ThrowsAsync<GraftException>(() => PushAsync(server, Image(small: true)));

        Assert.Equal(FailureKind.Outside, failure.Kind);
        Assert.Equal($"access to '{server.Host}/acme/a' is denied: DENIED: so it is", failure.Message);
    }

    private static bool IsBlobOf(WireRequest request, string repository) => request.Method == "HEAD" && request.Path.StartsWith($"/v2/{repository}/blobs/", StringComparison.Ordinal);

    private HostileRegistry Serve(Func<WireRequest, WireReply?> fault) => new(request => request.Path == "/v2/" ? memory.Answer(request) : fault(request) ?? memory.Answer(request));

    private Task PushAsync(HostileRegistry server, StoredImage image) => bench.Store(server.Host).PushAsync(ImageReference.Parse("acme/a:1"), image, Token);

    // An image that is in no registry yet.
    private StoredImage Image(bool small = false)
    {
        var source = new MemoryRegistry();
        source.Add("x", "1", small ? [1, 2, 3] : layer);
        var (type, bytes) = source.Manifests["x:1"];
        var descriptor = new Descriptor(type, Digest.Of(bytes), bytes.Length);
        return new StoredImage(descriptor, [descriptor], new Memory(source, bytes));
    }

    private sealed class Memory(MemoryRegistry source, byte[] manifest) : IBlobSource
    {
        public Task<Stream> OpenAsync(Descriptor descriptor, CancellationToken cancellationToken) =>
            Task.FromResult<Stream>(new MemoryStream(descriptor.Digest == Digest.Of(manifest) ? manifest : source.Blobs[descriptor.Digest.ToString()]));
    }
}

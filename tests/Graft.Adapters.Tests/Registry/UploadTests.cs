using System.Security.Cryptography;
using Graft.Core.Failures;
using Graft.Core.Images;
using Graft.Testing.Registries;

namespace Graft.Adapters.Tests.Registry;

/// <summary>How one blob gets into a registry: whole or in pieces, to where it is told, over tokens that run out.</summary>
public sealed class UploadTests : IDisposable
{
    private const int LayerSize = (9 * 1024 * 1024) + 5;

    private readonly RegistryBench bench = new();
    private readonly MemoryRegistry memory = new();
    private readonly byte[] layer = RandomNumberGenerator.GetBytes(LayerSize);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => bench.Dispose();

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

    private HostileRegistry Serve(Func<WireRequest, WireReply?> fault) => new(request => request.Path == "/v2/" ? memory.Answer(request) : fault(request) ?? memory.Answer(request));

    private Task PushAsync(HostileRegistry server, StoredImage image) => bench.Store(server.Host).PushAsync(ImageReference.Parse("acme/a:1"), image, Token);

    private StoredImage Image(bool small = false) => MemoryRegistry.ImageOf(small ? [1, 2, 3] : layer);
}

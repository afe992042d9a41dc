using System.Security.Cryptography;
using Graft.Core.Failures;
using Graft.Core.Images;
using Graft.Testing.Registries;

namespace Graft.Adapters.Tests.Registry;

/// <summary>How images get into registries: the order, what is spared, and what happens when it goes wrong on the way.</summary>
public sealed class PushTests : IDisposable
{
    private const int LayerSize = (2 * 1024 * 1024) + 5;

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

    private StoredImage Image(bool small = false) => MemoryRegistry.ImageOf(small ? [1, 2, 3] : layer);
}

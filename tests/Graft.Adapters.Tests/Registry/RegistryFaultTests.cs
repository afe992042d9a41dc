using System.Security.Cryptography;
using Graft.Core.Failures;
using Graft.Core.Images;
using Graft.Testing.Registries;

namespace Graft.Adapters.Tests.Registry;

/// <summary>Registries and networks that misbehave while an image is read.</summary>
public sealed class RegistryFaultTests : IDisposable
{
    private static readonly byte[] Layer = RandomNumberGenerator.GetBytes(300_000);

    private readonly RegistryBench bench = new();
    private readonly MemoryRegistry memory = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => bench.Dispose();

    [Fact]
    public async Task Waits_as_long_as_a_busy_registry_asks()
    {
        memory.Add("acme/a", "1", Layer);
        using var server = Serve(Once(request => request.Path.EndsWith("manifests/1", StringComparison.Ordinal), WireReply.Error(429, "TOOMANYREQUESTS", ("Retry-After", "7"))));

        Assert.NotNull(await FindAsync(server));

        Assert.Contains(TimeSpan.FromSeconds(7), bench.Clock.Pauses);
    }

    [Fact]
    public async Task Does_not_wait_for_an_hour()
    {
        using var server = Serve(_ => WireReply.Error(429, "TOOMANYREQUESTS", ("Retry-After", "3600")));

        var failure = await FailureAsync(server);

        Assert.Equal(FailureKind.Outside, failure.Kind);
        Assert.Equal($"'{server.Host}' was not reached: it answers 429, and asks to wait 3600 seconds: TOOMANYREQUESTS: so it is", failure.Message);
        Assert.Empty(bench.Clock.Pauses);
    }

    [Fact]
    public async Task Tries_again_when_the_server_fails_or_hangs_up()
    {
        memory.Add("acme/a", "1", Layer);
        var faults = new Queue<WireReply>([new WireReply(503), new WireReply(502), new WireReply(200) { Announced = 100 }]);
        using var server = Serve(request => request.Path.Contains("/manifests/", StringComparison.Ordinal) && faults.TryDequeue(out var fault) ? fault : null);

        Assert.NotNull(await FindAsync(server));

        Assert.Empty(faults);
    }

    [Fact]
    public async Task Gives_up_on_a_server_that_always_fails()
    {
        using var server = Serve(_ => new WireReply(500));
        bench.PlainHttp = [server.Host];

        Assert.Equal($"'{server.Host}' was not reached: it answers 500", (await FailureAsync(server)).Message);

        Assert.Equal(5, server.Requests.Count);
        Assert.Equal(4, bench.Clock.Pauses.Count);
    }

    [Fact]
    public async Task A_registry_that_is_not_there_is_looked_for_twice_and_then_left_alone()
    {
        string host;
        using (var server = Serve(_ => null))
        {
            host = server.Host;
        }

        var store = bench.Store(host);
        for (var i = 0; i < 3; i++)
        {
            var failure = await Assert.ThrowsAsync<GraftException>(() => store.FindAsync(ImageReference.Parse("acme/a:1"), Token));
            Assert.Equal($"'{host}' was not reached: connection refused", failure.Message);
        }

        Assert.Equal([TimeSpan.FromMilliseconds(200)], bench.Clock.Pauses);
    }

    [Fact]
    public async Task A_name_without_an_address_is_said_at_once()
    {
        var failure = await Assert.ThrowsAsync<GraftException>(() => bench.Store().FindAsync(ImageReference.Parse("registry.invalid/a:1"), Token));

        Assert.Equal("'registry.invalid' was not reached: its name has no address", failure.Message);
    }

    [Fact]
    public async Task Goes_on_where_a_blob_was_cut_off()
    {
        memory.Add("acme/a", "1", Layer);
        using var server = Serve(request => IsLayer(request) ? Cut(request, 100_000) : null);

        Assert.Equal(Layer, await ReadLayerAsync(server));

        Assert.Equal([null, "bytes=100000-", "bytes=200000-"], server.Requests.Where(IsLayer).Select(request => request.Headers.GetValueOrDefault("range")));
    }

    [Fact]
    public async Task Begins_again_where_the_registry_has_no_ranges()
    {
        memory.Add("acme/a", "1", Layer);
        var cuts = new Queue<int>([100_000, 200_000]);
        using var server = Serve(request => !IsLayer(request) ? null : cuts.TryDequeue(out var cut) ? new WireReply(200) { Body = Layer[..cut], Announced = Layer.Length } : new WireReply(200) { Body = Layer });

        Assert.Equal(Layer, await ReadLayerAsync(server));
    }

    [Fact]
    public async Task A_range_that_was_not_asked_for_is_refused()
    {
        memory.Add("acme/a", "1", Layer);
        using var server = Serve(request => !IsLayer(request) ? null
            : request.Headers.ContainsKey("range") ? new WireReply(206, ("Content-Range", $"bytes 5-299999/{Layer.Length}")) { Body = Layer[5..] }
            : new WireReply(200) { Body = Layer[..1000], Announced = Layer.Length });

        var failure = await Assert.ThrowsAsync<GraftException>(() => ReadLayerAsync(server));

        Assert.Contains("is answered with 206", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Gives_up_on_a_blob_that_never_comes()
    {
        memory.Add("acme/a", "1", Layer);
        using var server = Serve(request => IsLayer(request) ? new WireReply(200) { Announced = Layer.Length } : null);

        var failure = await Assert.ThrowsAsync<GraftException>(() => ReadLayerAsync(server));

        Assert.Equal(FailureKind.Outside, failure.Kind);
        Assert.EndsWith($"could not be read from '{server.Host}/acme/a': the connection was lost", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_connection_over_which_nothing_comes_counts_as_lost()
    {
        memory.Add("acme/a", "1", Layer);
        using var server = Serve(request => IsLayer(request) && !request.Headers.ContainsKey("range") ? new WireReply(200) { Body = Layer[..5000], Announced = Layer.Length, Hangs = true } : null);
        var image = await FindAsync(server);
        await using var stream = await image!.Content.OpenAsync(memory.Describe(MediaTypes.OciLayer, Layer), Token);
        var start = new byte[5000];
        await stream.ReadExactlyAsync(start, Token);

        var rest = new MemoryStream();
        var reading = stream.CopyToAsync(rest, Token);
        await server.Hanging;
        bench.Clock.Advance(TimeSpan.FromMinutes(3));
        await reading;

        Assert.Equal(Layer, (byte[])[.. start, .. rest.ToArray()]);
    }

    [Fact]
    public async Task A_blob_with_other_content_is_not_handed_out()
    {
        memory.Add("acme/a", "1", Layer);
        using var server = Serve(request => IsLayer(request) ? new WireReply(200) { Body = [.. Layer[..^1], (byte)(Layer[^1] ^ 1)] } : null);

        var failure = await Assert.ThrowsAsync<ContentException>(() => ReadLayerAsync(server));

        Assert.Equal(FailureKind.Outside, failure.Kind);
        Assert.Contains("holds other content", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_blob_that_is_longer_than_it_should_be_is_not_handed_out()
    {
        memory.Add("acme/a", "1", Layer);
        using var server = Serve(request => IsLayer(request) ? new WireReply(200) { Body = [.. Layer, 0] } : null);

        Assert.Contains("is longer than its 300000 bytes", (await Assert.ThrowsAsync<ContentException>(() => ReadLayerAsync(server))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Follows_a_blob_to_another_host()
    {
        memory.Add("acme/a", "1", Layer);
        using var elsewhere = new HostileRegistry(_ => new WireReply(200) { Body = Layer });
        using var server = Serve(request => IsLayer(request) ? new WireReply(307, ("Location", $"http://{elsewhere.Host}/there?signature=x")) : null);

        Assert.Equal(Layer, await ReadLayerAsync(server));

        Assert.Equal("/there?signature=x", Assert.Single(elsewhere.Requests).Target);
    }

    [Fact]
    public async Task A_circle_of_redirects_ends()
    {
        memory.Add("acme/a", "1", Layer);
        using var server = Serve(request => IsLayer(request) || request.Path == "/around" ? new WireReply(302, ("Location", "/around")) : null);

        var failure = await Assert.ThrowsAsync<GraftException>(() => ReadLayerAsync(server));

        Assert.Equal($"'{server.Host}' sends on more than 5 times", failure.Message);
    }

    [Fact]
    public async Task Cancelling_ends_a_wait()
    {
        memory.Add("acme/a", "1", Layer);
        using var cancellation = CancellationTokenSource.CreateLinkedTokenSource(Token);
        using var server = Serve(request => IsLayer(request) ? new WireReply(200) { Announced = Layer.Length, Hangs = true } : null);
        var image = await FindAsync(server);
        await using var stream = await image!.Content.OpenAsync(memory.Describe(MediaTypes.OciLayer, Layer), Token);

        var reading = stream.CopyToAsync(Stream.Null, cancellation.Token);
        await server.Hanging;
        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => reading);
    }

    private static bool IsLayer(WireRequest request) => request.Path.EndsWith(Digest.Of(Layer).ToString(), StringComparison.Ordinal) && request.Path.Contains("/blobs/", StringComparison.Ordinal);

    private static Func<WireRequest, WireReply?> Once(Func<WireRequest, bool> when, WireReply reply)
    {
        var left = 1;
        return request => when(request) && Interlocked.Exchange(ref left, 0) == 1 ? reply : null;
    }

    // At most so many bytes of what was asked for, then the end of the connection.
    private static WireReply Cut(WireRequest request, int length)
    {
        var from = request.Headers.GetValueOrDefault("range") is { } range ? int.Parse(range["bytes=".Length..^1], System.Globalization.CultureInfo.InvariantCulture) : 0;
        var body = Layer[from..Math.Min(Layer.Length, from + length)];
        return from == 0
            ? new WireReply(200) { Body = body, Announced = Layer.Length }
            : new WireReply(206, ("Content-Range", $"bytes {from}-{Layer.Length - 1}/{Layer.Length}")) { Body = body, Announced = Layer.Length - from };
    }

    private HostileRegistry Serve(Func<WireRequest, WireReply?> fault) => new(request => fault(request) ?? memory.Answer(request));

    private Task<StoredImage?> FindAsync(HostileRegistry server) => bench.Store(server.Host).FindAsync(ImageReference.Parse("acme/a:1"), Token);

    private Task<GraftException> FailureAsync(HostileRegistry server) => Assert.ThrowsAsync<GraftException>(() => FindAsync(server));

    private async Task<byte[]> ReadLayerAsync(HostileRegistry server)
    {
        var image = await FindAsync(server);
        await using var stream = await image!.Content.OpenAsync(memory.Describe(MediaTypes.OciLayer, Layer), Token);
        using var read = new MemoryStream();
        await stream.CopyToAsync(read, Token);
        return read.ToArray();
    }
}

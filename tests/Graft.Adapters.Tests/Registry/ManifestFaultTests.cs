using System.Text;
using Graft.Core.Failures;
using Graft.Core.Images;
using Graft.Testing.Registries;

namespace Graft.Adapters.Tests.Registry;

/// <summary>Manifests and lists of tags that are not what they should be, and registries that say less than they should.</summary>
public sealed class ManifestFaultTests : IDisposable
{
    private readonly RegistryBench bench = new();
    private readonly MemoryRegistry memory = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => bench.Dispose();

    [Fact]
    public async Task Resolves_by_the_head_alone()
    {
        var digest = memory.Add("acme/a", "1", [1]);
        using var server = Serve(_ => null);

        Assert.Equal(digest, (await ResolveAsync(server))!.Digest.ToString());

        Assert.Equal("HEAD /v2/acme/a/manifests/1", Assert.Single(server.Requests).ToString());
    }

    [Theory]
    [InlineData("Docker-Content-Digest")]
    [InlineData("Content-Type")]
    public async Task Resolves_by_the_whole_where_the_head_says_too_little(string without)
    {
        var digest = memory.Add("acme/a", "1", [1]);
        using var server = new HostileRegistry(request => memory.Answer(request) is var reply && reply with { Headers = [.. reply.Headers.Where(header => header.Name != without)] } is { } less ? less : reply);

        Assert.Equal(new Descriptor(MediaTypes.OciManifest, Digest.Parse(digest), memory.Manifests["acme/a:1"].Bytes.Length), await ResolveAsync(server));

        Assert.Equal(["HEAD", "GET"], server.Requests.Select(request => request.Method));
    }

    [Fact]
    public async Task A_manifest_that_is_not_what_the_registry_announces_is_refused()
    {
        memory.Add("acme/a", "1", [1]);
        using var server = Serve(request => IsManifest(request) ? memory.Answer(request) with { Headers = [("Content-Type", MediaTypes.OciManifest), ("Docker-Content-Digest", $"sha256:{new string('0', 64)}")] } : null);

        Assert.Contains("holds other content", (await FailureAsync(server)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_manifest_that_is_not_what_was_asked_for_is_refused()
    {
        var wanted = memory.Add("acme/a", "1", [1]);
        memory.Add("acme/a", "2", [2]);
        using var server = Serve(request => IsManifest(request) ? memory.Answer(request with { Target = "/v2/acme/a/manifests/2" }) : null);

        var failure = await FailureAsync(server, $"acme/a@{wanted}");

        Assert.Equal(FailureKind.Outside, failure.Kind);
        Assert.Contains(wanted, failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_huge_manifest_is_refused(bool isAnnounced)
    {
        memory.Put("acme/a", "1", MediaTypes.OciManifest, new byte[BlobReading.DocumentLimit + 1]);
        using var server = Serve(request => IsManifest(request) && !isAnnounced ? memory.Answer(request) with { Headers = [("Content-Type", MediaTypes.OciManifest), ("Content-Length", $"{BlobReading.DocumentLimit + 1}")] } : null);

        Assert.Equal($"'{server.Host}/acme/a' has a manifest '1' of more than 4194304 bytes", (await FailureAsync(server)).Message);
    }

    [Theory]
    [InlineData(MediaTypes.OciManifest, """{"mediaType":"application/vnd.oci.image.index.v1+json","manifests":[]}""", "but says of itself that it is")]
    [InlineData(MediaTypes.OciManifest, """{"config":{},"layers":[],"manifests":[]}""", "can be read as an index and as a manifest")]
    [InlineData(MediaTypes.OciIndex, """{"manifests":[],"layers":[]}""", "can be read as an index and as a manifest")]
    [InlineData("application/vnd.docker.distribution.manifest.v1+prettyjws", """{"schemaVersion":1}""", "is of a kind that graft does not know")]
    [InlineData("text/html", "<html>", "is malformed")]
    public async Task A_document_that_is_no_image_is_refused(string type, string text, string message)
    {
        memory.Put("acme/a", "1", type, Encoding.UTF8.GetBytes(text));
        using var server = Serve(_ => null);

        Assert.Contains(message, (await FailureAsync(server)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(MediaTypes.DockerManifest)]
    [InlineData("application/json")]
    public async Task Reads_docker_s_form_and_what_is_called_json_only(string type)
    {
        var config = memory.Describe("application/vnd.docker.container.image.v1+json", """{"architecture":"arm64","os":"linux"}"""u8.ToArray());
        memory.Put("acme/a", "1", type, new ImageManifest(MediaTypes.DockerManifest, config, []).ToJson());
        using var server = Serve(_ => null);

        var image = await bench.Store(server.Host).FindAsync(ImageReference.Parse("acme/a:1"), Token);

        Assert.Equal(MediaTypes.DockerManifest, image!.Descriptor.MediaType);
        Assert.Equal("linux/arm64", image.Manifests.Single().Platform!.ToString());
    }

    [Fact]
    public async Task Asks_for_every_kind_of_image()
    {
        using var server = Serve(_ => null);
        await ResolveAsync(server);

        Assert.Equal("application/vnd.oci.image.index.v1+json, application/vnd.oci.image.manifest.v1+json, application/vnd.docker.distribution.manifest.list.v2+json, application/vnd.docker.distribution.manifest.v2+json", server.Requests[0].Headers["accept"]);
    }

    [Fact]
    public async Task A_web_server_that_is_no_registry_makes_no_image_missing()
    {
        using var server = new HostileRegistry(_ => WireReply.Of(404, "<html>not found</html>"));
        bench.PlainHttp = [server.Host];

        var failure = await Assert.ThrowsAnyAsync<GraftException>(() => bench.Store(server.Host).FindAsync(ImageReference.Parse("acme/a:1"), Token));

        Assert.Equal($"'{server.Host}' is not a registry: it answers 404 in a way of its own", failure.Message);
    }

    [Theory]
    [InlineData("Link", "</v2/acme/a/tags/list?last={0}&n=2>; rel=\"next\"")]
    [InlineData("Link", "<http://elsewhere.invalid/v2/acme/a/tags/list?last={0}&n=2>; rel=\"next\"")]
    [InlineData("link", "<list?last={0}&n=2>;rel=next")]
    public async Task Lists_tags_page_by_page_from_the_same_registry(string header, string link)
    {
        string[] tags = ["a", "b", "c", "d", "e"];
        using var server = Serve(request =>
        {
            var rest = tags.SkipWhile(tag => request.Query.Contains("last=", StringComparison.Ordinal) && string.CompareOrdinal(tag, request.Query.Split("last=")[1][..1]) <= 0).ToList();
            var page = rest.Take(2).ToList();
            var body = $$"""{"name":"acme/a","tags":[{{string.Join(',', page.Select(tag => $"\"{tag}\""))}}]}""";
            return rest.Count > 2 ? WireReply.Of(200, body, (header, link.Replace("{0}", page[^1], StringComparison.Ordinal))) : WireReply.Of(200, body);
        });

        Assert.Equal(tags, await bench.Store(server.Host).ListTagsAsync(ImageName.Parse("acme/a"), Token));
    }

    [Fact]
    public async Task A_list_of_tags_that_goes_in_circles_ends()
    {
        using var server = Serve(_ => WireReply.Of(200, """{"tags":["a"]}""", ("Link", "</v2/acme/a/tags/list?last=a&n=1>; rel=\"next\"")));

        Assert.Equal($"the list of tags of '{server.Host}/acme/a' has no end", (await TagFailureAsync(server)).Message);
        Assert.Equal(2, server.Requests.Count);
    }

    [Fact]
    public async Task A_list_of_tags_without_end_ends()
    {
        var page = 0;
        using var server = Serve(_ => WireReply.Of(200, $$"""{"tags":["t{{++page}}"]}""", ("Link", $"</v2/acme/a/tags/list?last=t{page}>; rel=\"next\"")));

        Assert.Equal($"the list of tags of '{server.Host}/acme/a' has no end", (await TagFailureAsync(server)).Message);
    }

    [Fact]
    public async Task A_huge_list_of_tags_is_refused()
    {
        using var server = Serve(_ => new WireReply(200) { Body = new byte[(16 * 1024 * 1024) + 1] });

        Assert.Contains("has more than 16777216 bytes", (await TagFailureAsync(server)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"tags":null}""", "")]
    [InlineData("""{"tags":["ok","no good","--x",""]}""", "ok")]
    public async Task Odd_lists_of_tags_are_read(string json, string tags)
    {
        using var server = Serve(_ => WireReply.Of(200, json));

        Assert.Equal(tags, string.Join(' ', await bench.Store(server.Host).ListTagsAsync(ImageName.Parse("acme/a"), Token)));
    }

    [Fact]
    public async Task An_error_s_words_are_short_and_harmless()
    {
        using var server = Serve(_ => WireReply.Of(400, $$"""{"errors":[{"code":"BAD\u001b[2J","message":"{{new string('x', 1000)}}"}]}"""));

        var message = (await FailureAsync(server)).Message;

        Assert.DoesNotContain('\u001b', message);
        Assert.InRange(message.Length, 200, 320);
    }

    [Fact]
    public async Task A_huge_error_is_not_read()
    {
        using var server = Serve(_ => new WireReply(400) { Body = new byte[70_000] });

        Assert.Equal($"'{server.Host}/acme/a': GET is answered with 400", (await FailureAsync(server)).Message);
    }

    private static bool IsManifest(WireRequest request) => request.Path.Contains("/manifests/", StringComparison.Ordinal);

    private HostileRegistry Serve(Func<WireRequest, WireReply?> fault) => new(request => request.Path == "/v2/" ? memory.Answer(request) : fault(request) ?? memory.Answer(request));

    private Task<Descriptor?> ResolveAsync(HostileRegistry server) => bench.Store(server.Host).ResolveAsync(ImageReference.Parse("acme/a:1"), Token);

    private Task<GraftException> FailureAsync(HostileRegistry server, string reference = "acme/a:1") =>
        Assert.ThrowsAnyAsync<GraftException>(() => bench.Store(server.Host).FindAsync(ImageReference.Parse(reference), Token));

    private Task<GraftException> TagFailureAsync(HostileRegistry server) =>
        Assert.ThrowsAnyAsync<GraftException>(() => bench.Store(server.Host).ListTagsAsync(ImageName.Parse("acme/a"), Token));
}

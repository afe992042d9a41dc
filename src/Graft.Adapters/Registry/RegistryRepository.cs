using System.Net;
using System.Net.Http.Headers;
using Graft.Adapters.Http;
using Graft.Core.Failures;
using Graft.Core.Images;

namespace Graft.Adapters.Registry;

/// <summary>A manifest or index as a registry gave it: what it is, and its bytes.</summary>
internal sealed record FetchedManifest(Descriptor Descriptor, byte[] Bytes);

/// <summary>One repository of a registry, in the terms of the distribution spec. What is not there is null.</summary>
internal sealed class RegistryRepository(RegistryHost host, string path)
{
    // Configurations are seldom larger.
    private const long Small = 64 * 1024;

    private static readonly string[] ManifestTypes = [MediaTypes.OciIndex, MediaTypes.OciManifest, MediaTypes.DockerIndex, MediaTypes.DockerManifest];

    public RegistryHost Host => host;

    public string Path => path;

    /// <summary>Its name for people.</summary>
    public string Name => $"{host.Name}/{path}";

    /// <summary>What a tag or digest points at: by HEAD, or by GET where the registry's answer to HEAD says too little.</summary>
    public async Task<Descriptor?> ResolveAsync(string reference, Scope scope, CancellationToken cancellationToken)
    {
        using var reply = await host.AskAsync(new RegistryRequest(HttpMethod.Head, ManifestPath(reference), scope) { Accept = ManifestTypes }, cancellationToken);
        if (reply.Status == HttpStatusCode.OK
            && Digest.TryParse(reply.Find("Docker-Content-Digest"), out var digest)
            && (!Digest.TryParse(reference, out var asked) || asked == digest)
            && reply.Length is > 0 and { } length
            && IsImage(reply.MediaType))
        {
            return new Descriptor(reply.MediaType!, digest, length);
        }

        return reply.Status == HttpStatusCode.NotFound && reply.Find("Docker-Distribution-Api-Version") is not null
            ? null
            : (await FetchManifestAsync(reference, scope, cancellationToken))?.Descriptor;
    }

    /// <summary>A manifest or index, its digest computed from its bytes. One that is not what was asked for, or announced, is an outside failure.</summary>
    public Task<FetchedManifest?> FetchManifestAsync(string reference, Scope scope, CancellationToken cancellationToken) =>
        host.RunAsync<FetchedManifest?>(
            async token =>
            {
                using var reply = await host.SendAsync(new RegistryRequest(HttpMethod.Get, ManifestPath(reference), scope) { Accept = ManifestTypes }, token);
                return reply.Status switch
                {
                    HttpStatusCode.OK => await ReadAsync(reply, reference, token),
                    HttpStatusCode.NotFound => await IsMissingAsync(reply, token) ? null : throw GraftException.Outside($"'{host.Name}' is not a registry: it answers {(int)reply.Status} in a way of its own"),
                    _ => throw await RegistryErrors.UnexpectedAsync(reply, $"'{Name}'", token),
                };
            },
            cancellationToken);

    /// <summary>Whether a blob is here.</summary>
    public async Task<bool> HasBlobAsync(Digest digest, Scope scope, CancellationToken cancellationToken)
    {
        // Who sends on to where it is has it; there, addresses signed for GET do not take HEAD.
        using var reply = await host.SendAsync(new RegistryRequest(HttpMethod.Head, BlobPath(digest), scope) { Follows = false }, cancellationToken);
        return (int)reply.Status is 200 or (>= 300 and < 400);
    }

    /// <summary>The size of a blob that is here, or null. A registry that does not tell it without sending the blob is believed.</summary>
    public async Task<long?> FindBlobSizeAsync(Descriptor blob, Scope scope, CancellationToken cancellationToken)
    {
        using var reply = await host.AskAsync(new RegistryRequest(HttpMethod.Head, BlobPath(blob.Digest), scope) { Follows = false }, cancellationToken);
        return (int)reply.Status switch
        {
            200 => reply.Length ?? blob.Size,
            >= 300 and < 400 => blob.Size,
            404 => null,
            _ => throw await RegistryErrors.UnexpectedAsync(reply, $"'{Name}'", cancellationToken),
        };
    }

    /// <summary>Asks for a blob from a byte on; its bytes are not checked yet.</summary>
    public Task<HttpReply> OpenBlobAsync(Descriptor blob, long from, CancellationToken cancellationToken) =>
        host.AskAsync(new RegistryRequest(HttpMethod.Get, BlobPath(blob.Digest), new Scope(path)) { From = from, IsQuestion = blob.Size <= Small }, cancellationToken);

    /// <summary>Stores a manifest under a tag or its digest, once.</summary>
    public async Task PutManifestAsync(string reference, Descriptor descriptor, byte[] bytes, CancellationToken cancellationToken)
    {
        var request = new RegistryRequest(HttpMethod.Put, ManifestPath(reference), new Scope(path, Writes: true))
        {
            Body = () => new ByteArrayContent(bytes) { Headers = { ContentType = new MediaTypeHeaderValue(descriptor.MediaType) } },
        };
        using var reply = await host.SendAsync(request, cancellationToken);
        if (reply.Status is not (HttpStatusCode.Created or HttpStatusCode.OK or HttpStatusCode.Accepted or HttpStatusCode.NoContent))
        {
            throw await RegistryErrors.UnexpectedAsync(reply, $"'{Name}'", cancellationToken);
        }

        if (Digest.TryParse(reply.Find("Docker-Content-Digest"), out var digest) && digest.Algorithm == descriptor.Digest.Algorithm && digest != descriptor.Digest)
        {
            throw GraftException.Outside($"'{host.Name}' stored '{digest}' where '{descriptor.Digest}' was sent");
        }
    }

    private string ManifestPath(string reference) => $"/v2/{path}/manifests/{reference}";

    private string BlobPath(Digest digest) => $"/v2/{path}/blobs/{digest}";

    private static bool IsImage(string? mediaType) => mediaType is not null && (MediaTypes.IsIndex(mediaType) || MediaTypes.IsManifest(mediaType));

    private async Task<FetchedManifest> ReadAsync(HttpReply reply, string reference, CancellationToken cancellationToken)
    {
        var bytes = await reply.ReadAsync(BlobReading.DocumentLimit, cancellationToken)
            ?? throw GraftException.Outside($"'{Name}' has a manifest '{reference}' of more than {BlobReading.DocumentLimit} bytes");
        var announced = reply.Find("Docker-Content-Digest") is { } text && Digest.TryParse(text, out var said) ? said : null;
        var asked = Digest.TryParse(reference, out var named) ? named : null;
        foreach (var expected in new[] { asked, announced }.OfType<Digest>())
        {
            // The stream that checks is the one judge of what is the same.
            await using var check = new VerifyingStream(new MemoryStream(bytes), new Descriptor("", expected, bytes.Length), $"'{Name}'");
            await check.CopyToAsync(Stream.Null, cancellationToken);
        }

        return new FetchedManifest(new Descriptor(ManifestKind.Of(bytes, reply.MediaType, $"{Name}:{reference}"), asked ?? Digest.Of(bytes), bytes.Length), bytes);
    }

    // A web server that is no registry has pages that are not found, too; only a registry's word makes an image missing.
    private async Task<bool> IsMissingAsync(HttpReply reply, CancellationToken cancellationToken) =>
        reply.Find("Docker-Distribution-Api-Version") is not null
        || await RegistryErrors.ReadAsync(reply, cancellationToken) is not null
        || await IsRegistryAsync(cancellationToken);

    private async Task<bool> IsRegistryAsync(CancellationToken cancellationToken)
    {
        using var reply = await host.SendAsync(new RegistryRequest(HttpMethod.Get, "/v2/", new Scope(path)), cancellationToken);
        return reply.Status == HttpStatusCode.OK;
    }
}

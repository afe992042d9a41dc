using System.Net;
using System.Net.Http.Headers;
using Graft.Adapters.Http;
using Graft.Core.Images;

namespace Graft.Adapters.Registry;

/// <summary>
/// Brings a blob into a repository (distribution spec, "Pushing Blobs"): not at all when it is there, from another repository of the registry
/// where it is known to be, else whole, else in pieces where the registry or what stands before it takes no whole ones.
/// </summary>
internal sealed class BlobUpload(RegistryRepository repository)
{
    private const int Piece = 4 * 1024 * 1024;
    private const int LargestPiece = 64 * 1024 * 1024;

    // From here on a refusal is waited for before the bytes are sent.
    private const int Large = 1024 * 1024;

    private Scope Scope => new(repository.Path, Writes: true);

    /// <summary>Uploads it; begun anew when the connection breaks, for then nobody knows what has arrived.</summary>
    public Task RunAsync(Descriptor blob, IBlobSource content, string? mountFrom, CancellationToken cancellationToken) => repository.Host.RunAsync(
        async token =>
        {
            if (await repository.HasBlobAsync(blob.Digest, Scope, token))
            {
                return true;
            }

            if (await BeginAsync(blob, mountFrom, token) is { } upload && !await SendWholeAsync(upload, blob, content, token))
            {
                await SendPiecesAsync((await BeginAsync(blob, null, token))!, blob, content, token);
            }

            return true;
        },
        cancellationToken);

    // Where to upload to; null when the blob was mounted and is there.
    private async Task<Upload?> BeginAsync(Descriptor blob, string? mountFrom, CancellationToken cancellationToken)
    {
        var query = mountFrom is null ? "" : $"?mount={Uri.EscapeDataString(blob.Digest.ToString())}&from={Uri.EscapeDataString(mountFrom)}";
        var request = new RegistryRequest(HttpMethod.Post, $"/v2/{repository.Path}/blobs/uploads/{query}", Scope with { MountsFrom = mountFrom });
        using var reply = await repository.Host.SendAsync(request with { Body = Nothing }, cancellationToken);
        if (reply.Status == HttpStatusCode.Created && mountFrom is not null)
        {
            return null;
        }

        if (reply.Status == HttpStatusCode.Accepted)
        {
            var least = reply.Find("OCI-Chunk-Min-Length") is { } text && int.TryParse(text, out var number) ? number : 0;
            return new Upload(repository.Host.Locate(reply), Math.Clamp(least, Piece, LargestPiece));
        }

        // Who may not read the other repository may still write to this one.
        return mountFrom is not null && reply.Status != HttpStatusCode.Unauthorized
            ? await BeginAsync(blob, null, cancellationToken)
            : throw await RegistryErrors.UnexpectedAsync(reply, $"'{repository.Name}'", cancellationToken);
    }

    private async Task<bool> SendWholeAsync(Upload upload, Descriptor blob, IBlobSource content, CancellationToken cancellationToken)
    {
        var request = new RegistryRequest(HttpMethod.Put, upload.Closing(blob.Digest), Scope)
        {
            Body = () => new StreamedContent(token => content.OpenAsync(blob, token), blob.Size),
            AsksFirst = blob.Size >= Large,
        };
        using var reply = await repository.Host.SendAsync(request, cancellationToken);
        return reply.Status switch
        {
            HttpStatusCode.Created or HttpStatusCode.OK or HttpStatusCode.NoContent => true,
            HttpStatusCode.MethodNotAllowed or HttpStatusCode.LengthRequired or HttpStatusCode.RequestEntityTooLarge
                or HttpStatusCode.UnsupportedMediaType or HttpStatusCode.RequestedRangeNotSatisfiable or HttpStatusCode.ExpectationFailed or HttpStatusCode.NotImplemented => false,
            _ => throw await RegistryErrors.UnexpectedAsync(reply, $"'{repository.Name}'", cancellationToken),
        };
    }

    // Each piece is a request of its own, so that a token which runs out on the way is renewed between two of them.
    private async Task SendPiecesAsync(Upload upload, Descriptor blob, IBlobSource content, CancellationToken cancellationToken)
    {
        await using var source = await content.OpenAsync(blob, cancellationToken);
        var piece = new byte[(int)Math.Min(upload.Piece, Math.Max(1, blob.Size))];
        for (long sent = 0; sent < blob.Size;)
        {
            var length = await source.ReadAtLeastAsync(piece, piece.Length, throwOnEndOfStream: false, cancellationToken);
            upload = await SendPieceAsync(upload, piece, length, sent, cancellationToken);
            sent += length;
        }

        // The source checks itself when it says that it is at its end.
        _ = await source.ReadAsync(piece, cancellationToken);
        using var reply = await repository.Host.SendAsync(new RegistryRequest(HttpMethod.Put, upload.Closing(blob.Digest), Scope) { Body = Nothing }, cancellationToken);
        if (reply.Status is not (HttpStatusCode.Created or HttpStatusCode.OK or HttpStatusCode.NoContent))
        {
            throw await RegistryErrors.UnexpectedAsync(reply, $"'{repository.Name}'", cancellationToken);
        }
    }

    // Where the next piece begins is where this one ends: what registries say of it in `Range` is not to be relied on (ECR).
    private async Task<Upload> SendPieceAsync(Upload upload, byte[] piece, int length, long from, CancellationToken cancellationToken)
    {
        var request = new RegistryRequest(HttpMethod.Patch, upload.Address.AbsoluteUri, Scope) { Body = () => PieceOf(piece, length, from) };
        using var reply = await repository.Host.SendAsync(request, cancellationToken);
        return reply.Status is HttpStatusCode.Accepted or HttpStatusCode.Created or HttpStatusCode.NoContent
            ? reply.Headers.Location is null ? upload : upload with { Address = repository.Host.Locate(reply) }
            : throw await RegistryErrors.UnexpectedAsync(reply, $"'{repository.Name}'", cancellationToken);
    }

    private static ByteArrayContent PieceOf(byte[] piece, int length, long from)
    {
        var content = new ByteArrayContent(piece, 0, length) { Headers = { ContentType = new MediaTypeHeaderValue("application/octet-stream") } };
        // Not the form of RFC 9110: the distribution spec has no unit before it.
        content.Headers.TryAddWithoutValidation("Content-Range", $"{from}-{from + length - 1}");
        return content;
    }

    private static ByteArrayContent Nothing() => new([]);

    private sealed record Upload(Uri Address, int Piece)
    {
        // The address may have a query of its own, which has to stay as it is.
        public string Closing(Digest digest) => $"{Address.AbsoluteUri}{(Address.Query.Length > 0 ? "&" : "?")}digest={Uri.EscapeDataString(digest.ToString())}";
    }
}

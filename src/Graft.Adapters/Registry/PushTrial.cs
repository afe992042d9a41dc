using System.Net;
using Graft.Adapters.Http;
using Graft.Core.Failures;
using Graft.Core.Images;

namespace Graft.Adapters.Registry;

/// <summary>
/// Tries whether a repository may be pushed to: by what the registry's token service granted where it says that, else by an upload that is begun, as a push does, and taken back.
/// </summary>
internal sealed class PushTrial(RegistryRepository repository)
{
    private static readonly Digest Empty = Digest.Of([]);

    private Scope Scope => new(repository.Path, Writes: true);

    /// <summary>An outside failure when it may not be pushed to, or the registry cannot be asked. With <paramref name="readsOnly"/> no upload is begun.</summary>
    public async Task RunAsync(bool readsOnly, CancellationToken cancellationToken)
    {
        await repository.Host.RunAsync(token => repository.HasBlobAsync(Empty, Scope, token), cancellationToken);
        if (repository.Host.FindGranted(Scope) is { } granted)
        {
            if (granted.Contains("push", StringComparer.Ordinal) || granted.Contains("*", StringComparer.Ordinal))
            {
                return;
            }

            if (readsOnly)
            {
                throw RegistryErrors.DeniesPush(repository, null);
            }
        }

        if (!readsOnly && await repository.Host.RunAsync(BeginAsync, cancellationToken) is { } upload)
        {
            await TakeBackAsync(upload, cancellationToken);
        }
    }

    private async Task<Uri> BeginAsync(CancellationToken cancellationToken)
    {
        var request = new RegistryRequest(HttpMethod.Post, $"/v2/{repository.Path}/blobs/uploads/", Scope) { Body = () => new ByteArrayContent([]) };
        using var reply = await repository.Host.SendAsync(request, cancellationToken);
        return reply.Status switch
        {
            HttpStatusCode.Accepted => repository.Host.Locate(reply),
            HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden => throw RegistryErrors.DeniesPush(repository, await RegistryErrors.ReadAsync(reply, cancellationToken)),
            HttpStatusCode.NotFound => throw GraftException.Outside(
                $"'{repository.Name}' does not exist, and '{repository.Host.Name}' does not make it by itself{RegistryErrors.Words(await RegistryErrors.ReadAsync(reply, cancellationToken))}",
                $"make it there, or see that `registry` in graft.yaml is right"),
            HttpStatusCode.MethodNotAllowed => throw GraftException.Outside($"'{repository.Host.Name}' takes no images: it can only be read", "see that `registry` in graft.yaml is right"),
            _ => throw await RegistryErrors.UnexpectedAsync(reply, $"'{repository.Name}'", cancellationToken),
        };
    }

    // A registry that does not know how to (the spec does not ask it to) forgets an upload that nobody goes on with.
    private async Task TakeBackAsync(Uri upload, CancellationToken cancellationToken)
    {
        try
        {
            using var reply = await repository.Host.SendAsync(new RegistryRequest(HttpMethod.Delete, upload.AbsoluteUri, Scope with { Deletes = true }), cancellationToken);
        }
        catch (Exception exception) when (exception is HttpFaultException or GraftException { Kind: FailureKind.Outside })
        {
        }
    }
}

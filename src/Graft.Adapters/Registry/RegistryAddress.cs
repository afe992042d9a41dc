using Graft.Adapters.Http;
using Graft.Core.Images;

namespace Graft.Adapters.Registry;

/// <summary>Where a registry is spoken to: with TLS, unless it is on loopback and has none, or graft.yaml lists it in <c>plain-http</c>.</summary>
internal sealed class RegistryAddress(string registry, bool isPlain, HttpWire wire) : IDisposable
{
    private readonly SemaphoreSlim gate = new(1);
    private Uri? found;

    /// <summary>The registry's root. Found out once, at the first request, and an <see cref="HttpFaultException"/> when it is not there.</summary>
    public async Task<Uri> FindAsync(CancellationToken cancellationToken)
    {
        if (found is { } known)
        {
            return known;
        }

        await gate.WaitAsync(cancellationToken);
        try
        {
            return found ??= await DecideAsync(cancellationToken);
        }
        finally
        {
            gate.Release();
        }
    }

    public void Dispose() => gate.Dispose();

    private async Task<Uri> DecideAsync(CancellationToken cancellationToken)
    {
        // Docker's own registry answers under another name than images give it.
        var host = registry == ImageName.DefaultRegistry ? "registry-1.docker.io" : registry;
        var plain = new Uri($"http://{host}/");
        var secure = new Uri($"https://{host}/");
        return isPlain ? plain
            : !secure.IsLoopback ? secure
            : await IsRegistryAsync(plain, cancellationToken) ? plain
            : secure;
    }

    private async Task<bool> IsRegistryAsync(Uri address, CancellationToken cancellationToken)
    {
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(address, "v2/"));
            using var reply = await RegistryErrors.ThrowIfBusyAsync(await wire.SendAsync(request, cancellationToken), cancellationToken);
            return (int)reply.Status is 200 or 401 or 403;
        }
        catch (HttpFaultException fault) when (fault.Fault is HttpFault.Untrusted or HttpFault.Broken)
        {
            return false;
        }
    }
}

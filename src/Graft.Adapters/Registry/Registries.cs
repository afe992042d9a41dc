using System.Collections.Concurrent;
using System.Net;
using Graft.Adapters.Http;
using Graft.Adapters.Registry.Credentials;
using Graft.Core.Failures;
using Graft.Core.Images;

namespace Graft.Adapters.Registry;

/// <summary>The registries of a run, each with its connections and log-in, which the stores share. Nothing is set up before the first question.</summary>
public sealed class Registries : IDisposable
{
    private readonly ConcurrentDictionary<string, RegistryHost> hosts = new(StringComparer.Ordinal);
    private readonly CredentialStore credentials;
    private readonly IReadOnlyCollection<string> plainHttp;
    private readonly Lazy<HttpWire> wire;
    private readonly Lazy<HttpRetry> retry;

    /// <summary>Registries reached over one wire, which they own; those in <paramref name="plainHttp"/> without TLS.</summary>
    public Registries(Func<HttpWire> wire, CredentialStore credentials, IReadOnlyCollection<string> plainHttp)
    {
        this.credentials = credentials;
        this.plainHttp = plainHttp;
        this.wire = new(wire);
        retry = new(() => new HttpRetry(this.wire.Value.Clock));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var host in hosts.Values)
        {
            host.Dispose();
        }

        if (wire.IsValueCreated)
        {
            wire.Value.Dispose();
        }
    }

    /// <summary>Asks the registry of an image whether it is there and takes the log-in. One that cannot be asked, or does not, is an outside failure.</summary>
    public async Task<RegistryReport> ExamineAsync(ImageName image, CancellationToken cancellationToken)
    {
        var host = Get(image.Registry);
        using var reply = await host.AskAsync(new RegistryRequest(HttpMethod.Get, "/v2/", new Scope(image.Repository)), cancellationToken);
        return reply.Status is HttpStatusCode.OK or HttpStatusCode.Forbidden
            ? new RegistryReport(reply.Address.Scheme == Uri.UriSchemeHttps, host.WantsLogIn, await credentials.FindSourceAsync(image.Registry, image.Repository, cancellationToken))
            : throw GraftException.Outside($"'{image.Registry}' is not a registry: it answers {(int)reply.Status} in a way of its own");
    }

    internal RegistryHost Get(string registry) =>
        hosts.GetOrAdd(registry, name => new RegistryHost(name, plainHttp.Contains(name, StringComparer.OrdinalIgnoreCase), wire.Value, retry.Value, credentials));
}

using System.Collections.Concurrent;
using Graft.Adapters.Http;
using Graft.Adapters.Registry.Credentials;

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

    internal RegistryHost Get(string registry) =>
        hosts.GetOrAdd(registry, name => new RegistryHost(name, plainHttp.Contains(name, StringComparer.OrdinalIgnoreCase), wire.Value, retry.Value, credentials));
}

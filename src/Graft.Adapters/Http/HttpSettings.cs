namespace Graft.Adapters.Http;

/// <summary>How connections are made: through which proxies, trusting whom besides the system, and how long to wait for a sign of life.</summary>
public sealed record HttpSettings
{
    /// <summary>The proxies.</summary>
    public ProxyRules Proxy { get; init; } = ProxyRules.None;

    /// <summary>Folders in docker's form: a folder <c>HOST[:PORT]</c> in one holds, as <c>*.crt</c>, the authorities that vouch for that host.</summary>
    public IReadOnlyList<string> AuthorityFolders { get; init; } = [];

    /// <summary>How long nothing may come over a connection before it counts as lost.</summary>
    public TimeSpan Stall { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>What the environment says, as docker and podman read it. <c>SSL_CERT_FILE</c> and <c>SSL_CERT_DIR</c> are read by the runtime.</summary>
    public static HttpSettings FromEnvironment() => new()
    {
        Proxy = ProxyRules.From(Environment.GetEnvironmentVariable),
        AuthorityFolders =
        [
            Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".config", "containers", "certs.d"),
            "/etc/containers/certs.d",
            "/etc/docker/certs.d",
        ],
    };
}

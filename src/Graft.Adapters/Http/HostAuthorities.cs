using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Graft.Core.Failures;

namespace Graft.Adapters.Http;

/// <summary>
/// The authorities that vouch for one host besides the system's, from folders in docker's form (<c>certs.d/HOST[:PORT]/*.crt</c>).
/// </summary>
internal sealed class HostAuthorities(X509Certificate2Collection certificates)
{
    private const string ServerAuthentication = "1.3.6.1.5.5.7.3.1";

    /// <summary>Those for a host, or null when there are none. A file that is no certificate is an input failure.</summary>
    public static HostAuthorities? Find(IReadOnlyList<string> folders, Uri address)
    {
        string[] names = address.IsDefaultPort ? [address.IdnHost, $"{address.IdnHost}:{address.Port}"] : [$"{address.IdnHost}:{address.Port}"];
        var files = from folder in folders
                    from name in names
                    let path = Path.Combine(folder, name)
                    where Directory.Exists(path)
                    from file in Directory.EnumerateFiles(path, "*.crt").Order(StringComparer.Ordinal)
                    select file;
        var certificates = new X509Certificate2Collection();
        foreach (var file in files)
        {
            Add(certificates, file);
        }

        return certificates.Count > 0 ? new HostAuthorities(certificates) : null;
    }

    /// <summary>
    /// Whether a server's certificate holds: by the system, or by these authorities. A name that is not the certificate's is never
    /// forgiven.
    /// </summary>
    public bool Trusts(X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        if (errors == SslPolicyErrors.None)
        {
            return true;
        }

        if (errors != SslPolicyErrors.RemoteCertificateChainErrors || certificate is not X509Certificate2 server)
        {
            return false;
        }

        using var own = new X509Chain();
        own.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        own.ChainPolicy.CustomTrustStore.AddRange(certificates);
        own.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        own.ChainPolicy.ApplicationPolicy.Add(new Oid(ServerAuthentication));
        if (chain is not null)
        {
            own.ChainPolicy.ExtraStore.AddRange(chain.ChainElements.Select(element => element.Certificate).ToArray());
        }

        return own.Build(server);
    }

    private static void Add(X509Certificate2Collection certificates, string file)
    {
        try
        {
            var before = certificates.Count;
            certificates.ImportFromPemFile(file);
            if (certificates.Count == before)
            {
                certificates.Add(X509CertificateLoader.LoadCertificateFromFile(file));
            }
        }
        catch (Exception exception) when (exception is CryptographicException or IOException or UnauthorizedAccessException)
        {
            throw GraftException.Input($"'{file}' cannot be read as a certificate: {exception.Message}", inner: exception);
        }
    }
}

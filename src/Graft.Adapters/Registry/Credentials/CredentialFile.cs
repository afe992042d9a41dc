using System.Text;
using System.Text.Json;
using Graft.Core.Failures;
using Graft.Core.Images;

namespace Graft.Adapters.Registry.Credentials;

/// <summary>
/// A file of credentials, docker's <c>config.json</c> or podman's <c>auth.json</c>, which have one format (containers-auth.json(5)).
/// </summary>
internal sealed class CredentialFile
{
    private const long Limit = 4 * 1024 * 1024;
    private readonly Dictionary<string, Credential> entries = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> helpers = new(StringComparer.Ordinal);

    private CredentialFile(string path) => Path = path;

    /// <summary>Its absolute path, for people.</summary>
    public string Path { get; }

    /// <summary>The helper for every host that nothing else is said of, or null.</summary>
    public string? Store { get; private set; }

    /// <summary>Reads a file; null when it is not there. A malformed one is an input failure that repeats nothing of it.</summary>
    public static async Task<CredentialFile?> ReadAsync(string path, CancellationToken cancellationToken)
    {
        byte[] bytes;
        try
        {
            if (new FileInfo(path) is { Exists: true, Length: > Limit })
            {
                throw GraftException.Input($"'{path}' is larger than {Limit} bytes");
            }

            bytes = await File.ReadAllBytesAsync(path, cancellationToken);
        }
        catch (Exception missing) when (missing is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            throw GraftException.Input($"'{path}' cannot be read: {unreadable.Message}", inner: unreadable);
        }

        try
        {
            using var document = JsonDocument.Parse(bytes);
            var file = new CredentialFile(path);
            file.Take(document.RootElement);
            return file;
        }
        catch (Exception malformed) when (malformed is JsonException or InvalidOperationException or FormatException or KeyNotFoundException)
        {
            // The parser's message could quote a secret.
            throw GraftException.Input($"'{path}' is not a file of registry credentials", "`docker login` and `podman login` write one");
        }
    }

    /// <summary>The entry for the longest of these keys, which come longest first.</summary>
    public Credential? Find(IEnumerable<string> keys) => keys.Select(key => entries.GetValueOrDefault(key)).FirstOrDefault(entry => entry is not null);

    /// <summary>The helper for a key and what it knows the key by; null when none is named.</summary>
    public string? FindHelper(string key) => helpers.GetValueOrDefault(key);

    /// <summary>Keys as they are compared: without a scheme and docker's <c>/v1/</c>, docker.io under one name.</summary>
    public static string Normalize(string key)
    {
        var text = key;
        foreach (var scheme in (string[])["https://", "http://"])
        {
            text = text.StartsWith(scheme, StringComparison.OrdinalIgnoreCase) ? text[scheme.Length..] : text;
        }

        foreach (var version in (string[])["/v1/", "/v2/", "/v1", "/v2", "/"])
        {
            text = text.EndsWith(version, StringComparison.Ordinal) ? text[..^version.Length] : text;
        }

        var slash = text.IndexOf('/', StringComparison.Ordinal);
        var host = (slash < 0 ? text : text[..slash]).ToLowerInvariant();
        return (host is "index.docker.io" or "registry-1.docker.io" ? ImageName.DefaultRegistry : host) + (slash < 0 ? "" : text[slash..]);
    }

    private void Take(JsonElement root)
    {
        foreach (var entry in Members(root, "auths"))
        {
            if (Read(entry.Value) is { } credential)
            {
                entries.TryAdd(Normalize(entry.Name), credential);
            }
        }

        foreach (var helper in Members(root, "credHelpers"))
        {
            helpers.TryAdd(Normalize(helper.Name), ImageJson.Text(helper.Value));
        }

        Store = Text(root, "credsStore") is { Length: > 0 } store ? store : null;
    }

    private static Credential? Read(JsonElement entry)
    {
        var (user, secret) = (Text(entry, "username"), Text(entry, "password"));
        if (Text(entry, "auth") is { Length: > 0 } pair)
        {
            var parts = Encoding.UTF8.GetString(Convert.FromBase64String(pair)).TrimEnd('\0').Split(':', 2);
            (user, secret) = parts.Length == 2 ? (parts[0], parts[1]) : throw new FormatException("an `auth` has no colon");
        }

        return user == Credential.TokenUser && secret is not null
            ? Credential.OfPair(user, secret)
            : Credential.Of(user, secret, Text(entry, "identitytoken"), Text(entry, "registrytoken"));
    }

    private static IEnumerable<JsonProperty> Members(JsonElement root, string name) =>
        root.TryGetProperty(name, out var mapping) && mapping.ValueKind == JsonValueKind.Object ? mapping.EnumerateObject() : [];

    private static string? Text(JsonElement entry, string name) => entry.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}

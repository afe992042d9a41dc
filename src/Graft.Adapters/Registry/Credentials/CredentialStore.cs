using System.Collections.Concurrent;
using Graft.Adapters.Processes;
using Graft.Core.Images;

namespace Graft.Adapters.Registry.Credentials;

/// <summary>
/// The user's credentials for registries, from the files of podman and docker in the order of containers-auth.json(5). The first file that has
/// some for the registry counts; in it a helper named for the host comes first, then the entry with the longest prefix of
/// <c>HOST/PATH</c>, then the helper for all hosts. Files and helpers are asked when a registry wants credentials, and once.
/// </summary>
public sealed class CredentialStore
{
    private readonly IReadOnlyList<string> paths;
    private readonly CredentialProgram helper;
    private readonly Lazy<Task<IReadOnlyList<CredentialFile>>> files;
    private readonly ConcurrentDictionary<(string Helper, string Host), Lazy<Task<Credential?>>> answers = new();

    /// <summary>The user's own, as the environment says where.</summary>
    public CredentialStore(ProgramRunner programs)
        : this(programs, new Dictionary<string, string?>())
    {
    }

    /// <summary>As above with some variables replaced, for the helpers that are started too; null unsets one.</summary>
    public CredentialStore(ProgramRunner programs, IReadOnlyDictionary<string, string?> variables)
    {
        string? Find(string name) => variables.TryGetValue(name, out var own) ? own : Environment.GetEnvironmentVariable(name);
        paths = PathsOf(name => Find(name) is { Length: > 0 } text ? text : null);
        helper = new CredentialProgram(programs, variables);
        files = new(ReadAsync);
    }

    /// <summary>The credentials for a repository of a registry, or null.</summary>
    internal async Task<Credential?> FindAsync(string registry, string repository, CancellationToken cancellationToken) =>
        (await SearchAsync(registry, repository, cancellationToken))?.Credential;

    /// <summary>Where they are, or null where there are none.</summary>
    internal async Task<LogInSource?> FindSourceAsync(string registry, string repository, CancellationToken cancellationToken) =>
        (await SearchAsync(registry, repository, cancellationToken))?.Source;

    private async Task<Found?> SearchAsync(string registry, string repository, CancellationToken cancellationToken)
    {
        foreach (var file in await files.Value.WaitAsync(cancellationToken))
        {
            if (file.FindHelper(registry) is { } own && await AskAsync(own, registry, cancellationToken) is { } helped)
            {
                return new Found(helped, new LogInSource(file.Path, own));
            }

            if (file.Find(KeysOf(registry, repository)) is { } stored)
            {
                return new Found(stored, new LogInSource(file.Path, null));
            }

            if (file.Store is { } all && await AskAsync(all, registry, cancellationToken) is { } kept)
            {
                return new Found(kept, new LogInSource(file.Path, all));
            }
        }

        return null;
    }

    private static List<string> PathsOf(Func<string, string?> variable)
    {
        if (variable("REGISTRY_AUTH_FILE") is { } only)
        {
            return [only];
        }

        var home = variable("HOME") ?? Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        var found = new List<string>();
        if (variable("XDG_RUNTIME_DIR") is { } runtime)
        {
            found.Add(Path.Combine(runtime, "containers", "auth.json"));
        }

        found.Add(Path.Combine(variable("XDG_CONFIG_HOME") ?? Path.Combine(home, ".config"), "containers", "auth.json"));
        found.Add(Path.Combine(variable("DOCKER_CONFIG") ?? Path.Combine(home, ".docker"), "config.json"));
        return found;
    }

    // `HOST/a/b`, `HOST/a`, `HOST`.
    private static IEnumerable<string> KeysOf(string registry, string repository)
    {
        for (var key = $"{registry}/{repository}"; ; key = key[..key.LastIndexOf('/')])
        {
            yield return key;
            if (key.Length <= registry.Length || !key.Contains('/', StringComparison.Ordinal))
            {
                yield break;
            }
        }
    }

    private async Task<IReadOnlyList<CredentialFile>> ReadAsync()
    {
        var read = new List<CredentialFile>();
        foreach (var path in paths)
        {
            if (await CredentialFile.ReadAsync(path, CancellationToken.None) is { } file)
            {
                read.Add(file);
            }
        }

        return read;
    }

    private Task<Credential?> AskAsync(string name, string registry, CancellationToken cancellationToken)
    {
        // Helpers know docker.io by the address that docker gives it.
        var host = registry == ImageName.DefaultRegistry ? "https://index.docker.io/v1/" : registry;
        return answers.GetOrAdd((name, host), key => new(() => helper.FindAsync(key.Helper, key.Host, CancellationToken.None))).Value.WaitAsync(cancellationToken);
    }

    private sealed record Found(Credential Credential, LogInSource Source);
}

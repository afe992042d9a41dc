using System.Text;
using System.Text.Json.Nodes;
using Graft.Adapters.Http;
using Graft.Adapters.Registry;
using Graft.Adapters.Registry.Credentials;
using Graft.Testing;
using Graft.Testing.Registries;

namespace Graft.Adapters.Tests.Registry;

/// <summary>A user at a registry: with a home of their own, and a clock that does not keep a test waiting.</summary>
internal sealed class RegistryBench : IDisposable
{
    private readonly List<IDisposable> used = [];

    public TemporaryFolder Folder { get; } = new();

    public JumpingClock Clock { get; } = new();

    public HttpSettings Settings { get; set; } = new();

    public IReadOnlyList<string> PlainHttp { get; set; } = [];

    /// <summary>Variables on top of those that name the home.</summary>
    public Dictionary<string, string?> Variables { get; } = [];

    public string DockerConfig => Folder.At("docker", "config.json");

    /// <summary>A store with connections of its own.</summary>
    public RegistryStore Store(string? home = null) =>
        new(Registries(), home);

    /// <summary>Registries with connections of their own.</summary>
    public Registries Registries() => Use(new Registries(() => new HttpWire(Settings, Clock), Credentials(), PlainHttp));

    public CredentialStore Credentials() => new(TemporaryRepository.Runner, new Dictionary<string, string?>(Variables)
    {
        ["HOME"] = Folder.At("home"),
        ["XDG_RUNTIME_DIR"] = Variables.GetValueOrDefault("XDG_RUNTIME_DIR"),
        ["XDG_CONFIG_HOME"] = Variables.GetValueOrDefault("XDG_CONFIG_HOME"),
        ["REGISTRY_AUTH_FILE"] = Variables.GetValueOrDefault("REGISTRY_AUTH_FILE"),
        ["DOCKER_CONFIG"] = Folder.At("docker"),
    });

    /// <summary>Stores a log-in as `docker login` does.</summary>
    public void LogIn(string registry, string user, string password) =>
        Put(registry, new JsonObject { ["auth"] = Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{password}")) });

    /// <summary>Stores an identity token as `docker login` does where the registry gives one.</summary>
    public void LogInByToken(string registry, string identity) =>
        Put(registry, new JsonObject { ["auth"] = Convert.ToBase64String("00000000:"u8), ["identitytoken"] = identity });

    /// <summary>Keeps something until the end.</summary>
    public T Use<T>(T one)
        where T : IDisposable
    {
        used.Add(one);
        return one;
    }

    public void Dispose()
    {
        used.ForEach(one => one.Dispose());
        Folder.Dispose();
    }

    private void Put(string registry, JsonObject entry)
    {
        var root = File.Exists(DockerConfig) ? JsonNode.Parse(File.ReadAllText(DockerConfig))!.AsObject() : new JsonObject { ["auths"] = new JsonObject() };
        root["auths"]![registry] = entry;
        Folder.Write("docker/config.json", root.ToJsonString());
    }
}

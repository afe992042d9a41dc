using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Graft.Core.Failures;

namespace Graft.Core.Images;

/// <summary>
/// An image configuration (OCI image spec, "Image Configuration") that is being changed. Members that Graft does not know stay as the base image
/// has them. Nothing of the machine or the hour goes in: every time is the epoch.
/// </summary>
public sealed class ImageConfig
{
    private const string Epoch = "1970-01-01T00:00:00Z";
    private const string DefaultPath = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";
    private static readonly string[] BuildFacts = ["container", "container_config", "docker_version", "id", "parent", "parent_id"];
    private readonly JsonObject root;

    private ImageConfig(JsonObject root) => this.root = root;

    private JsonObject Config => Member(root, "config");

    /// <summary>The configuration of an image with nothing in it; it has the search path that docker gives such an image.</summary>
    public static ImageConfig Empty(Platform platform)
    {
        var config = new ImageConfig(new JsonObject
        {
            ["created"] = Epoch,
            ["architecture"] = platform.Architecture,
            ["os"] = platform.Os,
        });
        if (platform.Variant is { } variant)
        {
            config.root["variant"] = variant;
        }

        config.Config[nameof(Env)] = ToArray(["PATH=" + DefaultPath]);
        config.Config["WorkingDir"] = "/";
        config.root["rootfs"] = new JsonObject { ["type"] = "layers", ["diff_ids"] = new JsonArray() };
        config.root["history"] = new JsonArray();
        return config;
    }

    /// <summary>Reads a base image's configuration; one that is malformed is an input failure that names <paramref name="subject"/>.</summary>
    public static ImageConfig Parse(ReadOnlyMemory<byte> json, string subject)
    {
        try
        {
            // Names are read later than this, where nobody expects them to be malformed.
            var parsed = System.Text.Unicode.Utf8.IsValid(json.Span) ? JsonNode.Parse(json.Span)!.AsObject() : throw new FormatException("it is not UTF-8");
            var config = new ImageConfig(parsed);
            foreach (var fact in BuildFacts)
            {
                parsed.Remove(fact);
            }

            parsed["created"] = Epoch;
            var layers = config.DiffIds.Count;
            var history = parsed["history"] as JsonArray;
            if (history is null)
            {
                parsed["history"] = history = [];
            }

            // A history that says nothing of some layers would give the new entries to the wrong ones.
            for (var told = history.Count(entry => entry?["empty_layer"]?.GetValue<bool>() is not true); told < layers; told++)
            {
                history.Add((JsonNode)new JsonObject { ["created"] = Epoch, ["created_by"] = "unknown" });
            }

            _ = config.Env;
            _ = config.Text("WorkingDir") + config.Text("User");
            _ = config.List("OnBuild").Count + config.List("Shell").Count;
            _ = config.ToJson();
            return config;
        }
        catch (Exception malformed) when (malformed is JsonException or InvalidOperationException or FormatException or NullReferenceException or ArgumentException)
        {
            throw GraftException.Input($"'{subject}' is malformed: {malformed.Message}", inner: malformed);
        }
    }

    /// <summary>The digests of the layers' tar archives, lowest first.</summary>
    public IReadOnlyList<string> DiffIds => Strings(Member(root, "rootfs")["diff_ids"]);

    /// <summary>The environment, in order.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Env => [.. List(nameof(Env)).Select(entry => entry.Split('=', 2)).Select(parts => KeyValuePair.Create(parts[0], parts.ElementAtOrDefault(1) ?? ""))];

    /// <summary>The value of an environment variable, or null.</summary>
    public string? FindEnv(string name) => Env.LastOrDefault(pair => pair.Key == name).Value;

    /// <summary>A text member of the run configuration, such as <c>WorkingDir</c>; empty when it is not there.</summary>
    public string Text(string name) => Config[name]?.GetValue<string>() ?? "";

    /// <summary>A list member of the run configuration, such as <c>OnBuild</c>; empty when it is not there.</summary>
    public IReadOnlyList<string> List(string name) => Strings(Config[name]);

    /// <summary>Sets an environment variable, in its place when it is there.</summary>
    public void SetEnv(string name, string value)
    {
        var entries = Env.Select(pair => pair.Key == name ? $"{name}={value}" : $"{pair.Key}={pair.Value}").ToList();
        SetList(nameof(Env), Env.Any(pair => pair.Key == name) ? entries : [.. entries, $"{name}={value}"]);
    }

    /// <summary>Sets a text member of the run configuration.</summary>
    public void SetText(string name, string value) => Config[name] = value;

    /// <summary>Sets a list member of the run configuration; null takes it away.</summary>
    public void SetList(string name, IEnumerable<string>? values)
    {
        Config.Remove(name);
        if (values is not null)
        {
            Config[name] = ToArray(values);
        }
    }

    /// <summary>Adds a member to one of the run configuration's sets (<c>ExposedPorts</c>, <c>Volumes</c>).</summary>
    public void AddToSet(string name, string member) => Member(Config, name)[member] = new JsonObject();

    /// <summary>Sets a label.</summary>
    public void SetLabel(string name, string value) => Member(Config, "Labels")[name] = value;

    /// <summary>Sets the author.</summary>
    public void SetAuthor(string author) => root["author"] = author;

    /// <summary>Sets the health check (docker's addition to the configuration): the test, and times in nanoseconds or counts by name.</summary>
    public void SetHealthcheck(IEnumerable<string> test, IEnumerable<KeyValuePair<string, long>> numbers)
    {
        var check = new JsonObject { ["Test"] = ToArray(test) };
        foreach (var (name, number) in numbers)
        {
            check[name] = number;
        }

        Config["Healthcheck"] = check;
    }

    /// <summary>Adds a history entry, and with a digest the layer that it made.</summary>
    public void Add(string createdBy, Digest? layer)
    {
        var entry = new JsonObject { ["created"] = Epoch, ["created_by"] = createdBy };
        if (layer is null)
        {
            entry["empty_layer"] = true;
        }
        else
        {
            ((JsonArray)Member(root, "rootfs")["diff_ids"]!).Add((JsonNode)layer.ToString());
        }

        ((JsonArray)root["history"]!).Add((JsonNode)entry);
    }

    /// <summary>The platform that the configuration says, or null.</summary>
    public Platform? FindPlatform()
    {
        using var document = JsonDocument.Parse(ToJson());
        return ImageJson.ReadPlatform(document.RootElement);
    }

    /// <summary>A copy that changes on its own.</summary>
    public ImageConfig Copy() => new(root.DeepClone().AsObject());

    /// <summary>The configuration's bytes: compact JSON.</summary>
    public byte[] ToJson()
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            root.WriteTo(writer);
        }

        return buffer.ToArray();
    }

    private static JsonObject Member(JsonObject parent, string name)
    {
        if (parent[name] is not { } member)
        {
            parent[name] = member = new JsonObject();
        }

        return member.AsObject();
    }

    private static JsonArray ToArray(IEnumerable<string> values) => new([.. values.Select(value => (JsonNode)value)]);

    private static IReadOnlyList<string> Strings(JsonNode? node) => node is null ? [] : [.. node.AsArray().Select(item => item!.GetValue<string>())];
}

using System.Text.Json.Nodes;
using Graft.Testing;

namespace Graft.EndToEnd.Tests.GitHub;

/// <summary>
/// GitHub's own description of its REST API, trimmed to what Graft calls. <c>.ci/run</c> fetches it, and the program that holds requests and answers
/// against it.
/// </summary>
internal static class GitHubDescription
{
    /// <summary>What a test says that is skipped without them.</summary>
    public const string Missing = "GitHub's description is not here: .ci/run fetches it";

    private static readonly string Packages = SourceTree.At("artifacts", "github-description", "node_modules");

    /// <summary>
    /// Every call that Graft makes, as the description names it; but for the bytes of a file, which are behind a redirect that the proxy would follow itself, with
    /// the token.
    /// </summary>
    public static IReadOnlyList<string> Calls { get; } =
    [
        "GET /rate_limit",
        "GET /repos/{owner}/{repo}",
        "GET /repos/{owner}/{repo}/commits/{commit_sha}/pulls",
        "GET /repos/{owner}/{repo}/git/ref/{ref}",
        "GET /repos/{owner}/{repo}/git/tags/{tag_sha}",
        "GET /repos/{owner}/{repo}/pulls/{pull_number}",
        "GET /repos/{owner}/{repo}/releases",
        "POST /repos/{owner}/{repo}/releases",
        "DELETE /repos/{owner}/{repo}/releases/assets/{asset_id}",
        "GET /repos/{owner}/{repo}/releases/{release_id}",
        "PATCH /repos/{owner}/{repo}/releases/{release_id}",
        "DELETE /repos/{owner}/{repo}/releases/{release_id}",
        "POST /repos/{owner}/{repo}/releases/{release_id}/assets",
    ];

    /// <summary>The program's file.</summary>
    public static string Prism { get; } = Path.Combine(Packages, "@stoplight", "prism-cli", "dist", "index.js");

    private static string Whole { get; } = Path.Combine(Packages, "@octokit", "openapi", "generated", "api.github.com.json");

    /// <summary>Whether both are here, and node to run it with.</summary>
    public static bool IsHere =>
        File.Exists(Prism) && File.Exists(Whole)
        && (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, "node")));

    /// <summary>The description of these calls. What is sent may hold no field that it does not name.</summary>
    public static string Trimmed => Text.Value;

    private static Lazy<string> Text { get; } = new(Trim);

    private static string Trim()
    {
        var whole = JsonNode.Parse(File.ReadAllText(Whole))!;
        var trimmed = new JsonObject { ["openapi"] = whole["openapi"]!.DeepClone(), ["info"] = whole["info"]!.DeepClone(), ["paths"] = new JsonObject(), ["components"] = new JsonObject() };
        var wanted = new Queue<string>();
        foreach (var call in Calls.Select(call => call.Split(' ')))
        {
            var path = trimmed["paths"]![call[1]] ??= new JsonObject();
            var operation = Plain(whole["paths"]![call[1]]![call[0].ToLowerInvariant()]!);
            if (operation["requestBody"]?["content"]?["application/json"]?["schema"] is JsonObject sent)
            {
                sent["additionalProperties"] = false;
            }

            path[call[0].ToLowerInvariant()] = operation;
            References(operation).ToList().ForEach(wanted.Enqueue);
        }

        var components = trimmed["components"]!.AsObject();
        while (wanted.TryDequeue(out var reference))
        {
            // `#/components/schemas/release`
            var (kind, name) = (reference.Split('/')[2], reference.Split('/')[3]);
            var group = (components[kind] ??= new JsonObject()).AsObject();
            if (!group.ContainsKey(name))
            {
                group[name] = Plain(whole["components"]![kind]![name]!);
                References(group[name]).ToList().ForEach(wanted.Enqueue);
            }
        }

        return trimmed.ToJsonString();
    }

    // Without examples, which say nothing that has to hold, and without other hosts, which are not spoken to here.
    private static JsonNode Plain(JsonNode node)
    {
        var copy = node.DeepClone();
        foreach (var part in Parts(copy).OfType<JsonObject>().ToList())
        {
            part.Remove("examples");
            part.Remove("example");
            part.Remove("servers");
        }

        return copy;
    }

    private static IEnumerable<string> References(JsonNode? node) =>
        Parts(node).OfType<JsonObject>().Select(part => part["$ref"]).OfType<JsonValue>().Select(value => value.GetValue<string>()).Distinct(StringComparer.Ordinal);

    private static IEnumerable<JsonNode> Parts(JsonNode? node) => node switch
    {
        JsonObject mapping => mapping.SelectMany(pair => Parts(pair.Value)).Prepend(mapping),
        JsonArray list => list.SelectMany(Parts),
        _ => [],
    };
}

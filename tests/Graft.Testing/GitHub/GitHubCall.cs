using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Graft.Testing.Registries;

namespace Graft.Testing.GitHub;

/// <summary>One request to the stand-in, by a token that may write, one that may read, or none.</summary>
internal sealed partial class GitHubCall(GitHubRules rules, GitHubDocuments documents, string fileHost, WireRequest request, string path, string? token)
{
    private const int LongestBody = 125_000;

    private bool MayWrite => token == LocalGitHub.WriteToken;

    public WireReply Answer()
    {
        if (rules.FormerName is { } former && path.StartsWith($"repos/{former}/", StringComparison.Ordinal))
        {
            return Moved($"repos/{former}/");
        }

        var start = $"repos/{rules.Repository}";
        return path == start ? GitHubDocuments.Reply(200, documents.Repository(MayWrite && !rules.IsAskedByApp))
            : path.StartsWith(start + "/", StringComparison.Ordinal) ? Answer(path[(start.Length + 1)..])
            : NotFound();
    }

    private WireReply Answer(string below)
    {
        if (request.Method != "GET" && !MayWrite)
        {
            return token is null ? GitHubDocuments.Error(401, "Requires authentication") : GitHubDocuments.Error(403, "Resource not accessible by personal access token");
        }

        return (request.Method, Split(below)) switch
        {
            ("GET", ["releases"]) => List(),
            ("POST", ["releases"]) => Create(),
            ("GET", ["releases", "tags", var tag]) => rules.Releases.Find(release => release.Tag == tag && !release.Draft) is { } release ? Show(200, release) : NotFound(),
            ("GET", ["releases", "assets", var id]) => Asset(id),
            ("DELETE", ["releases", "assets", var id]) => DeleteAsset(id),
            ("POST", ["releases", var id, "assets"]) => Find(id) is { } release ? Upload(release) : NotFound(),
            ("GET", ["releases", var id]) => Find(id) is { } release ? Show(200, release) : NotFound(),
            ("PATCH", ["releases", var id]) => Find(id) is { } release ? Edit(release) : NotFound(),
            ("DELETE", ["releases", var id]) => Find(id) is { } release && rules.Releases.Remove(release) ? new WireReply(204) : NotFound(),
            ("GET", ["git", "ref", var name]) => Reference("refs/" + name),
            ("GET", ["git", "tags", var sha]) => Tag(sha),
            ("GET", ["pulls", var number]) => rules.PullRequests.Find(one => $"{one.Number}" == number) is { } found ? GitHubDocuments.Reply(200, documents.PullRequest(found)) : NotFound(),
            ("GET", ["commits", var sha, "pulls"]) => PullRequests(sha),
            _ => NotFound(),
        };
    }

    private WireReply List()
    {
        var shown = Enumerable.Reverse(rules.Releases).Where(release => (!release.Draft || MayWrite) && release.Id <= (rules.ShowsUpTo ?? long.MaxValue)).ToList();
        return Page(shown, documents.Release);
    }

    private WireReply Page<T>(List<T> all, Func<T, JsonObject> show)
    {
        var size = Math.Clamp(Number("per_page", 30), 1, 100);
        var page = Math.Max(1, Number("page", 1));
        var hasNext = all.Count > page * size;
        var last = (all.Count + size - 1) / size;
        var next = $"<{documents.Root}/{path}?per_page={size}&page={page + 1}>; rel=\"next\", <{documents.Root}/{path}?per_page={size}&page={last}>; rel=\"last\"";
        return GitHubDocuments.Reply(200, new JsonArray([.. all.Skip((page - 1) * size).Take(size).Select(show)]), hasNext ? [("Link", next)] : []);
    }

    private WireReply Create()
    {
        var body = JsonNode.Parse(request.Body)!;
        var tag = body["tag_name"]?.GetValue<string>();
        var target = body["target_commitish"]?.GetValue<string>() ?? "main";
        var isDraft = body["draft"]?.GetValue<bool>() == true;
        if (string.IsNullOrEmpty(tag))
        {
            return GitHubDocuments.Invalid("Release", "tag_name", "missing_field");
        }

        if (rules.Resolve(target + "^{commit}") is null)
        {
            return GitHubDocuments.Invalid("Release", "target_commitish", "invalid");
        }

        if (rules.Releases.Exists(release => release.Tag == tag && !release.Draft))
        {
            return GitHubDocuments.Invalid("Release", "tag_name", "already_exists");
        }

        if (body["body"]?.GetValue<string>().Length > LongestBody)
        {
            return GitHubDocuments.Invalid("Release", "body", "custom", $"body is too long (maximum is {LongestBody} characters)");
        }

        var release = new StoredRelease
        {
            Id = rules.Next(),
            Tag = tag,
            Target = target,
            Name = body["name"]?.GetValue<string>(),
            Body = body["body"]?.GetValue<string>(),
            Draft = true,
            Prerelease = body["prerelease"]?.GetValue<bool>() == true,
            Created = rules.Clock.GetUtcNow(),
        };
        rules.Releases.Add(release);
        if (!isDraft)
        {
            rules.Publish(release, body["make_latest"]?.GetValue<string>() ?? "true");
        }

        return Show(201, release);
    }

    private WireReply Edit(StoredRelease release)
    {
        var body = JsonNode.Parse(request.Body)!;
        if (release.Immutable && (body["tag_name"] is not null || body["target_commitish"] is not null))
        {
            return GitHubDocuments.Invalid("Release", "tag_name", "custom", "Cannot change the tag of an immutable release.");
        }

        if (body["target_commitish"]?.GetValue<string>() is { } target)
        {
            if (rules.Resolve(target + "^{commit}") is null)
            {
                return GitHubDocuments.Invalid("Release", "target_commitish", "invalid");
            }

            release.Target = target;
        }

        release.Tag = body["tag_name"]?.GetValue<string>() ?? release.Tag;
        release.Name = body["name"]?.GetValue<string>() ?? release.Name;
        release.Body = body["body"]?.GetValue<string>() ?? release.Body;
        release.Prerelease = body["prerelease"]?.GetValue<bool>() ?? release.Prerelease;
        if (release.Draft && body["draft"]?.GetValue<bool>() == false)
        {
            if (rules.Releases.Exists(other => other.Tag == release.Tag && !other.Draft))
            {
                return GitHubDocuments.Invalid("Release", "tag_name", "already_exists");
            }

            rules.Publish(release, body["make_latest"]?.GetValue<string>() ?? "true");
        }

        return Show(200, release);
    }

    private WireReply Upload(StoredRelease release)
    {
        var name = NotKept().Replace(Text("name") ?? "", ".");
        if (release.Immutable)
        {
            return GitHubDocuments.Error(422, "Cannot upload assets to an immutable release.");
        }

        if (release.Assets.Exists(asset => asset.Name == name))
        {
            return GitHubDocuments.Invalid("ReleaseAsset", "name", "already_exists");
        }

        var asset = new StoredAsset(rules.Next(), name, request.Body) { HasDigest = rules.HasDigests };
        release.Assets.Add(asset);
        return GitHubDocuments.Reply(201, documents.Asset(asset));
    }

    private WireReply Asset(string id)
    {
        if (rules.Releases.Find(candidate => candidate.Assets.Exists(asset => $"{asset.Id}" == id)) is not { } release || (release.Draft && !MayWrite))
        {
            return NotFound();
        }

        var asset = release.Assets.Find(asset => $"{asset.Id}" == id)!;
        return request.Headers.GetValueOrDefault("accept") == "application/octet-stream"
            ? new WireReply(302, ("Location", $"http://{fileHost}/{asset.Id}"))
            : GitHubDocuments.Reply(200, documents.Asset(asset));
    }

    private WireReply DeleteAsset(string id)
    {
        if (rules.Releases.Find(candidate => candidate.Assets.Exists(asset => $"{asset.Id}" == id)) is not { } release)
        {
            return NotFound();
        }

        if (release.Immutable)
        {
            return GitHubDocuments.Error(422, "Cannot delete assets of an immutable release.");
        }

        release.Assets.RemoveAll(asset => $"{asset.Id}" == id);
        return new WireReply(204);
    }

    private WireReply Reference(string name) =>
        rules.Resolve(name) is { } sha ? GitHubDocuments.Reply(200, documents.Reference(name, sha, rules.TypeOf(sha))) : NotFound();

    private WireReply Tag(string sha) =>
        rules.Resolve(sha + "^{tag}") is not null && rules.Resolve(sha + "^{}") is { } target
            ? GitHubDocuments.Reply(200, documents.Tag("tag", sha, target, rules.TypeOf(target)))
            : NotFound();

    private WireReply PullRequests(string sha)
    {
        var found = rules.PullRequests.Where(one => one.MergeCommit == sha || one.Head == sha || one.Commits.Contains(sha, StringComparer.Ordinal)).ToList();
        return rules.Resolve(sha + "^{commit}") is null ? GitHubDocuments.Error(422, $"No commit found for SHA: {sha}") : Page(found, documents.PullRequest);
    }

    // A draft is not there for those who may not write.
    private StoredRelease? Find(string id) => rules.Releases.Find(release => release.Id.ToString(CultureInfo.InvariantCulture) == id && (!release.Draft || MayWrite));

    private WireReply Show(int status, StoredRelease release) => GitHubDocuments.Reply(status, documents.Release(release));

    private WireReply Moved(string start)
    {
        var to = $"{documents.Root}/repos/{rules.Repository}/{path[start.Length..]}{(request.Target.Contains('?', StringComparison.Ordinal) ? "?" + request.Target.Split('?', 2)[1] : "")}";
        return GitHubDocuments.Error(request.Method == "GET" ? 301 : 307, "Moved Permanently", ("Location", to));
    }

    private string? Text(string name) =>
        request.Target.Split('?', 2) is [_, var query] ? query.Split('&').Select(pair => pair.Split('=', 2)).Where(pair => pair[0] == name).Select(pair => Uri.UnescapeDataString(pair[1])).FirstOrDefault() : null;

    private int Number(string name, int otherwise) => int.TryParse(Text(name), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : otherwise;

    private static WireReply NotFound() => GitHubDocuments.Error(404, "Not Found");

    private static string[] Split(string below) => [.. below.Split('/').Select(Uri.UnescapeDataString)];

    [GeneratedRegex("[^A-Za-z0-9._-]")]
    private static partial Regex NotKept();
}

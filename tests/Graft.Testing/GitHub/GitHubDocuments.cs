using System.Globalization;
using System.Text.Json.Nodes;
using Graft.Core.Images;
using Graft.Testing.Registries;

namespace Graft.Testing.GitHub;

/// <summary>GitHub's JSON documents, with every field that its description asks for.</summary>
internal sealed class GitHubDocuments(string root, string uploads, string repository)
{
    private static readonly string[] RepositoryAddresses =
    [
        "archive_url", "assignees_url", "blobs_url", "branches_url", "collaborators_url", "comments_url", "commits_url", "compare_url", "contents_url", "contributors_url", "deployments_url",
        "downloads_url", "events_url", "forks_url", "git_commits_url", "git_refs_url", "git_tags_url", "hooks_url", "issue_comment_url", "issue_events_url", "issues_url", "keys_url", "labels_url",
        "languages_url", "merges_url", "milestones_url", "notifications_url", "pulls_url", "releases_url", "stargazers_url", "statuses_url", "subscribers_url", "subscription_url", "tags_url",
        "teams_url", "trees_url", "url", "html_url", "clone_url", "svn_url", "git_url", "ssh_url",
    ];

    private static readonly string[] Counts = ["forks", "forks_count", "open_issues", "open_issues_count", "size", "stargazers_count", "watchers", "watchers_count", "network_count", "subscribers_count"];
    private static readonly string[] No = ["fork", "private", "has_downloads", "has_issues", "has_projects", "has_wiki", "has_pages", "has_discussions", "archived", "disabled"];

    private static readonly string[] UserAddresses =
        ["avatar_url", "events_url", "followers_url", "following_url", "gists_url", "html_url", "organizations_url", "received_events_url", "repos_url", "starred_url", "subscriptions_url", "url"];

    public string Root => root;

    private string Base => $"{root}/repos/{repository}";

    /// <summary>An error with the entries of its list.</summary>
    public static WireReply Error(int status, string message, params IReadOnlyList<(string Name, string Value)> headers) =>
        Reply(status, new JsonObject { ["message"] = message, ["documentation_url"] = "https://docs.github.com/rest", ["status"] = $"{status}" }, headers);

    /// <summary>The error of a value that will not do.</summary>
    public static WireReply Invalid(string resource, string field, string code, string? message = null)
    {
        var entry = new JsonObject { ["resource"] = resource, ["field"] = field, ["code"] = code };
        if (message is not null)
        {
            entry["message"] = message;
        }

        return Reply(422, new JsonObject { ["message"] = "Validation Failed", ["errors"] = new JsonArray(entry), ["documentation_url"] = "https://docs.github.com/rest" });
    }

    public static WireReply Reply(int status, JsonNode document, params IReadOnlyList<(string Name, string Value)> headers) =>
        WireReply.Of(status, document.ToJsonString(), [("Content-Type", "application/json; charset=utf-8"), .. headers]);

    public JsonObject Release(StoredRelease release) => new()
    {
        ["url"] = $"{Base}/releases/{release.Id}",
        ["html_url"] = $"https://github.example/{repository}/releases/tag/{(release.Draft ? $"untagged-{release.Id}" : Uri.EscapeDataString(release.Tag))}",
        ["assets_url"] = $"{Base}/releases/{release.Id}/assets",
        ["upload_url"] = $"{uploads}/repos/{repository}/releases/{release.Id}/assets{{?name,label}}",
        ["tarball_url"] = release.Draft ? null : $"{Base}/tarball/{release.Id}",
        ["zipball_url"] = release.Draft ? null : $"{Base}/zipball/{release.Id}",
        ["id"] = release.Id,
        ["node_id"] = $"RE_{release.Id}",
        ["tag_name"] = release.Tag,
        ["target_commitish"] = release.Target,
        ["name"] = release.Name,
        ["body"] = release.Body,
        ["draft"] = release.Draft,
        ["prerelease"] = release.Prerelease,
        ["immutable"] = release.Immutable,
        ["created_at"] = Time(release.Created),
        ["published_at"] = release.Published is { } published ? Time(published) : null,
        ["updated_at"] = Time(release.Created),
        ["author"] = User(),
        ["assets"] = new JsonArray([.. release.Assets.Select(Asset)]),
    };

    public JsonObject Asset(StoredAsset asset) => new()
    {
        ["url"] = $"{Base}/releases/assets/{asset.Id}",
        ["browser_download_url"] = $"https://github.example/{repository}/releases/download/{asset.Id}",
        ["id"] = asset.Id,
        ["node_id"] = $"RA_{asset.Id}",
        ["name"] = asset.Name,
        ["label"] = "",
        ["state"] = asset.State,
        ["content_type"] = "application/octet-stream",
        ["size"] = asset.Bytes.Length,
        ["digest"] = asset is { HasDigest: true, State: "uploaded" } ? asset.Digest ?? Digest.Of(asset.Bytes).ToString() : null,
        ["download_count"] = 0,
        ["created_at"] = Time(default),
        ["updated_at"] = Time(default),
        ["uploader"] = User(),
    };

    public JsonObject PullRequest(StoredPullRequest request)
    {
        var address = $"{Base}/pulls/{request.Number}";
        var time = Time(default);
        var document = new JsonObject
        {
            ["id"] = request.Number,
            ["node_id"] = $"PR_{request.Number}",
            ["number"] = request.Number,
            ["title"] = request.Title,
            ["body"] = request.Body,
            ["state"] = request.MergeCommit is null ? "open" : "closed",
            ["locked"] = false,
            ["user"] = User(),
            ["labels"] = new JsonArray([.. request.Labels.Select((label, index) => new JsonObject { ["id"] = index, ["node_id"] = $"LA_{index}", ["url"] = $"{Base}/labels/{index}", ["name"] = label, ["description"] = "", ["color"] = "ffffff", ["default"] = false })]),
            ["milestone"] = null,
            ["assignee"] = null,
            ["author_association"] = "MEMBER",
            ["auto_merge"] = null,
            ["created_at"] = time,
            ["updated_at"] = time,
            ["closed_at"] = request.MergeCommit is null ? null : time,
            ["merged_at"] = request.MergeCommit is null ? null : time,
            ["merge_commit_sha"] = request.MergeCommit,
            ["html_url"] = $"https://github.example/{repository}/pull/{request.Number}",
            ["head"] = Side("fix", request.Head),
            ["base"] = Side("main", request.MergeCommit ?? request.Head),
            ["merged"] = request.MergeCommit is not null,
            ["mergeable"] = null,
            ["mergeable_state"] = "unknown",
            ["merged_by"] = null,
            ["maintainer_can_modify"] = false,
        };
        foreach (var field in new[] { "url", "diff_url", "patch_url", "issue_url", "commits_url", "review_comments_url", "review_comment_url", "comments_url", "statuses_url" })
        {
            document[field] = address;
        }

        foreach (var field in new[] { "comments", "review_comments", "commits", "additions", "deletions", "changed_files" })
        {
            document[field] = 0;
        }

        var links = new[] { "comments", "commits", "statuses", "html", "issue", "review_comments", "review_comment", "self" };
        document["_links"] = new JsonObject(links.Select(link => KeyValuePair.Create(link, (JsonNode?)new JsonObject { ["href"] = address })));
        return document;
    }

    public JsonObject Repository(bool mayWrite)
    {
        var name = repository.Split('/')[1];
        var document = new JsonObject
        {
            ["id"] = 1,
            ["node_id"] = "R_1",
            ["name"] = name,
            ["full_name"] = repository,
            ["owner"] = User(),
            ["description"] = null,
            ["homepage"] = null,
            ["language"] = null,
            ["license"] = null,
            ["mirror_url"] = null,
            ["default_branch"] = "main",
            ["pushed_at"] = Time(default),
            ["created_at"] = Time(default),
            ["updated_at"] = Time(default),
            ["permissions"] = new JsonObject { ["admin"] = false, ["push"] = mayWrite, ["pull"] = true },
        };
        Fill(document, RepositoryAddresses, field => $"{Base}/{field}");
        Fill(document, Counts, _ => 0);
        Fill(document, No, _ => false);
        return document;
    }

    public JsonObject Reference(string reference, string sha, string type) => new()
    {
        ["ref"] = reference,
        ["node_id"] = "REF_1",
        ["url"] = $"{Base}/git/{reference}",
        ["object"] = Object(sha, type),
    };

    public JsonObject Tag(string name, string sha, string target, string type) => new()
    {
        ["node_id"] = "TA_1",
        ["tag"] = name,
        ["sha"] = sha,
        ["url"] = $"{Base}/git/tags/{sha}",
        ["message"] = name,
        ["tagger"] = new JsonObject { ["date"] = Time(default), ["email"] = "t@example.com", ["name"] = "T" },
        ["object"] = Object(target, type),
    };

    public static JsonObject Limits(int limit, int remaining, long reset)
    {
        JsonObject Limit() => new() { ["limit"] = limit, ["remaining"] = remaining, ["reset"] = reset, ["used"] = limit - remaining };
        return new JsonObject { ["resources"] = new JsonObject { ["core"] = Limit(), ["search"] = Limit() }, ["rate"] = Limit() };
    }

    private JsonObject Object(string sha, string type) => new() { ["type"] = type, ["sha"] = sha, ["url"] = $"{Base}/git/{type}s/{sha}" };

    private JsonObject Side(string branch, string sha) => new() { ["label"] = $"acme:{branch}", ["ref"] = branch, ["sha"] = sha, ["user"] = User(), ["repo"] = Repository(mayWrite: false) };

    private JsonObject User()
    {
        var document = new JsonObject { ["login"] = "octocat", ["id"] = 1, ["node_id"] = "U_1", ["gravatar_id"] = "", ["type"] = "User", ["site_admin"] = false };
        Fill(document, UserAddresses, field => $"{root}/users/octocat/{field}");
        return document;
    }

    private static void Fill(JsonObject document, IEnumerable<string> fields, Func<string, JsonNode> value)
    {
        foreach (var field in fields)
        {
            document[field] = value(field);
        }
    }

    private static string Time(DateTimeOffset time) => time.ToUniversalTime().ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);
}

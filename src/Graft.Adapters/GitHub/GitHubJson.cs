using System.Text.Json;
using System.Text.Json.Serialization;

namespace Graft.Adapters.GitHub;

/// <summary>What GitHub sends and takes; only what Graft uses. The names are GitHub's.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(List<ReleaseResource>))]
[JsonSerializable(typeof(NewRelease))]
[JsonSerializable(typeof(ReleaseEdit))]
[JsonSerializable(typeof(ReferenceResource))]
[JsonSerializable(typeof(ErrorResource))]
[JsonSerializable(typeof(List<PullRequestResource>))]
[JsonSerializable(typeof(LimitsResource))]
[JsonSerializable(typeof(RepositoryResource))]
[JsonSerializable(typeof(ListPage))]
internal sealed partial class GitHubJson : JsonSerializerContext;

/// <summary>A release.</summary>
internal sealed record ReleaseResource
{
    public required long Id { get; init; }

    public string? TagName { get; init; }

    /// <summary>A commit or a branch; once there is a tag, only what was said before.</summary>
    public string? TargetCommitish { get; init; }

    public string? Name { get; init; }

    public string? Body { get; init; }

    public bool Draft { get; init; }

    public bool Prerelease { get; init; }

    public string? HtmlUrl { get; init; }

    public string? UploadUrl { get; init; }

    public IReadOnlyList<AssetResource>? Assets { get; init; }
}

/// <summary>A file of a release.</summary>
internal sealed record AssetResource
{
    public required long Id { get; init; }

    public string? Name { get; init; }

    /// <summary><c>uploaded</c> when it is whole; <c>starter</c> is one whose upload was cut off.</summary>
    public string? State { get; init; }

    public long Size { get; init; }

    /// <summary><c>sha256:…</c>; older servers, and files older than it, have none.</summary>
    public string? Digest { get; init; }

    [JsonIgnore]
    public bool IsWhole => State == "uploaded";
}

/// <summary>A release to be made.</summary>
internal sealed record NewRelease(string TagName, string TargetCommitish, string Name, string Body, bool Draft, bool Prerelease);

/// <summary>What changes of a release.</summary>
internal sealed record ReleaseEdit
{
    public string? TagName { get; init; }

    public string? TargetCommitish { get; init; }

    public bool? Draft { get; init; }

    public string? MakeLatest { get; init; }
}

/// <summary>What a git reference or an annotated tag points at.</summary>
internal sealed record ReferenceResource(ObjectResource? Object);

/// <summary>A git object: <c>commit</c>, or <c>tag</c> for an annotated tag.</summary>
internal sealed record ObjectResource(string? Sha, string? Type);

/// <summary>An error. The entries of its list are objects or texts.</summary>
internal sealed record ErrorResource(string? Message, IReadOnlyList<JsonElement>? Errors);

/// <summary>A pull request.</summary>
internal sealed record PullRequestResource
{
    public required int Number { get; init; }

    public string? Title { get; init; }

    public string? Body { get; init; }

    public string? HtmlUrl { get; init; }

    public string? MergedAt { get; init; }

    public string? MergeCommitSha { get; init; }

    public UserResource? User { get; init; }

    public IReadOnlyList<LabelResource>? Labels { get; init; }

    public BranchResource? Head { get; init; }

    public BranchResource? Base { get; init; }
}

/// <summary>A user; null is one who is gone.</summary>
internal sealed record UserResource(string? Login);

/// <summary>A label of a pull request.</summary>
internal sealed record LabelResource(string? Name);

/// <summary>One side of a pull request.</summary>
internal sealed record BranchResource(string? Ref, string? Sha);

/// <summary>The limits of whoever asks.</summary>
internal sealed record LimitsResource(LimitSetResource? Resources);

/// <summary>The limits by kind of request.</summary>
internal sealed record LimitSetResource(LimitResource? Core);

/// <summary>One limit; <c>reset</c> in seconds since 1970.</summary>
internal sealed record LimitResource(int Limit, int Remaining, long Reset);

/// <summary>A repository.</summary>
internal sealed record RepositoryResource(PermissionsResource? Permissions);

/// <summary>What whoever asks may do.</summary>
internal sealed record PermissionsResource(bool Push);

/// <summary>A page of the list of releases as it is kept between runs.</summary>
internal sealed record ListPage(string Version, string? Next, string? Last, IReadOnlyList<ReleaseResource> Releases);

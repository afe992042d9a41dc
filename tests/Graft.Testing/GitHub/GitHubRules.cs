using System.Globalization;
using System.Text.RegularExpressions;
using Graft.Adapters.Processes;
using Graft.Testing.Registries;

namespace Graft.Testing.GitHub;

/// <summary>What a repository on the stand-in holds, and the rules by which it changes.</summary>
public sealed partial class GitHubRules(string repository)
{
    private long last = 1000;

    /// <summary><c>OWNER/REPO</c>.</summary>
    public string Repository => repository;

    /// <summary>Absolute path of the bare repository, in which publishing makes tags.</summary>
    public string Remote { get; set; } = "";

    /// <summary>The releases, in the order in which they were made.</summary>
    public List<StoredRelease> Releases { get; } = [];

    /// <summary>The pull requests.</summary>
    public List<StoredPullRequest> PullRequests { get; } = [];

    /// <summary>The name that the repository had before; who asks by it is sent on.</summary>
    public string? FormerName { get; set; }

    /// <summary>Whether a release cannot be changed once it is published.</summary>
    public bool IsImmutable { get; set; }

    /// <summary>Whether files have digests; older servers know of none.</summary>
    public bool HasDigests { get; set; } = true;

    /// <summary>Whether the token is an app's, of which GitHub does not say what it may.</summary>
    public bool IsAskedByApp { get; set; }

    /// <summary>Whether the list is behind, and does not show what was made since.</summary>
    public long? ShowsUpTo { get; set; }

    /// <summary>The release that is shown as the latest.</summary>
    public StoredRelease? Latest { get; set; }

    /// <summary>The clock of times and limits.</summary>
    public TimeProvider Clock { get; set; } = TimeProvider.System;

    /// <summary>Puts a release in.</summary>
    public StoredRelease Add(string tag, string target, bool draft = true, params (string Name, string Content)[] assets)
    {
        var release = new StoredRelease { Id = Next(), Tag = tag, Target = target, Name = tag, Draft = draft, Created = Clock.GetUtcNow(), Published = draft ? null : Clock.GetUtcNow() };
        release.Assets.AddRange(assets.Select(asset => new StoredAsset(Next(), asset.Name, System.Text.Encoding.UTF8.GetBytes(asset.Content)) { HasDigest = HasDigests }));
        Releases.Add(release);
        return release;
    }

    /// <summary>A file of a release, or null.</summary>
    public StoredAsset? FindAsset(long id) => Releases.SelectMany(release => release.Assets).FirstOrDefault(asset => asset.Id == id);

    /// <summary>A number that nothing has.</summary>
    public long Next() => ++last;

    /// <summary>Leaves of an upload what a gateway that gave up leaves: an empty file, where there is none of its name.</summary>
    public void LeaveStarter(WireRequest request)
    {
        if (Uploads().Match(request.Target) is { Success: true } match
            && Releases.FirstOrDefault(release => release.Id == long.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture)) is { } release
            && Uri.UnescapeDataString(match.Groups[2].Value) is var name && !release.Assets.Exists(asset => asset.Name == name))
        {
            release.Assets.Add(new StoredAsset(Next(), name, []) { State = "starter" });
        }
    }

    /// <summary>What a name of the remote stands for, or null.</summary>
    public string? Resolve(string name)
    {
        var call = new ProgramCall { Program = "git", Arguments = ["rev-parse", "--verify", "--quiet", "--end-of-options", name], WorkingDirectory = Remote, Environment = GitIsolation.Variables };
        var result = TemporaryRepository.Runner.RunAsync(call, CancellationToken.None).GetAwaiter().GetResult();
        return result.Succeeded ? result.Text.Trim() : null;
    }

    /// <summary>The kind of an object in the remote.</summary>
    public string TypeOf(string sha) => TemporaryRepository.RunGit(Remote, "2025-11-23T04:00:00+00:00", "cat-file", "-t", sha);

    /// <summary>Publishes a release: its tag is made where it is not there, and one that is is taken as it is.</summary>
    public void Publish(StoredRelease release, string latest)
    {
        release.Draft = false;
        release.Published = Clock.GetUtcNow();
        release.Immutable = IsImmutable;
        if (Resolve($"refs/tags/{release.Tag}") is null)
        {
            TemporaryRepository.RunGit(Remote, "2025-11-23T04:00:00+00:00", "update-ref", $"refs/tags/{release.Tag}", Resolve(release.Target + "^{commit}")!);
        }

        if (latest != "false" && !release.Prerelease)
        {
            Latest = release;
        }
    }

    [GeneratedRegex(@"/releases/([0-9]+)/assets\?name=([^&]+)")]
    private static partial Regex Uploads();
}

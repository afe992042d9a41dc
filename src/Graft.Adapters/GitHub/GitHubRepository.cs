using System.Net;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Graft.Adapters.Http;
using Graft.Core.Failures;
using Graft.Core.Releases;

namespace Graft.Adapters.GitHub;

/// <summary>What one repository on GitHub can be asked for and told, in GitHub's own words. Nothing here decides.</summary>
internal sealed class GitHubRepository(GitHubHost host, string name)
{
    private const int DeepestTag = 5;

    /// <summary><c>OWNER/REPO</c>.</summary>
    public string Name => name;

    public GitHubHost Host => host;

    /// <summary>For people: <c>'OWNER/REPO'</c>.</summary>
    public string Subject => $"'{name}'";

    /// <summary>A release, draft or not, or null; a draft is null to those who may not write too.</summary>
    public Task<ReleaseResource?> FindReleaseAsync(long id, CancellationToken cancellationToken) =>
        host.AskAsync(new GitHubRequest(HttpMethod.Get, PathOf($"releases/{id}"), Subject), GitHubJson.Default.ReleaseResource, isAbsenceKnown: true, cancellationToken);

    /// <summary>
    /// A release that has to be there. GitHub may show it a moment late; when it stays away, that is an <see cref="HttpFaultException"/>. Has to be within
    /// <see cref="GitHubHost.RunAsync{T}"/>.
    /// </summary>
    public async Task<ReleaseResource> GetReleaseAsync(ReleaseResource release, CancellationToken cancellationToken) =>
        await FindReleaseAsync(release.Id, cancellationToken) ?? throw new HttpFaultException(HttpFault.Busy, $"it does not show '{release.TagName}' of {Subject}, which was there");

    /// <summary>Makes a release; null when GitHub says that there is one for its tag. Sends once.</summary>
    public async Task<ReleaseResource?> CreateReleaseAsync(NewRelease release, CancellationToken cancellationToken)
    {
        var request = new GitHubRequest(HttpMethod.Post, PathOf("releases"), Subject) { Body = () => Json(release, GitHubJson.Default.NewRelease) };
        using var reply = await host.SendAsync(request, cancellationToken);
        if (reply.Status == HttpStatusCode.Created)
        {
            return await host.ReadAsync(reply, Subject, GitHubJson.Default.ReleaseResource, cancellationToken);
        }

        var error = await host.ReadErrorAsync(reply, cancellationToken);
        return error.IsTaken ? null
            : error.IsAbout("target_commitish") ? throw GraftException.Outside(
                $"{Subject} on '{host.Address}' has no commit {release.TargetCommitish[..8]}", "push the branch; and see that `publisher` and `remote` in graft.yaml are the same repository")
            : throw host.ToFailure(error, reply, Subject);
    }

    /// <summary>Changes a release. Sends once.</summary>
    public async Task<ReleaseResource> EditReleaseAsync(long id, ReleaseEdit edit, CancellationToken cancellationToken)
    {
        var request = new GitHubRequest(HttpMethod.Patch, PathOf($"releases/{id}"), Subject) { Body = () => Json(edit, GitHubJson.Default.ReleaseEdit) };
        using var reply = await host.SendAsync(request, cancellationToken);
        return reply.Status == HttpStatusCode.OK
            ? await host.ReadAsync(reply, Subject, GitHubJson.Default.ReleaseResource, cancellationToken)
            : throw await host.UnexpectedAsync(reply, Subject, cancellationToken);
    }

    /// <summary>Removes a release; one that is gone is success.</summary>
    public Task DeleteReleaseAsync(long id, CancellationToken cancellationToken) => DeleteAsync(PathOf($"releases/{id}"), cancellationToken);

    /// <summary>Attaches a file; null when GitHub says that there is one of its name. Sends once.</summary>
    public async Task<AssetResource?> UploadAssetAsync(ReleaseResource release, ReleaseAsset asset, CancellationToken cancellationToken)
    {
        // A template (RFC 6570): `https://uploads.github.com/…/assets{?name,label}`.
        var template = release.UploadUrl?.Split('{')[0];
        if (!Uri.TryCreate(host.Address.Root, template, out var address) || !host.Address.Owns(address))
        {
            throw GraftException.Outside($"'{host.Address}' wants the files of {Subject} sent to '{(address is null ? "" : address.Authority)}', which is not its own");
        }

        var request = new GitHubRequest(HttpMethod.Post, $"{address}?name={Uri.EscapeDataString(asset.Name)}", $"'{asset.Name}' of {Subject}") { Body = () => Bytes(asset.Content) };
        using var reply = await host.SendAsync(request, cancellationToken);
        if (reply.Status == HttpStatusCode.Created)
        {
            return await host.ReadAsync(reply, Subject, GitHubJson.Default.AssetResource, cancellationToken);
        }

        var error = await host.ReadErrorAsync(reply, cancellationToken);
        return error.IsTaken ? null : throw host.ToFailure(error, reply, request.Subject);
    }

    /// <summary>Removes a file of a release; one that is gone is success.</summary>
    public Task DeleteAssetAsync(long id, CancellationToken cancellationToken) => DeleteAsync(PathOf($"releases/assets/{id}"), cancellationToken);

    /// <summary>The bytes of a file, at most <paramref name="limit"/> of them; more is an input failure. Null when it is gone.</summary>
    public Task<byte[]?> DownloadAssetAsync(AssetResource asset, long limit, CancellationToken cancellationToken)
    {
        GraftException TooLarge() => GraftException.Input($"'{asset.Name}' of {Subject} is larger than {limit} bytes");
        return asset.Size > limit
            ? throw TooLarge()
            : host.RunAsync(
                async token =>
                {
                    using var reply = await host.SendAsync(new GitHubRequest(HttpMethod.Get, PathOf($"releases/assets/{asset.Id}"), $"'{asset.Name}' of {Subject}") { Accept = GitHubRequest.Bytes }, token);
                    return reply.Status == HttpStatusCode.NotFound ? null
                        : reply.Status != HttpStatusCode.OK ? throw await host.UnexpectedAsync(reply, $"'{asset.Name}' of {Subject}", token)
                        : await reply.ReadAsync(limit, token) ?? throw TooLarge();
                },
                cancellationToken);
    }

    /// <summary>The commit that a tag is on, annotated or not; null without such a tag.</summary>
    public async Task<CommitId?> FindTagAsync(string tag, CancellationToken cancellationToken)
    {
        var reference = await AskReferenceAsync($"git/ref/{Uri.EscapeDataString("tags/" + tag)}", cancellationToken);
        for (var depth = 0; reference?.Object is { Type: "tag", Sha: { } sha } && depth < DeepestTag; depth++)
        {
            reference = CommitId.TryParse(sha, out var annotated) ? await AskReferenceAsync($"git/tags/{annotated}", cancellationToken) : null;
        }

        return reference?.Object is { Type: "commit", Sha: var commit } && CommitId.TryParse(commit, out var found) ? found : null;
    }

    /// <summary>Whether GitHub says that whoever asks may write; of tokens that belong to an app, such as those of GitHub Actions, it does not.</summary>
    public async Task<bool> MayWriteAsync(CancellationToken cancellationToken)
    {
        var repository = await host.AskAsync(new GitHubRequest(HttpMethod.Get, $"repos/{name}", Subject), GitHubJson.Default.RepositoryResource, isAbsenceKnown: false, cancellationToken);
        return repository!.Permissions is { Push: true };
    }

    /// <summary>A path below the repository's.</summary>
    public string PathOf(string below) => $"repos/{name}/{below}";

    private Task<ReferenceResource?> AskReferenceAsync(string path, CancellationToken cancellationToken) =>
        host.AskAsync(new GitHubRequest(HttpMethod.Get, PathOf(path), Subject), GitHubJson.Default.ReferenceResource, isAbsenceKnown: true, cancellationToken);

    private Task DeleteAsync(string path, CancellationToken cancellationToken) => host.RunAsync(
        async token =>
        {
            using var reply = await host.SendAsync(new GitHubRequest(HttpMethod.Delete, path, Subject), token);
            return reply.Status is HttpStatusCode.NoContent or HttpStatusCode.NotFound ? true : throw await host.UnexpectedAsync(reply, Subject, token);
        },
        cancellationToken);

    private static ByteArrayContent Json<T>(T value, JsonTypeInfo<T> type)
    {
        var content = new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes(value, type));
        content.Headers.TryAddWithoutValidation("Content-Type", "application/json; charset=utf-8");
        return content;
    }

    private static StreamedContent Bytes(ReadOnlyMemory<byte> content) => new(_ => Task.FromResult<Stream>(new MemoryStream(content.ToArray(), writable: false)), content.Length);
}

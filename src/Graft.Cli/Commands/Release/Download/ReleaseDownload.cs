using Graft.Adapters.Files;
using Graft.Adapters.Manifests;
using Graft.Cli.Terminal;
using Graft.Core.Failures;
using Graft.Core.Releases;

namespace Graft.Cli.Commands.Release.Download;

/// <summary>Fetches manifests, locks and notes into the folder of releases, byte for byte. What is there and differs is reported, not overwritten.</summary>
internal sealed class ReleaseDownload(Session session, bool includeDrafts, bool force)
{
    private readonly List<string> written = [];
    private readonly List<string> differing = [];
    private readonly List<string> refused = [];
    private int same;

    public async Task<int> RunAsync()
    {
        var workspace = await session.Composition.OpenAsync(session.Options, session.Screen, session.Cancellation);
        Directory.CreateDirectory(workspace.Manifests.Path);
        var (releases, unreadable) = await workspace.Publisher.ListAsync(session.Cancellation);
        foreach (var release in unreadable)
        {
            LeaveOut(release.Tag, release.Reason);
        }

        foreach (var release in releases)
        {
            // A tag that names no release is somebody else's.
            if ((includeDrafts || !release.IsDraft) && workspace.Product.NameOf(release.Tag) is { } name)
            {
                await FetchAsync(workspace, release, name);
            }
        }

        if (session.Screen.Json)
        {
            session.Screen.Data(Document());
        }
        else
        {
            session.Screen.Say($"{Count(written.Count)} fetched, {same} already here");
        }

        return refused.Count > 0 ? (int)FailureKind.Input : 0;
    }

    private async Task FetchAsync(Workspace workspace, PublishedRelease release, ReleaseName name)
    {
        try
        {
            var asset = PublishedManifest.AssetOf(release, name) ?? throw GraftException.Input($"release '{release.Tag}' has no manifest");
            var bytes = await workspace.Publisher.FetchAssetAsync(release, asset, ManifestFolder.SizeLimit, session.Cancellation);
            var says = ManifestHeader.Read(bytes, $"{release.Tag}/{asset}").Name;
            if (says != name)
            {
                throw GraftException.Input($"the manifest of release '{release.Tag}' says that it is '{says}'");
            }

            // The whole of it, before any of it is written.
            Manifest.Parse(bytes, $"{release.Tag}/{asset}");
            var lockBytes = await FetchLockAsync(workspace, release, $"{name}.lock.json");
            if (!await WriteAsync(workspace, workspace.Manifests.PathOf(name), bytes, name))
            {
                return;
            }

            if (lockBytes is not null)
            {
                await AtomicFile.WriteAsync(Beside(workspace, name, ".lock.json"), lockBytes, session.Cancellation);
            }

            if (release.Notes.Length > 0)
            {
                await AtomicFile.WriteAsync(Beside(workspace, name, ".notes.md"), System.Text.Encoding.UTF8.GetBytes(release.Notes), session.Cancellation);
            }
        }
        catch (GraftException exception) when (exception.Kind == FailureKind.Input)
        {
            // One bad release must not keep the others away.
            LeaveOut(release.Tag, exception.Message);
        }
    }

    private async Task<byte[]?> FetchLockAsync(Workspace workspace, PublishedRelease release, string asset)
    {
        if (release.FindAsset(asset) is null)
        {
            return null;
        }

        var bytes = await workspace.Publisher.FetchAssetAsync(release, asset, ManifestFolder.SizeLimit, session.Cancellation);
        ReleaseLock.Parse(bytes, $"{release.Tag}/{asset}");
        return bytes;
    }

    private void LeaveOut(string tag, string reason)
    {
        refused.Add(tag);
        session.Screen.Warn($"{reason}; it was left out");
    }

    // Whether the release's own files may follow: the manifest here is the published one.
    private async Task<bool> WriteAsync(Workspace workspace, string path, byte[] bytes, ReleaseName name)
    {
        if (File.Exists(path))
        {
            var local = await File.ReadAllBytesAsync(path, session.Cancellation);
            if (local.AsSpan().SequenceEqual(bytes))
            {
                same++;
                return true;
            }

            if (!force)
            {
                differing.Add(name.ToString());
                session.Screen.Warn($"'{DisplayPath.Of(path)}' differs from the published one and was left as it is; `--force` overwrites it");
                return false;
            }
        }

        await AtomicFile.WriteAsync(path, bytes, session.Cancellation);
        written.Add(name.ToString());
        session.Screen.Detail($"fetched {name}");
        return true;
    }

    private static string Beside(Workspace workspace, ReleaseName name, string suffix) => ContainedPath.Combine(workspace.Manifests.Path, name + suffix);

    private static string Count(int releases) => releases == 1 ? "1 release" : $"{releases} releases";

    private byte[] Document() => JsonDocuments.Write(writer =>
    {
        writer.WriteStartObject();
        foreach (var (title, names) in new[] { ("fetched", written), ("differing", differing), ("refused", refused) })
        {
            writer.WriteStartArray(title);
            names.ForEach(writer.WriteStringValue);
            writer.WriteEndArray();
        }

        writer.WriteNumber("unchanged", same);
        writer.WriteEndObject();
    });
}

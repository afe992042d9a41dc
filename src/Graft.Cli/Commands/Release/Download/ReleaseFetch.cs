using System.Text;
using Graft.Adapters.Files;
using Graft.Adapters.Manifests;
using Graft.Core.Failures;
using Graft.Core.Releases;

namespace Graft.Cli.Commands.Release.Download;

/// <summary>What came of fetching a release.</summary>
internal enum FetchState
{
    /// <summary>It was written.</summary>
    Fetched,

    /// <summary>It was here already.</summary>
    Same,

    /// <summary>Another one is here, which was left.</summary>
    Differs,

    /// <summary>It is not what it should be, and none of it was written.</summary>
    LeftOut,
}

/// <summary>What came of fetching a release (its name, or its tag where it was left out), and why where it is not here now.</summary>
internal sealed record FetchedRelease(string Name, FetchState State, string? Reason = null);

/// <summary>Fetches one release into the folder of releases: first all of it is read and looked at, then it is written, the manifest last.</summary>
internal sealed class ReleaseFetch(Workspace workspace, FileBatch batch, bool force)
{
    /// <summary>What came of it. What is at fault with the release itself is in the answer; a publisher that fails is a failure.</summary>
    public async Task<FetchedRelease> RunAsync(WantedRelease wanted, CancellationToken cancellationToken)
    {
        var (name, release) = wanted;
        try
        {
            var asset = release.FindAsset(PublishedManifest.AssetOf(release, name) ?? throw GraftException.Input($"release '{release.Tag}' has no manifest"))!;
            var manifest = await ReadAsync(release, asset, workspace.Manifests.PathOf(name), bytes => Check(bytes, $"{release.Tag}/{asset.Name}", wanted), cancellationToken);
            var files = new List<FetchedFile> { manifest };
            if (release.FindAsset(ReleaseLock.FileOf(name)) is { } lockAsset)
            {
                var file = $"{release.Tag}/{lockAsset.Name}";
                files.Insert(0, await ReadAsync(release, lockAsset, Beside(ReleaseLock.FileOf(name)), bytes => ReleaseLock.Parse(bytes, file), cancellationToken));
            }

            if (!force && files.FirstOrDefault(file => file.Differs) is { } other)
            {
                return new FetchedRelease(name.ToString(), FetchState.Differs, $"'{DisplayPath.Of(other.Path)}' differs from the published one and was left as it is; `--force` overwrites it");
            }

            WriteNotes(name, release.Notes);
            foreach (var file in files.Where(file => file.New is not null))
            {
                batch.Write(Path.GetFileName(file.Path), file.New);
            }

            return new FetchedRelease(name.ToString(), manifest.New is null ? FetchState.Same : FetchState.Fetched);
        }
        catch (GraftException exception) when (exception.Kind == FailureKind.Input)
        {
            // One bad release must not keep the others away.
            return new FetchedRelease(release.Tag, FetchState.LeftOut, LeftOut(exception.Message));
        }
    }

    /// <summary>The sentence of a release that is left out.</summary>
    public static string LeftOut(string reason) => $"{reason}; it was left out";

    private static void Check(byte[] bytes, string file, WantedRelease wanted)
    {
        var says = Manifest.Parse(bytes, file).Name;
        if (says != wanted.Name)
        {
            throw GraftException.Input($"the manifest of release '{wanted.Release.Tag}' says that it is '{says}'");
        }
    }

    // What is here and known by its digest is not fetched; what was fetched is checked before anything is written.
    private async Task<FetchedFile> ReadAsync(PublishedRelease release, PublishedAsset asset, string path, Action<byte[]> check, CancellationToken cancellationToken)
    {
        var local = WholeFile.Find(path, DisplayPath.Of(path), ManifestFolder.SizeLimit);
        local = local is not null && FileBatch.IsLost(local) ? null : local;
        if (local is not null && asset.IsKnownToBe(local))
        {
            return new FetchedFile(path, null, Differs: false);
        }

        var bytes = await workspace.Publisher.FetchAssetAsync(release, asset.Name, ManifestFolder.SizeLimit, cancellationToken);
        if (asset.Digest is { Algorithm: "sha256" } && !asset.IsKnownToBe(bytes))
        {
            throw GraftException.Input($"'{asset.Name}' of release '{release.Tag}' is not what the publisher says that it is: it should be {asset.Digest}");
        }

        check(bytes);
        var isSame = local is not null && bytes.AsSpan().SequenceEqual(local);
        return new FetchedFile(path, isSame ? null : bytes, Differs: local is not null && !isSame);
    }

    private void WriteNotes(ReleaseName name, string notes)
    {
        var file = $"{name}.notes.md";
        var path = Beside(file);
        var bytes = Encoding.UTF8.GetBytes(notes);
        if (bytes.Length > 0 && !bytes.AsSpan().SequenceEqual(WholeFile.Find(path, DisplayPath.Of(path), ManifestFolder.SizeLimit)))
        {
            batch.Write(file, bytes);
        }
    }

    private string Beside(string file) => ContainedPath.Combine(workspace.Manifests.Path, file);

    /// <summary>A file of a release: where it goes, its bytes unless they are there, and whether others are there.</summary>
    private sealed record FetchedFile(string Path, byte[]? New, bool Differs);
}

using Graft.Adapters.Files;
using Graft.Core.Failures;
using Graft.Core.Releases;

namespace Graft.Adapters.Manifests;

/// <summary>A manifest on disk: what its head says and the file's path.</summary>
public sealed record LocalRelease(ManifestHeader Header, string Path);

/// <summary>What is in a folder of manifests: the releases, newest first, and a sentence for each file that is not one.</summary>
public sealed record LocalReleases(IReadOnlyList<LocalRelease> Releases, IReadOnlyList<string> Unreadable);

/// <summary>The folder of manifests, <c>releases/</c>: every <c>*.yaml</c> in it, whoever put it there.</summary>
public sealed class ManifestFolder(string folder, Func<string, string> display)
{
    /// <summary>The most bytes that a manifest may have.</summary>
    public const long SizeLimit = 10 * 1024 * 1024;

    // Below it, sharing out the work takes longer than the work.
    private const int WorthSharing = 100;

    /// <summary>The folder's absolute path.</summary>
    public string Path => folder;

    /// <summary>Reads the head of every manifest. A file that is not one is reported, not fatal: the others are as good as before.</summary>
    public LocalReleases ReadAll()
    {
        if (!Directory.Exists(folder))
        {
            return new LocalReleases([], []);
        }

        var files = ListFiles();
        var results = files.Count < WorthSharing
            ? files.ConvertAll(ReadHeader)
            : files.AsParallel().Select(ReadHeader).ToList();
        return new LocalReleases(
            [.. results.Where(result => result.Release is not null).Select(result => result.Release!).OrderByDescending(release => release.Header.Name).ThenBy(release => release.Path, StringComparer.Ordinal)],
            [.. results.Where(result => result.Error is not null).Select(result => result.Error!).Order(StringComparer.Ordinal)]);
    }

    /// <summary>The manifest of the release that a user named, by its name or its git tag; an input failure when there is none, or more than one.</summary>
    public Manifest Get(string text, Func<ReleaseName, string> tagOf)
    {
        // The usual case needs one file only.
        if (ReleaseName.TryParse(text, out var name) && PathOf(name) is var expected && System.IO.Path.Exists(expected))
        {
            var manifest = Read(expected);
            return manifest.Name == name
                ? manifest
                : throw GraftException.Input($"'{display(expected)}' says that it is release '{manifest.Name}'", "a manifest's file has its release's name");
        }

        var all = ReadAll();
        var found = all.Releases.Where(release => release.Header.Name.ToString() == text || tagOf(release.Header.Name) == text).ToList();
        if (found.Count > 1)
        {
            throw GraftException.Input($"release '{text}' is ambiguous: {string.Join(" and ", found.Select(release => $"'{display(release.Path)}'"))} both say that they are it");
        }

        if (found.Count == 0)
        {
            var nearest = Nearest.To(text, all.Releases.Select(release => release.Header.Name.ToString()));
            throw GraftException.Input(
                $"there is no release '{text}' in '{display(folder)}'",
                (nearest is null ? "" : $"did you mean `{nearest}`? ") + "`graft release download` fetches manifests (`--include-drafts`: drafts too)");
        }

        return Read(found[0].Path);
    }

    /// <summary>Where the manifest of a release of this name is written.</summary>
    public string PathOf(ReleaseName name) => ContainedPath.Combine(folder, $"{name}.yaml");

    /// <summary>Reads one manifest; an input failure when it is malformed.</summary>
    public Manifest Read(string path) => Manifest.Parse(ReadBytes(path), display(path));

    /// <summary>Reads the lock beside a release's manifest, or null when there is none.</summary>
    public ReleaseLock? ReadLock(ReleaseName name)
    {
        var path = LockPathOf(name);
        return FindLock(name) is { } bytes ? ReleaseLock.Parse(bytes, display(path)) : null;
    }

    /// <summary>The bytes of the lock beside a release's manifest, or null when there is none.</summary>
    public byte[]? FindLock(ReleaseName name)
    {
        var path = LockPathOf(name);
        return WholeFile.Find(path, display(path), SizeLimit);
    }

    private string LockPathOf(ReleaseName name) => ContainedPath.Combine(folder, ReleaseLock.FileOf(name));

    private List<string> ListFiles()
    {
        try
        {
            return [.. Directory.EnumerateFileSystemEntries(folder).Where(IsManifestFile)];
        }
        catch (UnauthorizedAccessException problem)
        {
            throw GraftException.Input($"'{display(folder)}' cannot be read: permission denied", inner: problem);
        }
    }

    private static bool IsManifestFile(string path) => System.IO.Path.GetExtension(path) is ".yaml" or ".yml" && !System.IO.Path.GetFileName(path).StartsWith('.');

    private (LocalRelease? Release, string? Error) ReadHeader(string path)
    {
        try
        {
            return (new LocalRelease(ManifestHeader.Read(ReadBytes(path), display(path)), path), null);
        }
        catch (GraftException exception) when (exception.Kind == FailureKind.Input)
        {
            return (null, exception.Message);
        }
    }

    private byte[] ReadBytes(string path)
    {
        // A link out of the folder would make a file of somebody's choice a release.
        ContainedPath.Combine(folder, System.IO.Path.GetFileName(path));
        return WholeFile.Get(path, display(path), SizeLimit);
    }
}

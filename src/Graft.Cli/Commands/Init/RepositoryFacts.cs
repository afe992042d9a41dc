using Graft.Adapters.Files;
using Graft.Adapters.Git;
using Graft.Adapters.Manifests;
using Graft.Cli.Terminal;
using Graft.Core.Failures;
using Graft.Core.Products.Discovery;
using Graft.Core.Releases;

namespace Graft.Cli.Commands.Init;

/// <summary>What init needs to know, read from git, the releases folder, and (where nothing is committed yet) the worktree.</summary>
internal sealed class RepositoryFacts(GitRepository git, Screen screen)
{
    private const string ReleasesFolder = "releases";
    private const string VersionFile = ".version.yml";
    private const string DefaultRemote = "origin";
    private static readonly string[] MainNames = ["main", "master", "trunk", "develop"];
    private const long SizeLimit = 1024 * 1024;

    /// <summary>The facts for finding images, those for the rest of the file, and what was guessed on the way.</summary>
    public async Task<(DiscoveryFacts Discovery, ProductFileFacts File, string Guess)> GatherAsync(CancellationToken cancellationToken)
    {
        var remotes = await git.ReadRemotesAsync(cancellationToken);
        var remote = remotes.Count == 0 || remotes.ContainsKey(DefaultRemote) ? DefaultRemote : remotes.Keys.Order(StringComparer.Ordinal).First();
        var address = RemoteAddress.Of(remotes.GetValueOrDefault(remote));
        var tree = (await git.ReadTreeAsync(git.Head, cancellationToken)).Where(entry => entry.Kind != TreeEntryKind.Submodule).Select(entry => entry.Path).ToList();
        var uncommitted = await UncommittedAsync(tree, cancellationToken);
        var wanted = ProductDiscovery.FilesToRead(tree);
        var files = new Dictionary<string, byte[]?>(await git.ReadFilesAsync(git.Head, wanted, cancellationToken), StringComparer.Ordinal);
        var paths = tree;
        // Never a file of variables: what is not committed may be secret.
        var unread = uncommitted.Where(ProductDiscovery.IsBuildFile).ToList();
        if (wanted.Count == 0 && uncommitted.Count > 0)
        {
            screen.Say("nothing that builds an image is committed yet; the worktree's files are taken, which must be committed before graft can use them");
            paths = [.. tree.Union(uncommitted, StringComparer.Ordinal)];
            foreach (var path in unread)
            {
                files[path] = ReadFromWorktree(path);
            }
        }
        else
        {
            foreach (var path in unread)
            {
                screen.Warn($"'{path}' is not committed, so it is not looked at; commit it and run `graft init --force`");
            }
        }

        // A folder's name may hold what a product's cannot.
        var product = ProductName(address.Repository ?? Path.GetFileName(git.MainWorktree));
        return (
            new DiscoveryFacts(product, address.Owner, paths, files, NewestEntries()),
            new ProductFileFacts(product, await MainAsync(remote, cancellationToken), remote, address.GitHub, paths.Contains(VersionFile, StringComparer.Ordinal)),
            address.Repository is null
                ? $"the product is called '{product}', as the worktree's folder is"
                : $"the product is called '{product}', as the repository is in the address of the remote '{remote}'");
    }

    private static string ProductName(string text)
    {
        var name = string.Concat(text.Select(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '-' ? c : '-')).TrimStart('.', '_', '-');
        return name.Length > 0 ? name : "product";
    }

    private async Task<List<string>> UncommittedAsync(List<string> tree, CancellationToken cancellationToken)
    {
        var known = tree.ToHashSet(StringComparer.Ordinal);
        return [.. (await git.ReadStatusAsync(includeUntracked: true, cancellationToken)).Select(change => change.Path).Where(path => !known.Contains(path) && !path.EndsWith('/'))];
    }

    private byte[]? ReadFromWorktree(string path)
    {
        try
        {
            var file = new FileInfo(Path.Combine(git.Root, path));
            return file is { Exists: true, LinkTarget: null, Length: <= SizeLimit } ? File.ReadAllBytes(file.FullName) : null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            screen.Warn($"'{path}' cannot be read: {FileProblem.Reason(exception, path)}");
            return null;
        }
    }

    private IReadOnlyList<ManifestEntry> NewestEntries()
    {
        var manifests = new ManifestFolder(Path.Combine(git.Root, ReleasesFolder), DisplayPath.Of);
        foreach (var release in manifests.ReadAll().Releases)
        {
            try
            {
                var entries = manifests.Read(release.Path).Entries;
                screen.Say($"names are taken from release '{release.Header.Name}' where they fit");
                return entries;
            }
            catch (GraftException failure) when (failure.Kind == FailureKind.Input)
            {
                screen.Warn(failure.Message);
            }
        }

        return [];
    }

    private async Task<string> MainAsync(string remote, CancellationToken cancellationToken)
    {
        var branches = await git.ReadTrackingBranchesAsync(remote, cancellationToken);
        return MainNames.FirstOrDefault(branches.ContainsKey)
            ?? (branches.Count == 0 && git.Branch is { } branch ? branch : "main");
    }
}

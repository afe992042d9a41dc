using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Graft.Adapters.Files;
using Graft.Core.Failures;

namespace Graft.Adapters.GitHub;

/// <summary>
/// Pages of lists as GitHub last sent them, in a folder, each a file. Only ever used when GitHub says that a page is still like that; a file that is
/// off counts as none.
/// </summary>
internal sealed class PageStore(string folder, Func<CancellationToken, Task> prepare, GitHubAddress address)
{
    private const long Limit = 64 * 1024 * 1024;

    /// <summary>The page that was kept for a path, or null.</summary>
    public Task<ListPage?> FindAsync(string path, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        try
        {
            var file = FileOf(path);
            return Task.FromResult(WholeFile.Find(file, file, Limit) is { } bytes ? JsonSerializer.Deserialize(bytes, GitHubJson.Default.ListPage) : null);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or GraftException)
        {
            return Task.FromResult<ListPage?>(null);
        }
    }

    /// <summary>Keeps a page that has a version. Where nothing can be written, the next look costs more.</summary>
    public async Task KeepAsync(string path, ListPage page, CancellationToken cancellationToken)
    {
        if (page.Version.Length == 0)
        {
            return;
        }

        try
        {
            await prepare(cancellationToken);
            Directory.CreateDirectory(folder);
            await AtomicFile.WriteAsync(FileOf(path), JsonSerializer.SerializeToUtf8Bytes(page, GitHubJson.Default.ListPage), cancellationToken);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or GraftException)
        {
            // It saves requests, no more.
        }
    }

    private string FileOf(string path) => Path.Combine(folder, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{address.Root}\n{path}"))) + ".json");
}

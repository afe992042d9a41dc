using Graft.Adapters.Files;
using Graft.Adapters.Git;
using Graft.Adapters.Journal;
using Graft.Core.Products;
using Graft.Core.Releases;

namespace Graft.Cli.Hotfixes;

/// <summary>
/// Clean checkouts of the run's commit, in the user's cache folder, made anew for each attempt. Builds share one, except those that
/// prepare it first: what one prepares must not reach another.
/// </summary>
internal sealed class CheckoutPool : IAsyncDisposable
{
    private readonly Workspace workspace;
    private readonly Run run;
    private readonly string folder;
    private readonly SemaphoreSlim making = new(1);
    private CleanCheckout? shared;

    public CheckoutPool(Workspace workspace, Run run)
    {
        this.workspace = workspace;
        this.run = run;
        folder = Path.Combine(FolderOf(workspace), run.Name.ToString());
        // Left by an attempt that was killed; nobody else works on this run while its lock is held.
        RemoveQuietly(folder);
        RemoveLeft(workspace);
    }

    /// <summary>Removes the checkouts of runs that nobody carries out: killed ones, and ones that could not remove them.</summary>
    public static void RemoveLeft(Workspace workspace)
    {
        var all = FolderOf(workspace);
        var present = Directory.Exists(all) ? Directory.GetDirectories(all).Where(path => ReleaseName.TryParse(Path.GetFileName(path), out _)).ToList() : [];
        if (present.Count == 0)
        {
            RemoveIfEmpty(all);
            return;
        }

        // Looked at afterwards: a run is there before its checkouts are.
        var running = workspace.Runs.List().Where(run => run.State == RunState.Running).Select(run => run.Name.ToString()).ToHashSet(StringComparer.Ordinal);
        present.Where(path => !running.Contains(Path.GetFileName(path))).ToList().ForEach(RemoveQuietly);
        RemoveIfEmpty(all);
    }

    /// <summary>A checkout for one build; disposing it gives it back.</summary>
    public async Task<CheckoutLease> TakeAsync(ImageSource source, CancellationToken cancellationToken)
    {
        await making.WaitAsync(cancellationToken);
        try
        {
            if (source.Prepare.Count > 0)
            {
                var own = await MakeAsync(cancellationToken);
                return new CheckoutLease(own.Folder, own);
            }

            shared ??= await MakeAsync(cancellationToken);
            return new CheckoutLease(shared.Folder, null);
        }
        finally
        {
            making.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (shared is not null)
        {
            await shared.DisposeAsync();
        }

        making.Dispose();
        RemoveQuietly(folder);
        RemoveIfEmpty(Path.GetDirectoryName(folder)!);
    }

    private static string FolderOf(Workspace workspace) => Path.Combine(CacheFolder.Find(), "checkouts", RepositoryKey(workspace.Git.CommonDirectory));

    // A git that was started by a process that was killed may still be writing there; it costs room in a cache, and each attempt has a folder of its own.
    private static void RemoveQuietly(string path)
    {
        try
        {
            FolderRemoval.Remove(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
        }
    }

    private static void RemoveIfEmpty(string path)
    {
        try
        {
            Directory.Delete(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // Another run of this repository has its checkouts there.
        }
    }

    private async Task<CleanCheckout> MakeAsync(CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(folder);
        return await CleanCheckout.CreateAsync(workspace.Git, run.Plan.Commit, Path.Combine(folder, $"{Guid.NewGuid():N}"), cancellationToken);
    }

    private static string RepositoryKey(string path) => Core.Images.Digest.Of(System.Text.Encoding.UTF8.GetBytes(path)).Hex[..16];
}

/// <summary>A checkout lent to one build.</summary>
internal sealed record CheckoutLease(string Folder, CleanCheckout? Own) : IAsyncDisposable
{
    public ValueTask DisposeAsync() => Own?.DisposeAsync() ?? ValueTask.CompletedTask;
}

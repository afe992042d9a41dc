using System.Text;
using Graft.Adapters.Files;
using Graft.Adapters.Git;
using Graft.Adapters.Journal;
using Graft.Adapters.Processes;
using Graft.Core.Failures;
using Graft.Core.Hotfixes;
using Graft.Core.Images;
using Graft.Core.Products;

namespace Graft.Cli.Hotfixes;

/// <summary>
/// Builds the images of a run, each from a clean checkout of the commit, into the run's folder. A build appears there whole, by a
/// rename, so one that is there is done.
/// </summary>
internal sealed class ImageBuild(Composition composition, Workspace workspace, Run run) : IAsyncDisposable
{
    // One for all builds of the run, which share what they are lent.
    private readonly IImageBuilder builder = composition.Builder(run.Plan.Build);
    private readonly CheckoutPool checkouts = new(workspace, run);
    private readonly string outputs = Path.Combine(run.Folder, "images");
    private readonly string logs = Path.Combine(run.Folder, "logs");
    // Another repository may have a run of the same name.
    private readonly string session = $"{run.Name}-{Digest.Of(Encoding.UTF8.GetBytes(workspace.Git.CommonDirectory)).Hex[..8]}";

    /// <summary>Builds an image unless it is built or pushed already; says its digest.</summary>
    public async Task<string> BuildAsync(PlannedBuild planned, IProgress<string> progress, CancellationToken cancellationToken)
    {
        var image = planned.Reference.Name;
        if (FindOutput(image) is { } output)
        {
            return (await composition.OpenBuiltAsync(output, cancellationToken)).Descriptor.Digest.ToString();
        }

        if (await workspace.Images.Own.FindAsync(planned.Reference, cancellationToken) is { } pushed)
        {
            return pushed.Descriptor.Digest.ToString();
        }

        var logFile = Path.Combine(logs, image.Text + ".log");
        Directory.CreateDirectory(Path.GetDirectoryName(logFile)!);
        await using var log = new BuildLog(logFile, progress);
        await using var checkout = await LongWait.SayingAsync(
            checkouts.TakeAsync(planned.Source, cancellationToken), composition.Clock, () => progress.Report($"waiting for git to check out {run.Plan.Commit.Short}"));
        await PrepareAsync(planned.Source, checkout.Folder, log, cancellationToken);

        var unfinished = UnfinishedOf(image);
        FolderRemoval.Remove(unfinished);
        Directory.CreateDirectory(outputs);
        var request = new BuildRequest(planned.Source, checkout.Folder, await ResolveBasesAsync(planned, cancellationToken), unfinished, log)
        {
            CommittedAt = await workspace.Git.ReadCommitTimeAsync(run.Plan.Commit, cancellationToken),
            Session = session,
            Secrets = BuildSecrets.Of(planned.Source, workspace.Git.Root),
        };
        var built = await BuildAsync(request, logFile, cancellationToken);
        Directory.Move(unfinished, OutputOf(image));
        return built.Descriptor.Digest.ToString();
    }

    /// <summary>Removes from the builder's own storage what builds of this run left there when they were killed.</summary>
    public Task RemoveLeftoversAsync(CancellationToken cancellationToken) => builder.RemoveLeftoversAsync(session, cancellationToken);

    /// <summary>Where a built image is, or null when it is not built (any more).</summary>
    public string? FindOutput(ImageName image) => Directory.Exists(OutputOf(image)) ? OutputOf(image) : null;

    /// <summary>An outside failure when an image that one of these stands on, and that this run does not build, is not what it was or cannot be read.</summary>
    public Task CheckBasesAsync(IReadOnlyList<PlannedBuild> builds, CancellationToken cancellationToken) =>
        Task.WhenAll(builds.SelectMany(planned => planned.Bases).Where(needed => needed.Digest is not null).DistinctBy(needed => needed.Reference).Select(needed => ResolveAsync(needed, cancellationToken)));

    /// <summary>What each FROM of a built image resolved to: the text as the Dockerfile has it -> digest.</summary>
    public async Task<IReadOnlyDictionary<string, Digest>> ReadBasesAsync(PlannedBuild planned, CancellationToken cancellationToken)
    {
        var bases = await ResolveBasesAsync(planned, cancellationToken);
        return bases.ToDictionary(pair => pair.Key, pair => pair.Value.Descriptor.Digest, StringComparer.Ordinal);
    }

    /// <summary>Removes every built image from the run's folder. One that is half removed is as one that is half built: nobody takes it for an image.</summary>
    public void RemoveOutputs()
    {
        foreach (var output in run.Plan.Builds.Select(planned => planned.Reference.Name).Where(image => FindOutput(image) is not null))
        {
            FolderRemoval.Remove(UnfinishedOf(output));
            Directory.Move(OutputOf(output), UnfinishedOf(output));
        }

        FolderRemoval.Remove(outputs);
    }

    public ValueTask DisposeAsync()
    {
        (builder as IDisposable)?.Dispose();
        return checkouts.DisposeAsync();
    }

    private async Task<StoredImage> BuildAsync(BuildRequest request, string logFile, CancellationToken cancellationToken)
    {
        try
        {
            return await builder.BuildAsync(request, cancellationToken);
        }
        catch (GraftException failed) when (failed is { Kind: FailureKind.Outside, Hint: null })
        {
            throw GraftException.Outside(failed.Message, $"all that it said is in '{DisplayPath.Of(logFile)}'", failed);
        }
    }

    private async Task<Dictionary<string, StoredImage>> ResolveBasesAsync(PlannedBuild planned, CancellationToken cancellationToken)
    {
        var bases = new Dictionary<string, StoredImage>(StringComparer.Ordinal);
        foreach (var needed in planned.Bases)
        {
            bases[needed.Text] = await ResolveAsync(needed, cancellationToken);
        }

        return bases;
    }

    private async Task<StoredImage> ResolveAsync(PlannedBase planned, CancellationToken cancellationToken)
    {
        if (planned.Digest is null && FindOutput(planned.Reference.Name) is { } output)
        {
            return await composition.OpenBuiltAsync(output, cancellationToken);
        }

        var image = await workspace.Images.FindBaseAsync(planned.Reference, planned.IsOfProduct, cancellationToken)
            ?? throw GraftException.Outside($"'{planned.Reference}', which the build stands on, is not in {workspace.Images.PlacesOf(planned.Reference, planned.IsOfProduct)} any more");
        return planned.Digest is null || image.Descriptor.Digest == planned.Digest
            ? image
            : throw GraftException.Outside($"'{planned.Reference}' was {planned.Digest} when the plan was made, and is {image.Descriptor.Digest} now");
    }

    private async Task PrepareAsync(ImageSource source, string checkout, IProgress<string> log, CancellationToken cancellationToken)
    {
        if (source.Prepare.Count == 0)
        {
            return;
        }

        // A path is one in the checkout, never one of whoever runs this; a bare word is looked up in PATH.
        var program = source.Prepare[0].Contains('/', StringComparison.Ordinal) ? Path.Combine(checkout, source.Prepare[0]) : source.Prepare[0];
        var arguments = source.Prepare.Skip(1).ToList();
        log.Report($"prepare: {source.Prepare[0]} {string.Join(' ', arguments)}");
        var call = new ProgramCall { Program = program, Arguments = arguments, WorkingDirectory = checkout, Environment = CleanCheckout.Variables };
        var exitCode = await composition.Programs.StreamAsync(call, log.Report, cancellationToken);
        const int endedByInterrupt = 128 + 2;
        if (exitCode == endedByInterrupt)
        {
            // The script may see Ctrl-C before this process does.
            throw new OperationCanceledException(cancellationToken);
        }

        if (exitCode != 0)
        {
            throw GraftException.Outside($"`prepare` of '{source.Image}' failed: '{source.Prepare[0]}' ended with {exitCode}", $"its output is in '{DisplayPath.Of(logs)}'");
        }
    }

    private string OutputOf(ImageName image) => Path.Combine(outputs, Slug(image));

    private string UnfinishedOf(ImageName image) => Path.Combine(outputs, "." + Slug(image));

    private static string Slug(ImageName image) => Uri.EscapeDataString(image.Text);
}

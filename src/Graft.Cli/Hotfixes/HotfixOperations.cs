using Graft.Adapters.Files;
using Graft.Adapters.Journal;
using Graft.Core.Failures;
using Graft.Core.Hotfixes;
using Graft.Core.Images;
using Graft.Core.Releases;

namespace Graft.Cli.Hotfixes;

/// <summary>Does each operation of a run. Every one looks at the world first, so doing it again changes nothing.</summary>
internal sealed class HotfixOperations(Composition composition, Workspace workspace, Run run) : IAsyncDisposable
{
    /// <summary>What an operation says that finds its work done.</summary>
    public const string Already = "there already";

    private readonly ImageBuild build = new(composition, workspace, run);
    private readonly HotfixPlan plan = run.Plan;
    private PublishedRelease? draft;

    /// <summary>Carries out one operation, and says in a few words what came of it.</summary>
    public Task<string> CarryOutAsync(Operation operation, IProgress<string> log, CancellationToken cancellationToken) => operation switch
    {
        ReserveName => ReserveAsync(plan.Reservation!, cancellationToken),
        BuildImage { Image: var image } => build.BuildAsync(BuildOf(image), log, cancellationToken),
        PushImage { Image: var image } => PushAsync(BuildOf(image), cancellationToken),
        WriteLock => WriteLockAsync(cancellationToken),
        WriteManifest => WriteAsync(plan.ManifestPath, plan.Manifest, cancellationToken),
        CreateDraft => CreateDraftAsync(plan.Draft!, cancellationToken),
        FreeName => FreeAsync(plan.Reservation!, cancellationToken),
        _ => throw new InvalidOperationException($"there is no way to '{operation.Id}'"),
    };

    /// <summary>The images that the store does not have yet.</summary>
    public async Task<IReadOnlyList<PlannedBuild>> ListUnpushedAsync(CancellationToken cancellationToken)
    {
        var pushed = await Task.WhenAll(plan.Builds.Select(planned => workspace.Images.Own.ResolveAsync(planned.Reference, cancellationToken)));
        return [.. plan.Builds.Where((_, index) => pushed[index] is null)];
    }

    /// <summary>Those of them that the run's folder does not have either.</summary>
    public IReadOnlyList<PlannedBuild> ListUnbuilt(IReadOnlyList<PlannedBuild> unpushed) => [.. unpushed.Where(planned => build.FindOutput(planned.Reference.Name) is null)];

    /// <summary>An outside failure when an image that one of these stands on is not what it was, or cannot be read.</summary>
    public Task CheckBasesAsync(IReadOnlyList<PlannedBuild> builds, CancellationToken cancellationToken) => build.CheckBasesAsync(builds, cancellationToken);

    /// <summary>What the run has made, read from the world.</summary>
    public async Task<HotfixOutcome> OutcomeAsync(CancellationToken cancellationToken)
    {
        var digests = new Dictionary<ImageName, Digest>();
        foreach (var planned in plan.Builds)
        {
            digests[planned.Reference.Name] = (await GetPushedAsync(planned, cancellationToken)).Descriptor.Digest;
        }

        return new HotfixOutcome(digests, draft);
    }

    /// <summary>Removes the built images from the run's folder: the store has them.</summary>
    public void RemoveBuilds() => build.RemoveOutputs();

    /// <summary>Removes from the builder's own storage what builds of this run left there when they were killed.</summary>
    public Task RemoveLeftoversAsync(CancellationToken cancellationToken) => build.RemoveLeftoversAsync(cancellationToken);

    public ValueTask DisposeAsync() => build.DisposeAsync();

    /// <summary>The lock's bytes, made from what the store has; an outside failure when an image that was built is not there.</summary>
    public async Task<byte[]> LockAsync(CancellationToken cancellationToken)
    {
        var locked = plan.Locked.ToList();
        foreach (var planned in plan.Builds)
        {
            var image = await GetPushedAsync(planned, cancellationToken);
            locked.Add(LockedReference.Of(planned.Reference, image) with { From = await build.ReadBasesAsync(planned, cancellationToken) });
        }

        return new ReleaseLock(locked).ToBytes();
    }

    private PlannedBuild BuildOf(string image) => plan.Builds.Single(planned => planned.Reference.Name.Text == image);

    private async Task<string> PushAsync(PlannedBuild planned, CancellationToken cancellationToken)
    {
        if (build.FindOutput(planned.Reference.Name) is { } output)
        {
            var image = await composition.OpenBuiltAsync(output, cancellationToken);
            await workspace.Images.Own.PushAsync(planned.Reference, image, cancellationToken);
        }

        return (await GetPushedAsync(planned, cancellationToken)).Descriptor.Digest.ToString();
    }

    private async Task<string> ReserveAsync(Reservation reservation, CancellationToken cancellationToken) =>
        await workspace.Git.TryReserveAsync(plan.Name, reservation, cancellationToken)
            ? $"on {reservation.Remote}"
            : throw new NameTakenException(
                plan.Name,
                $"'{plan.Name}' is reserved on '{reservation.Remote}' by another run",
                $"it is free again when that run ends (of one that is lost, `git push {reservation.Remote} :refs/graft/{plan.Name}` frees it); take another name");

    private async Task<string> FreeAsync(Reservation reservation, CancellationToken cancellationToken)
    {
        // One that was taken away by hand, and made by somebody else since, is not ours to take away.
        await workspace.Git.FreeAsync(plan.Name, reservation, cancellationToken);
        return $"on {reservation.Remote}";
    }

    private async Task<string> WriteLockAsync(CancellationToken cancellationToken) =>
        await WriteAsync(plan.LockPath, await LockAsync(cancellationToken), cancellationToken);

    private async Task<string> CreateDraftAsync(PlannedDraft planned, CancellationToken cancellationToken)
    {
        var lockBytes = await File.ReadAllBytesAsync(workspace.PathOf(plan.LockPath), cancellationToken);
        draft = await workspace.Publisher.CreateDraftAsync(
            new ReleaseDraft(plan.Tag, plan.Commit, planned.Title, planned.Notes, [new ReleaseAsset(planned.ManifestAsset, plan.Manifest), new ReleaseAsset(planned.LockAsset, lockBytes)]),
            cancellationToken);
        return DisplayPath.Of(draft.Url);
    }

    private async Task<string> WriteAsync(string relative, ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        var path = workspace.PathOf(relative);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        if (await AtomicFile.TryCreateAsync(path, content, cancellationToken))
        {
            return "written";
        }

        var present = await File.ReadAllBytesAsync(path, cancellationToken);
        if (!content.Span.SequenceEqual(present))
        {
            throw new GraftException(FailureKind.Guard, $"'{DisplayPath.Of(path)}' exists with other content", "move it away, or cut the hotfix anew under another name");
        }

        return Already;
    }

    private async Task<StoredImage> GetPushedAsync(PlannedBuild planned, CancellationToken cancellationToken) =>
        await workspace.Images.Own.FindAsync(planned.Reference, cancellationToken)
        ?? throw GraftException.Outside($"'{planned.Reference}' was pushed, but is not in '{plan.Registry}' now");
}

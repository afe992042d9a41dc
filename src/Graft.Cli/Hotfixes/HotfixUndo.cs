using Graft.Adapters.Journal;
using Graft.Core.Failures;
using Graft.Core.Hotfixes;
using Graft.Core.Images;
using Graft.Core.Releases;

namespace Graft.Cli.Hotfixes;

/// <summary>
/// Undoes what a run has done, last thing first. Each step looks at the world: what is gone is done, and what is not as the run left it is somebody else's
/// by now and stays.
/// </summary>
internal sealed class HotfixUndo(Composition composition, Workspace workspace, Run run) : IAsyncDisposable
{
    private readonly HotfixOperations operations = new(composition, workspace, run);
    private readonly HotfixPlan plan = run.Plan;

    /// <summary>The run's draft, or null; one that is published already is an input failure: there is no way back from that.</summary>
    public async Task<PublishedRelease?> FindDraftAsync(CancellationToken cancellationToken) =>
        await workspace.Publisher.FindAsync(plan.Tag, cancellationToken) switch
        {
            { IsDraft: false } => throw GraftException.Input($"'{plan.Name}' is published: a release is not taken back", "cut a hotfix of it"),
            var found => found,
        };

    /// <summary>Undoes all of it, and says what was removed and what was left.</summary>
    public async Task<IReadOnlyList<Undone>> UndoAsync(CancellationToken cancellationToken)
    {
        var undone = new List<Undone>();
        foreach (var operation in plan.Operations.Reverse().Where(run.HadStarted))
        {
            if (await UndoAsync(operation, cancellationToken) is { } result)
            {
                undone.Add(result);
            }
        }

        operations.RemoveBuilds();
        if (plan.Operations.OfType<BuildImage>().Any(run.HadStarted) && await RemoveLeftoversAsync(cancellationToken) is { } left)
        {
            undone.Add(left);
        }

        return undone;
    }

    public ValueTask DisposeAsync() => operations.DisposeAsync();

    private async Task<Undone?> RemoveLeftoversAsync(CancellationToken cancellationToken)
    {
        try
        {
            await operations.RemoveLeftoversAsync(cancellationToken);
            return null;
        }
        catch (GraftException problem) when (problem.Kind == FailureKind.Outside)
        {
            return new Undone($"what {plan.Build.With} may keep of builds that were killed", problem.Message);
        }
    }

    private async Task<Undone?> UndoAsync(Operation operation, CancellationToken cancellationToken) => operation switch
    {
        CreateDraft => await UndoDraftAsync(cancellationToken),
        WriteManifest => UndoFile(plan.ManifestPath, plan.Manifest),
        WriteLock => await UndoLockAsync(cancellationToken),
        PushImage { Image: var image } => await UndoPushAsync(plan.Builds.Single(build => build.Reference.Name.Text == image).Reference, cancellationToken),
        ReserveName => await UndoReservationAsync(plan.Reservation!, cancellationToken),
        _ => null,
    };

    private async Task<Undone?> UndoDraftAsync(CancellationToken cancellationToken)
    {
        if (await FindDraftAsync(cancellationToken) is not { } draft)
        {
            return null;
        }

        var what = $"draft {plan.Tag}";
        if (draft.FindAsset(plan.Draft!.ManifestAsset) is null
            || !(await workspace.Publisher.FetchAssetAsync(draft, plan.Draft.ManifestAsset, Adapters.Manifests.ManifestFolder.SizeLimit, cancellationToken)).AsSpan().SequenceEqual(plan.Manifest))
        {
            return new Undone(what, "its manifest is not the one of this run");
        }

        await workspace.Publisher.DeleteDraftAsync(draft, cancellationToken);
        return new Undone(what, null);
    }

    private async Task<Undone?> UndoLockAsync(CancellationToken cancellationToken)
    {
        if (!File.Exists(workspace.PathOf(plan.LockPath)))
        {
            return null;
        }

        try
        {
            return UndoFile(plan.LockPath, await operations.LockAsync(cancellationToken));
        }
        catch (GraftException missing) when (missing.Kind == FailureKind.Outside)
        {
            return new Undone(Shown(plan.LockPath), $"it cannot be told whether it is as this run wrote it: {missing.Message}");
        }
    }

    private Undone? UndoFile(string relative, ReadOnlySpan<byte> written)
    {
        var path = workspace.PathOf(relative);
        if (!File.Exists(path))
        {
            return null;
        }

        if (!written.SequenceEqual(File.ReadAllBytes(path)))
        {
            return new Undone(Shown(relative), "it was changed since");
        }

        File.Delete(path);
        return new Undone(Shown(relative), null);
    }

    private async Task<Undone?> UndoPushAsync(ImageReference reference, CancellationToken cancellationToken)
    {
        if (await workspace.Images.Own.FindAsync(reference, cancellationToken) is not { } image)
        {
            return null;
        }

        var digest = image.Descriptor.Digest;
        var name = reference.Name.Text;
        // A push that was cut off did not come to say what it pushed; its build did.
        var isOurs = new[] { PushImage.IdOf(name), BuildImage.IdOf(name) }.Any(operation => run.FindResult(operation) == digest.ToString());
        return !isOurs ? new Undone($"image {reference}", "it is not the one that this run built")
            : await workspace.Images.Own.TryRemoveTagAsync(reference, digest, cancellationToken) ? new Undone($"image {reference}", null)
            : new Undone($"image {reference}", $"a tag in '{plan.Registry}' is not taken back: it may have been pulled");
    }

    private async Task<Undone?> UndoReservationAsync(Reservation reservation, CancellationToken cancellationToken) =>
        await workspace.Git.FreeAsync(plan.Name, reservation, cancellationToken)
            ? null
            : new Undone($"the name on {reservation.Remote}", "another run has reserved it");

    private string Shown(string relative) => DisplayPath.Of(workspace.PathOf(relative));
}

/// <summary>One thing that a run had made: removed, or left for a reason.</summary>
internal sealed record Undone(string What, string? LeftBecause);

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

    /// <summary>What there is to undo, last thing first; nothing is done.</summary>
    public async Task<IReadOnlyList<Undone>> LookAsync(CancellationToken cancellationToken)
    {
        var found = new List<Undone>();
        foreach (var operation in Started)
        {
            if (await LookAsync(operation, cancellationToken) is { } step)
            {
                found.Add(new Undone(step.What, step.LeftBecause));
            }
        }

        return found;
    }

    /// <summary>Undoes all of it, and says what was removed and what was left.</summary>
    public async Task<IReadOnlyList<Undone>> UndoAsync(CancellationToken cancellationToken)
    {
        var undone = new List<Undone>();
        foreach (var operation in Started)
        {
            if (await LookAsync(operation, cancellationToken) is not { } step)
            {
                continue;
            }

            var left = step.LeftBecause ?? await step.Undo(cancellationToken);
            if (left is not null || operation is not ReserveName)
            {
                undone.Add(new Undone(step.What, left));
            }
        }

        operations.RemoveBuilds();
        if (plan.Operations.OfType<BuildImage>().Any(run.HadStarted) && await RemoveLeftoversAsync(cancellationToken) is { } leftover)
        {
            undone.Add(leftover);
        }

        return undone;
    }

    private IEnumerable<Operation> Started => plan.Operations.Reverse().Where(run.HadStarted);

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

    private async Task<Step?> LookAsync(Operation operation, CancellationToken cancellationToken) => operation switch
    {
        CreateDraft => await LookAtDraftAsync(cancellationToken),
        WriteManifest => LookAtFile(plan.ManifestPath, plan.Manifest),
        WriteLock => await LookAtLockAsync(cancellationToken),
        PushImage { Image: var image } => await LookAtPushAsync(plan.Builds.Single(build => build.Reference.Name.Text == image).Reference, cancellationToken),
        ReserveName => new Step($"the name on {plan.Reservation!.Remote}", null, async cancellation =>
            await workspace.Git.FreeAsync(plan.Name, plan.Reservation, cancellation) ? null : "another run has reserved it"),
        _ => null,
    };

    private async Task<Step?> LookAtDraftAsync(CancellationToken cancellationToken)
    {
        if (await FindDraftAsync(cancellationToken) is not { } draft)
        {
            return null;
        }

        var isOurs = draft.FindAsset(plan.Draft!.ManifestAsset) is not null
            && (await workspace.Publisher.FetchAssetAsync(draft, plan.Draft.ManifestAsset, Adapters.Manifests.ManifestFolder.SizeLimit, cancellationToken)).AsSpan().SequenceEqual(plan.Manifest);
        return new Step($"draft {plan.Tag}", isOurs ? null : "its manifest is not the one of this run", async cancellation =>
        {
            await workspace.Publisher.DeleteDraftAsync(draft, cancellation);
            return null;
        });
    }

    private async Task<Step?> LookAtLockAsync(CancellationToken cancellationToken)
    {
        if (!File.Exists(workspace.PathOf(plan.LockPath)))
        {
            return null;
        }

        try
        {
            return LookAtFile(plan.LockPath, await operations.LockAsync(cancellationToken));
        }
        catch (GraftException missing) when (missing.Kind == FailureKind.Outside)
        {
            return new Step(Shown(plan.LockPath), $"it cannot be told whether it is as this run wrote it: {missing.Message}", _ => Task.FromResult<string?>(null));
        }
    }

    private Step? LookAtFile(string relative, ReadOnlySpan<byte> written)
    {
        var path = workspace.PathOf(relative);
        if (!File.Exists(path))
        {
            return null;
        }

        return new Step(Shown(relative), written.SequenceEqual(File.ReadAllBytes(path)) ? null : "it was changed since", _ =>
        {
            File.Delete(path);
            return Task.FromResult<string?>(null);
        });
    }

    private async Task<Step?> LookAtPushAsync(ImageReference reference, CancellationToken cancellationToken)
    {
        if (await workspace.Images.Own.FindAsync(reference, cancellationToken) is not { } image)
        {
            return null;
        }

        var digest = image.Descriptor.Digest;
        var name = reference.Name.Text;
        // A push that was cut off did not come to say what it pushed; its build did.
        var isOurs = new[] { PushImage.IdOf(name), BuildImage.IdOf(name) }.Any(operation => run.FindResult(operation) == digest.ToString());
        return new Step($"image {reference}", isOurs ? null : "it is not the one that this run built", async cancellation =>
            await workspace.Images.Own.TryRemoveTagAsync(reference, digest, cancellation) ? null : $"a tag in '{plan.Registry}' is not taken back: it may have been pulled");
    }

    private string Shown(string relative) => DisplayPath.Of(workspace.PathOf(relative));

    /// <summary>Something that is there: what, why it has to stay (or null), and its undoing, which may find a reason too.</summary>
    private sealed record Step(string What, string? LeftBecause, Func<CancellationToken, Task<string?>> Undo);
}

/// <summary>One thing that a run had made: removed, or left for a reason.</summary>
internal sealed record Undone(string What, string? LeftBecause);

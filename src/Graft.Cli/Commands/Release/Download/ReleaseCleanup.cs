using Graft.Adapters.Files;
using Graft.Adapters.Journal;
using Graft.Core.Failures;
using Graft.Core.Releases;

namespace Graft.Cli.Commands.Release.Download;

/// <summary>Removes local manifests that the publisher no longer has, with their locks and notes, after asking.</summary>
internal sealed class ReleaseCleanup(Session session, Workspace workspace)
{
    /// <summary>The releases that were removed.</summary>
    public async Task<IReadOnlyList<ReleaseName>> RunAsync(PublishedReleases published, DownloadChoice choice)
    {
        var gone = DownloadPlan.FindGone(ListRemovable(), published, workspace.Product.NameOf, choice);
        if (gone.Count == 0)
        {
            session.Screen.Say("nothing to clean up");
            return [];
        }

        session.Screen.Say("no longer on the publisher:");
        foreach (var name in gone)
        {
            session.Screen.Say($"  {DisplayPath.Of(workspace.Manifests.PathOf(name))}");
        }

        if (!session.Options.Yes && !await session.Prompts.ConfirmAsync($"remove {(gone.Count == 1 ? "it" : $"these {gone.Count}")}?", byDefault: false, session.Cancellation))
        {
            session.Screen.Say("none was removed");
            return [];
        }

        foreach (var name in gone)
        {
            Remove(name);
        }

        session.Screen.Say($"{gone.Count} removed");
        return gone;
    }

    // A file under its release's own name, as download writes them. A release that a run made here and that was never to be published is nowhere else, nor is one whose run
    // is not at its end.
    private IEnumerable<ReleaseName> ListRemovable()
    {
        var runs = workspace.Runs.ListAll();
        var made = runs.Runs.Where(run => run.State is RunState.Running or RunState.Interrupted || run is { State: RunState.Finished, HasDraft: false }).Select(run => run.Name).Concat(runs.Unreadable.Select(run => run.Name)).ToHashSet();
        return workspace.Manifests.ReadAll().Releases
            .Where(release => !made.Contains(release.Header.Name) && release.Path == workspace.Manifests.PathOf(release.Header.Name))
            .Select(release => release.Header.Name);
    }

    // The manifest goes last: as long as it is there, what is left of the release is found again.
    private void Remove(ReleaseName name)
    {
        foreach (var path in new[] { ReleaseLock.FileOf(name), $"{name}.notes.md", $"{name}.yaml" }.Select(file => ContainedPath.Combine(workspace.Manifests.Path, file)).ToList())
        {
            try
            {
                File.Delete(path);
            }
            catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
            {
                throw GraftException.Outside($"cannot remove '{DisplayPath.Of(path)}': {FileProblem.Reason(problem, path)}", inner: problem);
            }
        }
    }
}

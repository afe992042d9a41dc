using Graft.Adapters.Files;
using Graft.Cli.Terminal;
using Graft.Core.Failures;
using Graft.Core.Releases;

namespace Graft.Cli.Commands.Release.Download;

/// <summary>
/// Fetches manifests, locks and notes into the folder of releases, byte for byte and side by side. What is there and differs is reported, not overwritten; what is not a
/// release is left out, and keeps no other away.
/// </summary>
internal sealed class ReleaseDownload(Session session, DownloadOptions options)
{
    private const int AtOnce = 16;

    public async Task<int> RunAsync()
    {
        if (options.CleansUp && !session.Options.Yes && (!Screen.CanAsk || session.Screen.Json))
        {
            throw GraftException.Usage("`--cleanup` wants a confirmation", "pass `--yes`");
        }

        var workspace = await session.Composition.OpenAsync(session.Options, session.Screen, session.Cancellation);
        Directory.CreateDirectory(workspace.Manifests.Path);
        var published = await LongWait.SayingAsync(
            workspace.Publisher.ListAsync(session.Cancellation), session.Composition.Clock, () => session.Screen.Say($"waiting for the list of releases in {workspace.Product.Publisher}"));
        var plan = DownloadPlan.Of(published, workspace.Product.NameOf, options.Choice);
        var fetched = await FetchAsync(workspace, plan);
        foreach (var release in fetched.Where(release => release.Reason is not null))
        {
            session.Screen.Warn(release.Reason!);
        }

        foreach (var release in fetched.Where(release => release.State == FetchState.Fetched))
        {
            session.Screen.Detail($"fetched {release.Name}");
        }

        // Before anybody is asked about the clean-up: it is done, whatever the answer.
        int Count(FetchState state) => fetched.Count(release => release.State == state);
        session.Screen.Say($"{Releases(Count(FetchState.Fetched))} fetched, {Count(FetchState.Same)} already here{(Count(FetchState.Differs) is > 0 and var differing ? $", {differing} left as {(differing == 1 ? "it is" : "they are")}" : "")}");
        IReadOnlyList<ReleaseName> removed = options.CleansUp ? await new ReleaseCleanup(session, workspace).RunAsync(published, options.Choice) : [];
        if (session.Screen.Json)
        {
            session.Screen.Data(Document(fetched, removed));
        }

        return Count(FetchState.LeftOut) > 0 ? (int)FailureKind.Input : 0;
    }

    private async Task<IReadOnlyList<FetchedRelease>> FetchAsync(Workspace workspace, DownloadPlan plan)
    {
        using var batch = new FileBatch(workspace.Manifests.Path);
        var fetch = new ReleaseFetch(workspace, batch, options.Force);
        var results = new FetchedRelease[plan.Releases.Count];
        var done = 0;
        await new Progress(session.Screen).CountAsync("releases", results.Length, session.Composition.Clock, async progress =>
        {
            await Parallel.ForAsync(0, results.Length, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = session.Cancellation }, async (index, cancellation) =>
            {
                results[index] = await fetch.RunAsync(plan.Releases[index], cancellation);
                progress.Report(Interlocked.Increment(ref done));
            });
            return done;
        });
        return [.. plan.LeftOut.Select(release => new FetchedRelease(release.Tag, FetchState.LeftOut, ReleaseFetch.LeftOut(release.Reason))), .. results];
    }

    private static string Releases(int count) => count == 1 ? "1 release" : $"{count} releases";

    private static byte[] Document(IReadOnlyList<FetchedRelease> fetched, IReadOnlyList<ReleaseName> removed) => JsonDocuments.Write(writer =>
    {
        writer.WriteStartObject();
        foreach (var (title, state) in new[] { ("fetched", FetchState.Fetched), ("differing", FetchState.Differs), ("refused", FetchState.LeftOut) })
        {
            writer.WriteStartArray(title);
            foreach (var release in fetched.Where(release => release.State == state))
            {
                writer.WriteStringValue(release.Name);
            }

            writer.WriteEndArray();
        }

        writer.WriteStartArray("removed");
        foreach (var name in removed)
        {
            writer.WriteStringValue(name.ToString());
        }

        writer.WriteEndArray();
        writer.WriteNumber("unchanged", fetched.Count(release => release.State == FetchState.Same));
        writer.WriteEndObject();
    });
}

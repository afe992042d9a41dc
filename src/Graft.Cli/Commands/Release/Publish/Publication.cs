using Graft.Adapters.Manifests;
using Graft.Cli.Terminal;
using Graft.Core.Failures;
using Graft.Core.Releases;

namespace Graft.Cli.Commands.Release.Publish;

/// <summary>Publishes a draft: gather, plan, show, confirm, apply. Doing it again does only what is missing.</summary>
internal sealed class Publication(Session session, string named, bool isDryRun)
{
    public async Task<int> RunAsync()
    {
        var workspace = await session.Composition.OpenAsync(session.Options, session.Screen, session.Cancellation);
        var manifest = workspace.Manifests.Get(named, workspace.Product.TagOf);
        var tag = workspace.Product.TagOf(manifest.Name);
        var release = await workspace.Publisher.FindAsync(tag, session.Cancellation)
            ?? throw GraftException.Input($"the publisher has no release '{tag}'", "`graft hotfix generate` makes a draft (unless with `--no-draft`)");
        await CheckManifestAsync(workspace, manifest, release);
        if (await workspace.Git.FindCommitAsync(manifest.Commit.ToString(), session.Cancellation) is null)
        {
            throw GraftException.Input($"commit {manifest.Commit.Short} of '{manifest.Name}' is not here", $"`git fetch {workspace.Product.Remote}`");
        }

        var remote = await LongWait.SayingAsync(
            workspace.Git.ListRemoteAsync(workspace.Product.Remote, session.Cancellation),
            session.Composition.Clock,
            () => session.Screen.Say($"waiting for '{workspace.Product.Remote}' to answer"));
        if (remote.Unreachable is { } reason)
        {
            throw GraftException.Outside($"'{workspace.Product.Remote}' was not reached: {reason}", $"see that `git ls-remote {ShellWord.Quote(workspace.Product.Remote)}` works");
        }

        var local = await workspace.Git.FindTagAsync(tag, session.Cancellation);
        var plan = PublishPlan.For(manifest, release, local, remote.Tags.GetValueOrDefault(tag));
        ShowPlan(plan, workspace);
        if (isDryRun || plan.Steps.Count == 0)
        {
            return Finish(plan, release, workspace);
        }

        if (!session.Options.Yes && !await ConfirmAsync(plan))
        {
            session.Screen.Say("nothing was changed");
            return 0;
        }

        return Finish(plan, await ApplyOrSayHowToGoOnAsync(plan, release, workspace), workspace);
    }

    private async Task CheckManifestAsync(Workspace workspace, Manifest manifest, PublishedRelease release)
    {
        var asset = PublishedManifest.AssetOf(release, manifest.Name)
            ?? throw GraftException.Input($"release '{release.Tag}' has no manifest on the publisher");
        var published = await workspace.Publisher.FetchAssetAsync(release, asset, ManifestFolder.SizeLimit, session.Cancellation);
        if (!manifest.Bytes.Span.SequenceEqual(published))
        {
            throw GraftException.Input(
                $"'{manifest.File}' is not what release '{release.Tag}' has on the publisher",
                "`graft release download --include-drafts --force` takes the publisher's");
        }
    }

    private void ShowPlan(PublishPlan plan, Workspace workspace)
    {
        session.Screen.Say(plan.Steps.Count == 0 ? $"'{plan.Name}' is published already" : $"publish {plan.Name}");
        foreach (var step in plan.Steps)
        {
            session.Screen.Say("  " + Words(step, plan, workspace));
        }
    }

    private static string Words(PublishStep step, PublishPlan plan, Workspace workspace) => step switch
    {
        PublishStep.CreateTag => $"make the annotated tag {plan.Tag} at {plan.Commit.Short}",
        PublishStep.PushTag => $"push it to {workspace.Product.Remote}",
        _ => $"make the draft in {workspace.Product.Publisher} a release",
    };

    private Task<bool> ConfirmAsync(PublishPlan plan) =>
        Screen.CanAsk && !session.Screen.Json
            ? session.Prompts.ConfirmAsync($"publish {plan.Name}?", byDefault: false, session.Cancellation)
            : throw GraftException.Usage($"publishing '{plan.Name}' wants a confirmation", "pass `--yes`");

    private async Task<PublishedRelease> ApplyOrSayHowToGoOnAsync(PublishPlan plan, PublishedRelease release, Workspace workspace)
    {
        try
        {
            return await ApplyAsync(plan, release, workspace);
        }
        catch (Exception exception) when (exception is OperationCanceledException || (exception is GraftException && session.Cancellation.IsCancellationRequested))
        {
            // Ctrl-C reaches git too; what it says of that is not the reason.
            throw new GraftException(
                FailureKind.Interrupted, $"interrupted while publishing '{plan.Name}'", $"carry on with `{session.Options.Program} release publish {plan.Name}`", exception);
        }
    }

    private async Task<PublishedRelease> ApplyAsync(PublishPlan plan, PublishedRelease release, Workspace workspace)
    {
        foreach (var step in plan.Steps)
        {
            switch (step)
            {
                case PublishStep.CreateTag:
                    await workspace.Git.CreateTagAsync(plan.Tag, plan.Commit, $"Release {plan.Name}", session.Cancellation);
                    break;
                case PublishStep.PushTag:
                    await LongWait.SayingAsync(
                        workspace.Git.PushTagAsync(workspace.Product.Remote, plan.Tag, session.Cancellation),
                        session.Composition.Clock,
                        () => session.Screen.Say($"waiting for '{workspace.Product.Remote}' to take the tag"));
                    break;
                default:
                    release = await workspace.Publisher.PublishAsync(release, isNewest: false, session.Cancellation);
                    break;
            }
        }

        return release;
    }

    private int Finish(PublishPlan plan, PublishedRelease release, Workspace workspace)
    {
        if (session.Screen.Json)
        {
            session.Screen.Data(JsonDocuments.Write(writer =>
            {
                writer.WriteStartObject();
                writer.WriteString("release", plan.Name.ToString());
                writer.WriteString("tag", plan.Tag);
                writer.WriteString("commit", plan.Commit.ToString());
                writer.WriteString("url", DisplayPath.Of(release.Url));
                writer.WriteBoolean("draft", release.IsDraft);
                writer.WriteBoolean("dryRun", isDryRun);
                writer.WriteEndObject();
            }));
        }
        else if (!isDryRun && plan.Steps.Count > 0)
        {
            session.Screen.Say($"{plan.Name} is published: {DisplayPath.Of(release.Url)}");
        }

        return 0;
    }
}

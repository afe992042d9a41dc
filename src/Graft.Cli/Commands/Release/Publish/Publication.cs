using Graft.Adapters.Git;
using Graft.Cli.Failures;
using Graft.Cli.Hotfixes;
using Graft.Cli.Terminal;
using Graft.Core.Failures;
using Graft.Core.Hotfixes.Guards;
using Graft.Core.Releases;

namespace Graft.Cli.Commands.Release.Publish;

/// <summary>Publishes a draft: gather, plan, show, confirm, apply. Doing it again does only what is missing.</summary>
internal sealed class Publication(Session session, PublishOptions options)
{
    private IReadOnlyList<GuardFinding> guards = [];

    public async Task<int> RunAsync()
    {
        AllowedGuards.Check(options.Allow);
        var workspace = await session.Composition.OpenAsync(session.Options, session.Screen, session.Cancellation);
        var manifest = workspace.Manifests.Get(options.Release, workspace.Product.TagOf);
        var tag = workspace.Product.TagOf(manifest.Name);
        var release = await workspace.Publisher.FindAsync(tag, session.Cancellation)
            ?? throw GraftException.Input($"the publisher has no release '{tag}'", "`graft hotfix generate` makes a draft (unless with `--no-draft`)");
        var check = new PublicationCheck(session, workspace, manifest, release);
        await check.CheckFilesAsync();
        check.CheckChanges();
        var remote = await ListRemoteAsync(workspace);
        var plan = PublishPlan.For(manifest, release, await workspace.Git.FindTagAsync(tag, session.Cancellation), remote.Tags.GetValueOrDefault(tag));
        if (plan.Steps.Count > 0)
        {
            RequireAnswer(plan);
            await CheckAsync(plan, check, remote, workspace);
        }

        ShowPlan(plan, workspace);
        if (options.DryRun || plan.Steps.Count == 0)
        {
            return Finish(plan, release, workspace);
        }

        if (!session.Options.Yes && !await session.Prompts.ConfirmAsync($"publish {plan.Name}?", byDefault: false, session.Cancellation))
        {
            session.Screen.Say("nothing was changed");
            return 0;
        }

        return Finish(plan, await ApplyOrSayHowToGoOnAsync(plan, release, workspace), workspace);
    }

    // The cheap questions first: a registry is asked only about what may be published as far as one knows.
    private async Task CheckAsync(PublishPlan plan, PublicationCheck check, RemoteRefs remote, Workspace workspace)
    {
        if (await workspace.Git.FindCommitAsync(plan.Commit.ToString(), session.Cancellation) is null)
        {
            throw GraftException.Input($"commit {plan.Commit.Short} of '{plan.Name}' is not here", $"`git fetch {workspace.Product.Remote}`");
        }

        guards = await check.AskGuardsAsync(await workspace.Publisher.ListAsync(session.Cancellation), remote, options.Allow);
        if (guards.Count(finding => finding.Refuses) is > 0 and var refusals)
        {
            throw new GuardsRefusedException(
                $"cannot publish '{plan.Name}': {refusals} {(refusals == 1 ? "finding refuses" : "findings refuse")}",
                $"mend that, or pass `--allow {GuardNames.NewerHotfix}`",
                guards);
        }

        await check.CheckReferencesAsync();
    }

    private async Task<RemoteRefs> ListRemoteAsync(Workspace workspace)
    {
        var remote = await LongWait.SayingAsync(
            workspace.Git.ListRemoteAsync(workspace.Product.Remote, session.Cancellation),
            session.Composition.Clock,
            () => session.Screen.Say($"waiting for '{workspace.Product.Remote}' to answer"));
        return remote.Unreachable is { } reason
            ? throw GraftException.Outside($"'{workspace.Product.Remote}' was not reached: {reason}", $"see that `git ls-remote {ShellWord.Quote(workspace.Product.Remote)}` works")
            : remote;
    }

    private void ShowPlan(PublishPlan plan, Workspace workspace)
    {
        session.Screen.Say(plan.Steps.Count == 0 ? $"'{plan.Name}' is published already" : $"publish {plan.Name}");
        foreach (var step in plan.Steps)
        {
            session.Screen.Say("  " + Words(step, plan, workspace));
        }

        GuardReport.Show(guards, session.Screen);
    }

    private static string Words(PublishStep step, PublishPlan plan, Workspace workspace) => step switch
    {
        PublishStep.CreateTag => $"make the annotated tag {plan.Tag} at {plan.Commit.Short}",
        PublishStep.PushTag => $"push it to {workspace.Product.Remote}",
        _ => $"make the draft in {workspace.Product.Publisher} a release",
    };

    // Before all the looking: it would be in vain.
    private void RequireAnswer(PublishPlan plan)
    {
        if (!options.DryRun && !session.Options.Yes && (!Screen.CanAsk || session.Screen.Json))
        {
            throw GraftException.Usage($"publishing '{plan.Name}' wants a confirmation", "pass `--yes`");
        }
    }

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
                FailureKind.Interrupted, $"interrupted while publishing '{plan.Name}'", $"carry on with `{session.Options.Program} release publish {plan.Name}{(session.Options.Offline ? " --offline" : "")}{(options.Allow.Count > 0 ? $" --allow {string.Join(' ', options.Allow)}" : "")}`", exception);
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
                    release = await workspace.Publisher.PublishAsync(release, session.Cancellation);
                    break;
            }
        }

        await CheckTagAsync(plan, workspace);
        return release;
    }

    // A hook of the remote, or somebody else in the same moment, may have put it elsewhere.
    private async Task CheckTagAsync(PublishPlan plan, Workspace workspace)
    {
        var landed = (await ListRemoteAsync(workspace)).Tags.GetValueOrDefault(plan.Tag);
        if (landed != plan.Commit)
        {
            throw new GraftException(
                FailureKind.Guard,
                landed is null
                    ? $"'{plan.Name}' is published, but '{workspace.Product.Remote}' has no tag '{plan.Tag}'"
                    : $"'{plan.Name}' is published, but its tag '{plan.Tag}' is at {landed.Short} on '{workspace.Product.Remote}' and not at {plan.Commit.Short}",
                "find out who moved it before anybody installs the release");
        }
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
                writer.WriteBoolean("dryRun", options.DryRun);
                GuardReport.Write(writer, guards);
                writer.WriteEndObject();
            }));
        }
        else if (!options.DryRun && plan.Steps.Count > 0)
        {
            session.Screen.Say($"{plan.Name} is published: {DisplayPath.Of(release.Url)}");
        }

        return 0;
    }
}

using Graft.Adapters.Git;
using Graft.Cli.Failures;
using Graft.Cli.Hotfixes;
using Graft.Cli.Terminal;
using Graft.Core.Failures;
using Graft.Core.Hotfixes.Guards;
using Graft.Core.Releases;

namespace Graft.Cli.Commands.Hotfix.Start;

/// <summary>Branches from a release's tag: gather, plan, show, apply.</summary>
internal sealed class HotfixStart(Session session, StartOptions options)
{
    private const int MostTagsNamed = 5;

    public async Task<int> RunAsync()
    {
        var asks = Screen.CanAsk && !session.Screen.Json;
        if (!asks && (options.Branch is null || options.Release is null))
        {
            throw options.Branch is null
                ? GraftException.Usage("no branch is named", "name it: `graft hotfix start BRANCH --release R`")
                : GraftException.Usage("no release is named", "pass `--release R`; `graft release list` shows them");
        }

        var workspace = await session.Composition.OpenAsync(session.Options, session.Screen, session.Cancellation);
        var named = options.Branch is null ? null : await workspace.Git.CheckBranchNameAsync(options.Branch, session.Cancellation);
        var folder = PrepareWorktree();
        var status = folder is null ? workspace.Git.ReadStatusAsync(session.Cancellation) : Task.FromResult<IReadOnlyList<ChangedPath>>([]);
        var facts = await StartFacts.GatherAsync(session, workspace);
        if (named is not null && facts.Refuse(named, workspace.Product.Remote) is { } refused)
        {
            throw refused;
        }

        var questions = new StartQuestions(session, workspace, facts);
        var release = options.Release ?? await questions.ChooseReleaseAsync();
        var plan = await PlanAsync(workspace, facts, release, named ?? await questions.AskBranchAsync(), folder, status);
        if (!session.Screen.Json)
        {
            StartText.ShowPlan(plan, workspace, session.Screen);
        }

        if (!options.DryRun)
        {
            await ApplyAsync(workspace, plan);
        }

        if (session.Screen.Json)
        {
            session.Screen.Data(StartText.Document(plan, options.DryRun));
        }
        else if (!options.DryRun)
        {
            StartText.ShowNext(plan, workspace, session.Options, session.Screen);
        }

        return 0;
    }

    private async Task<StartPlan> PlanAsync(Workspace workspace, StartFacts facts, string release, string branch, string? folder, Task<IReadOnlyList<ChangedPath>> status)
    {
        var product = workspace.Product;
        var name = ReleaseName.TryParse(release, out var parsed) ? parsed : product.NameOf(release) ?? throw NoRelease(workspace, facts, release);
        var tag = product.TagOf(name);
        var commit = await FindTagAsync(workspace, facts, name);
        var manifest = workspace.Manifests.ReadAll().Releases.FirstOrDefault(local => local.Header.Name == name);
        GuardFinding?[] findings =
        [
            WorktreeGuard.Check([.. (await status).Select(changed => changed.Path)], folder is null ? workspace.Git.FindUnfinished() : null, "commit or stash them, or start in a folder of its own: `--worktree FOLDER`"),
            BaseTagGuard.Check(new BaseTag(tag, name.ToString(), commit, manifest?.Header.Commit, facts.Remote.Tags.GetValueOrDefault(tag), product.Remote)),
        ];
        var refusals = findings.OfType<GuardFinding>().ToList();
        if (refusals.Count > 0)
        {
            throw new GuardsRefusedException($"cannot start a hotfix of '{name}': {refusals.Count} {(refusals.Count == 1 ? "guard refuses" : "guards refuse")}", null, refusals);
        }

        if (facts.Remote.Unreachable is { } reason)
        {
            session.Screen.Warn($"'{product.Remote}' was not reached ({reason}); the tag that is here is used");
        }

        if (facts.Moved is { Count: > 0 } moved)
        {
            session.Screen.Warn($"{string.Join(", ", moved.Take(MostTagsNamed).Select(one => $"tag '{one}' is at {facts.Tags[one].Short} here, at {facts.Remote.Tags[one].Short} on '{product.Remote}'"))}{(moved.Count > MostTagsNamed ? $" and {moved.Count - MostTagsNamed} more" : "")}; what is here stays");
        }

        return new StartPlan(branch, name, tag, commit, folder, Fetches: facts.Remote.Unreachable is null) { Manifest = manifest?.Path, MovedTags = facts.Moved };
    }

    private async Task<CommitId> FindTagAsync(Workspace workspace, StartFacts facts, ReleaseName release)
    {
        var tag = workspace.Product.TagOf(release);
        // Resolved by its whole name: a branch of the same name is not meant.
        return await workspace.Git.FindTagAsync(tag, session.Cancellation)
            ?? (facts.Tags.ContainsKey(tag) || await workspace.Git.HasTagAsync(tag, session.Cancellation) ? throw await MissingTag.OfAsync(workspace, release, session.Cancellation)
            : facts.Remote.Tags.GetValueOrDefault(tag)
            ?? throw (facts.Remote.Unreachable is { } reason
                ? GraftException.Outside($"tag '{tag}' of release '{release}' is not here, and '{workspace.Product.Remote}' was not reached: {reason}", $"see that `git ls-remote {workspace.Product.Remote}` works")
                : MissingTag.Anywhere(workspace, release, facts.Tags.Keys.Concat(facts.Remote.Tags.Keys))));
    }

    private static GraftException NoRelease(Workspace workspace, StartFacts facts, string text)
    {
        var known = facts.Tags.Keys.Concat(facts.Remote.Tags.Keys).Select(workspace.Product.NameOf).OfType<ReleaseName>().Select(name => name.ToString());
        return GraftException.Input($"'{text}' is not a release name", Nearest.To(text, known) is { } near ? $"did you mean `{near}`?" : "a release is named `MAJOR.MINOR.yyyyMMddHHmm` (UTC) or `pre-TICKET`");
    }

    private string? PrepareWorktree()
    {
        if (options.Worktree is null)
        {
            return null;
        }

        var folder = options.Worktree.Length == 0 ? throw GraftException.Usage("`--worktree` names no folder") : session.Options.PathOf(options.Worktree);
        return File.Exists(folder) || (Directory.Exists(folder) && Directory.EnumerateFileSystemEntries(folder).Any())
            ? throw GraftException.Input($"'{options.Worktree}' is not an empty folder", "name one that is empty or not there yet")
            : folder;
    }

    private async Task ApplyAsync(Workspace workspace, StartPlan plan)
    {
        var git = workspace.Git;
        if (plan.Fetches)
        {
            var complaint = await LongWait.SayingAsync(git.FetchAllAsync(session.Cancellation), session.Composition.Clock, () => session.Screen.Say("fetching branches and tags"));
            var tagged = await git.FindTagAsync(plan.Tag, session.Cancellation);
            if (tagged != plan.Commit)
            {
                throw tagged is null
                    ? GraftException.Outside($"tag '{plan.Tag}' was not fetched{(complaint is null ? "" : $": {complaint}")}", "see that `git fetch --all --tags` works")
                    : GraftException.Outside($"tag '{plan.Tag}' went from {plan.Commit.Short} to {tagged.Short} meanwhile", "somebody moved it; find out which one is live before going on");
            }

            if (complaint is not null)
            {
                session.Screen.Warn($"not everything was fetched: {complaint}");
            }
        }

        var words = plan.Worktree is { } folder
            ? await git.StartWorktreeAsync(folder, plan.Branch, plan.Commit, session.Cancellation)
            : await git.StartBranchAsync(plan.Branch, plan.Commit, session.Cancellation);
        if (words is not null)
        {
            session.Screen.Warn($"branch '{plan.Branch}' is made, but a hook complained: {words}");
        }
    }
}

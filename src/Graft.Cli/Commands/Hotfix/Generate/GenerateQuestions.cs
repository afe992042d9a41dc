using Graft.Cli.Hotfixes;
using Graft.Cli.Reviews;
using Graft.Cli.Terminal;
using Graft.Core.Failures;
using Graft.Core.Hotfixes;
using Graft.Core.Releases;

namespace Graft.Cli.Commands.Hotfix.Generate;

/// <summary>Asks a person for what the command line left open, in the order of the work.</summary>
internal sealed class GenerateQuestions(Session session, Workspace workspace, GenerateOptions options)
{
    /// <summary>Shows where the branch stands, and asks whether to go on from there.</summary>
    public async Task<bool> ConfirmStatusAsync()
    {
        var changed = await workspace.Git.ReadStatusAsync(session.Cancellation);
        var state = changed.Count == 0 ? "nothing to commit" : $"{changed.Count} modified";
        session.Screen.Say($"on {(workspace.Git.Branch is { } branch ? $"branch {branch}" : "no branch")} at {workspace.Git.Head.Short}, {state}");
        foreach (var path in changed.Take(20))
        {
            session.Screen.Say($"  {Printable.Line(path.Path)}");
        }

        await ShowChangesAsync();

        return session.Options.Yes || await session.Prompts.ConfirmAsync("cut the hotfix from here?", byDefault: true, session.Cancellation);
    }

    // What is wrong with the release that is named, or that there is none below HEAD, is said where it is chosen.
    private async Task ShowChangesAsync()
    {
        try
        {
            var @base = await new ComparedBase(workspace).FindAsync(options.Release, session.Cancellation);
            var changes = workspace.Git.ReadChangesAsync(@base.Commit, workspace.Git.Head, session.Cancellation);
            var review = await new BranchQuestion(workspace.Git, workspace.Product).AskAsync(@base.Commit, changes, session.Cancellation);
            foreach (var line in ReviewText.Brief(review, @base.ToString()))
            {
                session.Screen.Say(Printable.Line(line));
            }
        }
        catch (GraftException problem) when (problem.Kind == FailureKind.Input)
        {
            session.Screen.Detail(problem.Message);
        }
    }

    /// <summary>Asks which release is fixed: newest first, without drafts and pre-releases.</summary>
    public async Task<Manifest> ChooseReleaseAsync()
    {
        var all = workspace.Manifests.ReadAll();
        var drafts = (await workspace.Publisher.ListAsync(session.Cancellation)).Releases.Where(release => release.IsDraft).Select(release => release.Tag).ToHashSet(StringComparer.Ordinal);
        var choices = all.Releases.Where(release => !release.Header.Name.IsPreRelease && !drafts.Contains(workspace.Product.TagOf(release.Header.Name))).ToList();
        if (choices.Count == 0)
        {
            throw GraftException.Input(
                $"there is no release in '{DisplayPath.Of(workspace.Manifests.Path)}' to fix",
                "fetch manifests with `graft release download`, or put one there by hand; a draft or a pre-release is named with `--release`");
        }

        var chosen = await session.Prompts.ChooseAsync(
            "which release is fixed?",
            choices,
            release => release.Header.Of is { } of ? $"{release.Header.Name}  (hotfix of {of})" : release.Header.Name.ToString(),
            session.Cancellation);
        session.Screen.Say($"release {chosen.Header.Name}");
        return workspace.Manifests.Read(chosen.Path);
    }

    /// <summary>Asks what to build and what to change, unless the command line said it.</summary>
    public async Task<HotfixRequest> CompleteAsync(HotfixRequest request, HotfixFacts facts)
    {
        if (!GenerateRequest.IsOpen(options))
        {
            return request;
        }

        var entries = facts.Base.Entries.DistinctBy(entry => entry.Reference).ToList();
        if (!options.BuildNone)
        {
            var buildable = entries.Where(entry => facts.Sources.Any(source => source.Image == entry.Image)).ToList();
            var affected = facts.Affected.Affected.Select(image => image.Source.Image).ToHashSet();
            var builds = await session.Prompts.ChooseManyAsync(
                "which images are built?",
                buildable,
                entry => affected.Contains(entry.Image) ? $"{Line(entry)}  (affected)" : Line(entry),
                entry => affected.Contains(entry.Image),
                session.Cancellation);
            session.Screen.Say(builds.Count == 0 ? "no image is built" : $"build {string.Join(", ", builds.Select(entry => entry.Image.Text))}");
            request = request with { Build = [.. builds.Select(Choice)] };
        }

        var others = entries.Where(entry => !request.Build.Contains(Choice(entry))).ToList();
        var chosen = await session.Prompts.ChooseManyAsync("which other images change version?", others, Line, _ => false, session.Cancellation);
        return request with { Changes = await new VersionQuestions(session, workspace, facts, options.Allow).AskAsync(chosen) };
    }

    private static string Line(ManifestEntry entry) => entry.Reference.ToString();

    private static EntryChoice Choice(ManifestEntry entry) => new(entry.Image, entry.Version);
}

using Graft.Adapters.Files;
using Graft.Adapters.Git;
using Graft.Adapters.Journal;
using Graft.Cli.Reviews;
using Graft.Cli.Terminal;
using Graft.Core.Affected;
using Graft.Core.Failures;
using Graft.Core.Hotfixes;
using Graft.Core.Hotfixes.Notes;
using Graft.Core.Images;
using Graft.Core.Products;
using Graft.Core.Releases;

namespace Graft.Cli.Hotfixes;

/// <summary>Asks git, the publisher and the stores what the planner needs to know: side by side, and a constant number of git processes.</summary>
internal sealed class HotfixGatherer(Workspace workspace, Composition composition, Screen screen)
{
    private const long VersionFileLimit = 1024 * 1024;

    /// <summary>
    /// The facts about the branch and the base, which is read while git works. What the worktree looks like comes last, with
    /// <see cref="CompleteAsync"/>. A base whose tag is not here is an input failure.
    /// </summary>
    public async Task<HotfixFacts> GatherAsync(Func<Manifest> readBase, CancellationToken cancellationToken)
    {
        var git = workspace.Git;
        var product = workspace.Product;
        var tree = git.ListTreeAsync(git.Head, cancellationToken);
        var readTags = git.ReadTagsAsync(cancellationToken);
        var push = LongWait.SayingAsync(
            new PushQuestion(git, product.Remote).AskAsync(cancellationToken), composition.Clock, () => screen.Say($"waiting for '{product.Remote}' to answer"));
        var published = workspace.Publisher.ListAsync(cancellationToken);
        var release = readBase();
        var tags = await readTags;
        var publisher = await published;
        var (releases, unreadable) = publisher;

        var tag = product.TagOf(release.Name);
        var publishedBase = releases.FirstOrDefault(candidate => candidate.Tag == tag);
        // A draft has no tag yet: a guard has more to say to that than that the tag is missing.
        var baseTag = tags.GetValueOrDefault(tag) ?? (publishedBase is { IsDraft: true } ? publishedBase.Commit : null)
            ?? throw await MissingTag.OfAsync(workspace, release.Name, cancellationToken);

        var changes = git.ReadChangesAsync(baseTag, git.Head, cancellationToken);
        var affected = new AffectedQuestion(workspace, product).AskAsync(changes, tree, cancellationToken);
        var commits = git.ReadMessagesAsync(baseTag, git.Head, HotfixNotes.MostCommits + 1, cancellationToken);
        var review = new BranchQuestion(git, product).AskAsync(baseTag, changes, cancellationToken);
        var descends = git.IsAncestorAsync(baseTag, git.Head, cancellationToken);
        var markers = FindMarkersAsync(baseTag, changes, cancellationToken);
        var local = workspace.Manifests.ReadAll();
        var newer = await new NewerHotfixQuestion(workspace, tags).AskAsync(release.Name, git.Head, local, publisher, cancellationToken);
        var (pushState, remoteTags) = await push;
        var runs = workspace.Runs.ListAll();
        return new HotfixFacts
        {
            Now = composition.Clock.GetUtcNow(),
            Run = Guid.NewGuid().ToString(),
            Product = product,
            Sources = [.. (await affected).Images.Select(image => image.Source)],
            Affected = await affected,
            Base = release,
            BaseLock = workspace.Manifests.ReadLock(release.Name),
            PublishedBase = publishedBase,
            Head = git.Head,
            Branch = git.Branch,
            DirtyPaths = [],
            Unfinished = git.FindUnfinished(),
            Push = pushState,
            BaseTag = baseTag,
            RemoteBaseTag = remoteTags.GetValueOrDefault(tag),
            DescendsFromBase = await descends,
            Commits = await commits,
            IsShallow = git.IsShallow,
            ConflictMarkers = [.. (await markers).Select(marker => $"{marker.Path}:{marker.Line}")],
            Review = await review,
            NewerHotfixes = newer,
            TakenNames = TakenNames(local.Releases.Select(file => file.Header.Name), tags.Keys.Concat(remoteTags.Keys), releases, runs),
            VersionFileSeries = ReadVersionFile(),
            Unreadable = [.. local.Unreadable, .. unreadable.Select(broken => broken.Reason), .. runs.Unreadable.Select(run => run.Reason)],
        };
    }

    /// <summary>The facts with the paths that are modified or staged: git looks at every file for them, so they are waited for as late as can be.</summary>
    public static async Task<HotfixFacts> CompleteAsync(HotfixFacts facts, Task<IReadOnlyList<ChangedPath>> status) =>
        facts with { DirtyPaths = [.. (await status).Select(changed => changed.Path)] };

    /// <summary>What the stores say: about the references, and about what the builds stand on. Also finds the first free name.</summary>
    public async Task<HotfixImages> LookAsync(HotfixRequest request, HotfixFacts facts, HotfixSelection selection, CancellationToken cancellationToken)
    {
        if (selection.Builds.Count > 0 && !workspace.Images.AsksOwn)
        {
            throw GraftException.Usage(
                $"'{selection.Builds[0].Source.Image}' cannot be built with `--offline`: it would be pushed to '{facts.Product.Registry}'",
                "leave `--offline` out, or change versions only");
        }

        var (name, takenBy) = await FindNameAsync(request, facts, selection, cancellationToken);
        var withSource = facts.Sources.Select(source => source.Image).ToHashSet();
        var changed = selection.ChangedReferences.ToHashSet();
        var references = changed.Concat(selection.Unchanged.Select(entry => entry.Reference)).Distinct();
        // Side by side; no registry gets more than a few questions at once.
        var states = await Task.WhenAll(references.Select(reference => workspace.Images.LookUpAsync(
            new ReferenceQuestion(reference, withSource.Contains(reference.Name))
            {
                MustBeThere = changed.Contains(reference),
                Locked = changed.Contains(reference) ? null : facts.BaseLock?.Find(reference.ToString()),
            },
            cancellationToken)));

        var before = new Dictionary<ImageReference, StoredImage>();
        foreach (var state in await Task.WhenAll(selection.Changes.Select(change => change.Entries[0].Reference).Distinct()
            .Where(reference => facts.BaseLock?.Find(reference.ToString()) is null)
            .Select(reference => workspace.Images.LookUpAsync(new ReferenceQuestion(reference, withSource.Contains(reference.Name)), cancellationToken))))
        {
            if (state.Image is { } image)
            {
                before[state.Reference] = image;
            }
        }

        var replaced = new Dictionary<ImageName, StoredImage>();
        foreach (var (build, found) in selection.Builds.Zip(await Task.WhenAll(selection.Builds.Select(build => workspace.Images.Own.FindAsync(build.Entries[0].Reference, cancellationToken)))))
        {
            if (found is { } image)
            {
                replaced[build.Source.Image] = image;
            }
        }

        var bases = await new BaseQuestion(workspace, composition.Builder(facts.Product.Build), facts, selection, name).AskAsync(replaced, cancellationToken);
        return new HotfixImages(name, takenBy, states, replaced, bases) { Before = before };
    }

    private async Task<IReadOnlyList<ConflictMarker>> FindMarkersAsync(CommitId from, Task<IReadOnlyList<FileChange>> changes, CancellationToken cancellationToken) =>
        await workspace.Git.FindConflictMarkersAsync(from, workspace.Git.Head, await changes, cancellationToken);

    private async Task<(ReleaseName Name, string? TakenBy)> FindNameAsync(
        HotfixRequest request, HotfixFacts facts, HotfixSelection selection, CancellationToken cancellationToken)
    {
        if (request.Name is { } asked)
        {
            HotfixNaming.Check(asked, facts);
            var use = facts.TakenNames.GetValueOrDefault(asked.ToString());
            return (asked, request.IsReplay ? use is { IsForGood: true } ? use.By : null : use?.By ?? await TakenImageAsync(asked, facts, selection, cancellationToken));
        }

        var name = HotfixNaming.NextFree(facts, facts.Now);
        while (await TakenImageAsync(name, facts, selection, cancellationToken) is not null)
        {
            name = HotfixNaming.NextFree(facts, name.Stamp!.Value.AddMinutes(1));
        }

        return (name, null);
    }

    private async Task<string?> TakenImageAsync(ReleaseName name, HotfixFacts facts, HotfixSelection selection, CancellationToken cancellationToken)
    {
        var references = selection.Builds.Select(build => HotfixPlanner.BuiltReference(build.Entries[0].Image, name, facts.Head)).ToList();
        var found = await Task.WhenAll(references.Select(reference => workspace.Images.Own.ResolveAsync(reference, cancellationToken)));
        return references.Where((_, index) => found[index] is not null).Select(reference => $"image '{reference}' exists").FirstOrDefault();
    }

    private Dictionary<string, NameUse> TakenNames(
        IEnumerable<ReleaseName> files, IEnumerable<string> tags, IReadOnlyList<PublishedRelease> releases, RunListing runs)
    {
        var taken = new Dictionary<string, NameUse>(StringComparer.Ordinal);
        void Take(ReleaseName? name, string by, bool isForGood = false)
        {
            if (name is not null)
            {
                taken.TryAdd(name.ToString(), new NameUse(by, isForGood));
            }
        }

        foreach (var tag in tags)
        {
            Take(workspace.Product.NameOf(tag), $"git tag '{tag}' exists", isForGood: true);
        }

        foreach (var release in releases)
        {
            Take(workspace.Product.NameOf(release.Tag), $"the publisher has a {(release.IsDraft ? "draft" : "release")} '{release.Tag}'", !release.IsDraft);
        }

        foreach (var name in files)
        {
            Take(name, $"'{DisplayPath.Of(workspace.Manifests.PathOf(name))}' exists");
        }

        foreach (var name in runs.Runs.Where(run => run.State != RunState.Abandoned).Select(run => run.Name).Concat(runs.Unreadable.Select(run => run.Name)))
        {
            Take(name, $"there is a run '{name}'");
        }

        return taken;
    }

    private ReleaseSeries? ReadVersionFile()
    {
        var path = workspace.PathOf(workspace.Product.VersionFile);
        return WholeFile.Find(path, DisplayPath.Of(path), VersionFileLimit) is { } bytes ? VersionFile.Read(bytes, DisplayPath.Of(path)) : null;
    }
}

using Graft.Core.Failures;
using Graft.Core.Hotfixes.Guards;
using Graft.Core.Hotfixes.Notes;
using Graft.Core.Images;
using Graft.Core.Products;
using Graft.Core.Releases;

namespace Graft.Core.Hotfixes;

/// <summary>A plan, the guards that fired over it, and what is worth saying besides.</summary>
public sealed record HotfixProposal(HotfixPlan Plan, IReadOnlyList<GuardFinding> Guards, IReadOnlyList<string> Warnings)
{
    /// <summary>The findings that keep the plan from being carried out.</summary>
    public IEnumerable<GuardFinding> Refusals => Guards.Where(finding => finding.Refuses);
}

/// <summary>Turns a request and facts into everything that a hotfix will do. Decides, and does nothing.</summary>
public static class HotfixPlanner
{
    /// <summary>The plan and the guards. What is malformed or ambiguous has been refused before, in <see cref="HotfixSelection.Of"/>.</summary>
    public static HotfixProposal Plan(HotfixRequest request, HotfixFacts facts, HotfixSelection selection, HotfixImages images)
    {
        var product = facts.Product;
        var builds = selection.Builds.Select(build => PlanBuild(build, facts, images)).ToList();
        var found = images.References.Where(state => state.Image is not null).ToDictionary(state => state.Reference, state => state.Image!);
        var plan = new HotfixPlan
        {
            Name = images.Name,
            Base = facts.Base.Name,
            Commit = facts.Head,
            Tag = product.TagOf(images.Name),
            Registry = product.Registry,
            Publisher = product.Publisher,
            Build = product.Build,
            Builds = builds,
            Changes = [.. selection.Changes.Select(change => PlanChange(change, found))],
            Unchanged = selection.Unchanged.Count,
            ManifestPath = $"{product.Releases}/{images.Name}.yaml",
            Manifest = ManifestEditor.Apply(facts.Base, EditOf(facts, selection, images.Name)),
            LockPath = $"{product.Releases}/{ReleaseLock.FileOf(images.Name)}",
            Locked = LockOf(selection, found, facts.BaseLock),
            Reservation = facts.Push.Unreachable is null ? new Reservation(product.Remote, facts.Run) : null,
            Draft = null,
            Operations = [],
        };

        if (request.Draft)
        {
            plan = plan with { Draft = new PlannedDraft(images.Name.ToString(), request.Notes ?? HotfixNotes.Write(facts, plan), ManifestAssetOf(facts, images.Name), ReleaseLock.FileOf(images.Name)) };
        }

        return new HotfixProposal(plan with { Operations = OperationsOf(plan) }, Check(request, facts, selection, images), WarningsOf(facts));
    }

    /// <summary>The reference that a build of this image gets: the hotfix's name and the commit's first eight digits as its tag.</summary>
    public static ImageReference BuiltReference(ImageName image, ReleaseName name, CommitId commit) =>
        new(image, ImageVersion.Parse($"{name}-{commit.Short}"));

    /// <summary>What an image is built for: what its source says, else what the image that it replaces was built for, else linux/amd64.</summary>
    public static IReadOnlyList<Platform> PlatformsOf(ImageSource source, StoredImage? replaced) =>
        source.Platforms.Count > 0 ? source.Platforms
        : replaced is not null && LockedReference.PlatformsOf(replaced).Keys.ToList() is { Count: > 0 } before ? before
        : [Platform.Default];

    private static PlannedBuild PlanBuild(SelectedBuild build, HotfixFacts facts, HotfixImages images)
    {
        var entry = build.Entries[0];
        return new PlannedBuild(
            BuiltReference(entry.Image, images.Name, facts.Head),
            entry.Version,
            build.Source with { Platforms = PlatformsOf(build.Source, images.Replaced.GetValueOrDefault(build.Source.Image)) },
            images.Bases[build.Source.Image]);
    }

    private static PlannedChange PlanChange(SelectedChange change, Dictionary<ImageReference, StoredImage> found)
    {
        var entry = change.Entries[0];
        var moved = change.To.Name.Text != entry.Image.Text;
        return new PlannedChange(entry.Image.Text, entry.Version, moved ? change.To.ToString() : change.To.Version.ToString(), found.GetValueOrDefault(change.To)?.Descriptor.Digest);
    }

    // What a store says now, else what was true when the base was made: an unchanged reference is the base's.
    private static List<LockedReference> LockOf(HotfixSelection selection, Dictionary<ImageReference, StoredImage> found, ReleaseLock? before)
    {
        var unchanged = selection.Unchanged.Select(entry => entry.Reference).ToHashSet();
        return [.. unchanged.Concat(selection.ChangedReferences).Distinct()
            .Select(reference =>
            {
                var now = found.TryGetValue(reference, out var image) ? LockedReference.Of(reference, image) : null;
                var then = unchanged.Contains(reference) ? before?.Find(reference.ToString()) : null;
                return now is null || then?.Digest == now.Digest ? then : now;
            })
            .OfType<LockedReference>()
            .OrderBy(locked => locked.Reference, StringComparer.Ordinal)];
    }

    private static ManifestEdit EditOf(HotfixFacts facts, HotfixSelection selection, ReleaseName name)
    {
        var minute = name.Stamp ?? facts.Now;
        var built = from build in selection.Builds
                    from entry in build.Entries
                    select new EntryEdit(entry, null, BuiltReference(entry.Image, name, facts.Head).Version);
        var changed = from change in selection.Changes
                      from entry in change.Entries
                      select new EntryEdit(entry, change.To.Name.Text == entry.Image.Text ? null : change.To.Name, change.To.Version);
        return new ManifestEdit(name, facts.Head, minute, facts.Base.Name, [.. built], [.. changed]);
    }

    // The name that older tools give it stays where the base had it, so that what installs the base installs the hotfix.
    private static string ManifestAssetOf(HotfixFacts facts, ReleaseName name) =>
        facts.PublishedBase?.FindAsset("manifest.yaml") is not null ? "manifest.yaml" : $"{name}.yaml";

    private static List<Operation> OperationsOf(HotfixPlan plan)
    {
        List<Operation> operations = plan.Reservation is null ? [] : [new ReserveName(plan.Name.ToString(), [])];
        var first = operations.Select(operation => operation.Id).ToList();
        foreach (var build in plan.Builds)
        {
            var image = build.Reference.Name;
            var bases = plan.Builds.Where(other => build.Bases.Any(@base => @base.Reference == other.Reference));
            operations.Add(new BuildImage(image.Text, [.. first, .. bases.Select(other => BuildImage.IdOf(other.Reference.Name.Text))]));
            operations.Add(new PushImage(image.Text, [BuildImage.IdOf(image.Text)]));
        }

        CheckOrder(operations);
        var pushes = operations.OfType<PushImage>().Select(push => push.Id).ToList();
        var writeLock = new WriteLock(plan.LockPath, pushes.Count > 0 ? pushes : first);
        var writeManifest = new WriteManifest(plan.ManifestPath, [writeLock.Id]);
        operations.Add(writeLock);
        operations.Add(writeManifest);
        if (plan.Draft is not null)
        {
            operations.Add(new CreateDraft(plan.Tag, [writeManifest.Id]));
        }

        if (plan.Reservation is not null)
        {
            operations.Add(new FreeName(plan.Name.ToString(), [operations[^1].Id]));
        }

        return operations;
    }

    private static void CheckOrder(List<Operation> operations)
    {
        var done = new HashSet<string>(StringComparer.Ordinal);
        while (operations.FirstOrDefault(operation => !done.Contains(operation.Id) && operation.After.All(done.Contains)) is { } next)
        {
            done.Add(next.Id);
        }

        if (done.Count < operations.Count)
        {
            var circle = operations.OfType<BuildImage>().Where(build => !done.Contains(build.Id)).Select(build => $"'{build.Image}'");
            throw GraftException.Input($"no order to build in: {string.Join(", ", circle)} are made from one another");
        }
    }

    private static List<GuardFinding> Check(HotfixRequest request, HotfixFacts facts, HotfixSelection selection, HotfixImages images) =>
    [
        .. BranchGuards.Check(facts.Branching)
            .Concat(facts.Review is { } review ? ReviewGuards.Check(review, facts.Product.Budget) : [])
            .Concat(AffectedGuards.Check(facts, selection))
            .Concat(ReleaseGuards.Check(facts, selection))
            .Concat(ImageGuards.Check(selection, images, request.Offline))
            .Concat(ContentGuards.Check(facts, selection, images))
            .Select(finding => finding with { Allowed = finding.Guard != GuardNames.TagTaken && request.Allowed.Contains(finding.Guard, StringComparer.Ordinal) }),
    ];

    private static List<string> WarningsOf(HotfixFacts facts)
    {
        List<string> warnings = [.. facts.Unreadable, .. facts.AffectedElsewhere.Select(image => $"'{image.Source.Image}' is affected, but '{facts.Base.Name}' has no entry for it: it is not built")];
        if (facts.Push.Unreachable is not null)
        {
            warnings.Add($"'{facts.Push.Remote}' was not reached, so the name is not reserved there: somebody else may take it");
        }

        if (facts.VersionFileSeries is { } version && facts.Base.Name.Series is { } series && version != series)
        {
            warnings.Add($"'{facts.Product.VersionFile}' says {version}, but the hotfix is in its base's series {series}");
        }

        return warnings;
    }
}

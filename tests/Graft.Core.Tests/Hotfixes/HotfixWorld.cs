using System.Text;
using Graft.Core.Affected;
using Graft.Core.Hotfixes;
using Graft.Core.Images;
using Graft.Core.Products;
using Graft.Core.Releases;

namespace Graft.Core.Tests.Hotfixes;

/// <summary>A release and a branch on which a hotfix may be cut; tests change one fact at a time.</summary>
internal static class HotfixWorld
{
    public static readonly CommitId Head = CommitId.Parse("77aa00bb00000000000000000000000000000000");
    public static readonly CommitId BaseCommit = CommitId.Parse("5c1f0a7700000000000000000000000000000000");
    public static readonly ReleaseName Name = ReleaseName.Parse("3.2.202511251200");

    public static readonly Manifest Base = Manifest.Parse(
        Encoding.UTF8.GetBytes($"""
            name: 3.2.202511230446
            commit: {BaseCommit}
            released_at: 2025-11-23T04:46:00+00:00
            images:
              acme/api: 3.2.202511230446-5c1f0a77
              acme/web: 3.2.202511230446-5c1f0a77
            core_images:
              - bitnami/postgresql:15.3.0
              - bitnami/redis:7.0
              - bitnami/redis:7.2
              - bitnami/twice:1
              - bitnami/twice:1

            """),
        "releases/3.2.202511230446.yaml");

    public static readonly Product Product = ProductReader.Read(
        """
        product: acme
        images:
          - dockerfiles: src/*/Dockerfile
            name: acme/{name}
        """,
        "graft.yaml");

    public static readonly IReadOnlyList<ImageSource> Sources = ImageSources.Find(Product, ["src/api/Dockerfile", "src/web/Dockerfile"]);

    public static readonly HotfixFacts Facts = new()
    {
        Run = "2f1c6e0e-6f0b-4f0e-9f86-0d4b4f0c8a11",
        Now = new DateTimeOffset(2025, 11, 25, 12, 0, 30, TimeSpan.Zero),
        Product = Product,
        Sources = Sources,
        Affected = new AffectedReport([.. Sources.Select(source => new ImageEffect(source, []))], []),
        Base = Base,
        BaseLock = null,
        PublishedBase = null,
        Head = Head,
        Branch = "hotfix/x",
        DirtyPaths = [],
        Push = new PushState(true, "origin"),
        BaseTag = BaseCommit,
        DescendsFromBase = true,
        IsShallow = false,
        ConflictMarkers = [],
        NewerHotfixes = [],
        TakenNames = new Dictionary<string, NameUse>(StringComparer.Ordinal),
        VersionFileSeries = null,
    };

    public static HotfixRequest Build(params string[] images) => new() { Build = [.. images.Select(EntryChoice.Parse)] };

    public static HotfixRequest Set(params string[] changes) => new() { Changes = [.. changes.Select(VersionChange.Parse)] };

    public static HotfixProposal Plan(HotfixRequest request, HotfixFacts? facts = null, IReadOnlyList<ReferenceState>? references = null, string? takenBy = null, IReadOnlyDictionary<ImageReference, StoredImage>? before = null)
    {
        facts ??= Facts;
        var selection = HotfixSelection.Of(request, facts.Base, facts.Sources);
        var bases = selection.Builds.ToDictionary(build => build.Source.Image, _ => (IReadOnlyList<PlannedBase>)[]);
        var images = new HotfixImages(request.Name ?? Name, takenBy, references ?? [], new Dictionary<ImageName, StoredImage>(), bases) { Before = before ?? new Dictionary<ImageReference, StoredImage>() };
        return HotfixPlanner.Plan(request, facts, selection, images);
    }
}

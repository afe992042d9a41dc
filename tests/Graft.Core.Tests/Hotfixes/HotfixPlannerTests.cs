using System.Text;
using Graft.Core.Failures;
using Graft.Core.Hotfixes;
using Graft.Core.Images;
using Graft.Core.Products;
using Graft.Core.Releases;

namespace Graft.Core.Tests.Hotfixes;

public sealed class HotfixPlannerTests
{
    [Fact]
    public void Tags_a_built_image_with_name_and_commit()
    {
        var build = Assert.Single(HotfixWorld.Plan(HotfixWorld.Build("acme/api")).Plan.Builds);

        Assert.Equal("acme/api:3.2.202511251200-77aa00bb", build.Reference.ToString());
        Assert.Equal("3.2.202511230446-5c1f0a77", build.From);
        Assert.Equal([Platform.Default], build.Source.Platforms);
    }

    [Fact]
    public void Writes_a_manifest_that_differs_where_it_should()
    {
        var plan = HotfixWorld.Plan(HotfixWorld.Build("acme/api") with { Changes = [VersionChange.Parse("bitnami/postgresql=16")] }).Plan;
        var edited = Manifest.Parse(plan.Manifest, "new");

        Assert.Equal(HotfixWorld.Name, edited.Name);
        Assert.Equal(HotfixWorld.Head, edited.Commit);
        Assert.Equal(HotfixWorld.Name.Stamp, edited.ReleasedAt);
        Assert.Equal(HotfixWorld.Base.Name, edited.Hotfix!.Of);
        var difference = ManifestDifference.Between(HotfixWorld.Base, edited);
        Assert.Equal(["acme/api", "bitnami/postgresql"], difference.Changed.Select(change => change.Image));
        Assert.Empty(difference.Added.Concat(difference.Removed));
        Assert.Equal(5, plan.Unchanged);
    }

    [Fact]
    public void Builds_before_it_pushes_and_pushes_before_it_writes()
    {
        var operations = HotfixWorld.Plan(HotfixWorld.Build("acme/api", "acme/web")).Plan.Operations;

        Assert.Equal(
            [
                "reserve 3.2.202511251200", "build acme/api", "push acme/api", "build acme/web", "push acme/web",
                "write releases/3.2.202511251200.lock.json", "write releases/3.2.202511251200.yaml", "draft v3.2.202511251200", "free 3.2.202511251200",
            ],
            operations.Select(operation => operation.Id));
        var done = new HashSet<string>(StringComparer.Ordinal);
        Assert.All(operations, operation => Assert.True(operation.After.All(done.Contains) && done.Add(operation.Id)));
    }

    [Fact]
    public void Does_everything_else_between_reserving_the_name_and_letting_go_of_it()
    {
        foreach (var request in new[] { HotfixWorld.Build("acme/api", "acme/web"), HotfixWorld.Build("acme/api") with { Draft = false } })
        {
            var operations = HotfixWorld.Plan(request).Plan.Operations;
            var before = operations.ToDictionary(operation => operation.Id, operation => operation.After);
            bool ComesAfter(string id, string earlier) => before[id].Any(other => other == earlier || ComesAfter(other, earlier));

            Assert.All(operations.Skip(1), operation => Assert.True(ComesAfter(operation.Id, "reserve 3.2.202511251200")));
            Assert.All(operations.SkipLast(1), operation => Assert.True(ComesAfter("free 3.2.202511251200", operation.Id)));
        }
    }

    [Fact]
    public void Reserves_nothing_on_a_remote_that_is_out_of_reach()
    {
        var facts = HotfixWorld.Facts with { Push = new PushState(true, "origin", "no route to host") };
        var proposal = HotfixWorld.Plan(HotfixWorld.Build("acme/api"), facts);

        Assert.Null(proposal.Plan.Reservation);
        Assert.DoesNotContain(proposal.Plan.Operations, operation => operation is ReserveName or FreeName);
        Assert.Contains(proposal.Warnings, warning => warning.Contains("'origin' was not reached, so the name is not reserved", StringComparison.Ordinal));
    }

    [Fact]
    public void Makes_no_draft_when_none_is_wanted()
    {
        var plan = HotfixWorld.Plan(HotfixWorld.Build("acme/api") with { Draft = false }).Plan;

        Assert.Null(plan.Draft);
        Assert.DoesNotContain(plan.Operations, operation => operation is CreateDraft);
    }

    [Theory]
    [InlineData("manifest.yaml", "manifest.yaml")]
    [InlineData("3.2.202511230446.yaml", "3.2.202511251200.yaml")]
    public void Names_the_asset_as_the_base_did(string before, string after)
    {
        var published = new PublishedRelease("1", "v", HotfixWorld.BaseCommit, false, [new PublishedAsset(before, before)], "", "");

        Assert.Equal(after, HotfixWorld.Plan(HotfixWorld.Build("acme/api"), HotfixWorld.Facts with { PublishedBase = published }).Plan.Draft!.ManifestAsset);
    }

    [Fact]
    public void Warns_when_the_version_file_says_another_series()
    {
        var warning = Assert.Single(HotfixWorld.Plan(HotfixWorld.Build("acme/api"), HotfixWorld.Facts with { VersionFileSeries = new ReleaseSeries(3, 3) }).Warnings);

        Assert.Contains("3.3", warning, StringComparison.Ordinal);
    }

    [Fact]
    public void Takes_the_next_free_minute()
    {
        var facts = HotfixWorld.Facts with { TakenNames = new Dictionary<string, NameUse>(StringComparer.Ordinal) { ["3.2.202511251200"] = new("x", false), ["3.2.202511251201"] = new("x", true) } };

        Assert.Equal("3.2.202511251202", HotfixNaming.NextFree(facts, facts.Now).ToString());
    }

    [Fact]
    public void Takes_a_minute_after_the_bases() =>
        Assert.Equal("3.2.202511230447", HotfixNaming.NextFree(HotfixWorld.Facts, new DateTimeOffset(2025, 11, 23, 4, 46, 0, TimeSpan.Zero)).ToString());

    [Theory]
    [InlineData("3.3.202511251200", "series")]
    [InlineData("3.2.202511230446", "not later")]
    [InlineData("3.2.202411230446", "not later")]
    public void Refuses_a_name_in_another_series_or_before_its_base(string name, string words)
    {
        var failure = Assert.Throws<GraftException>(() => HotfixNaming.Check(ReleaseName.Parse(name), HotfixWorld.Facts));

        Assert.Equal(FailureKind.Input, failure.Kind);
        Assert.Contains(words, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_plan_survives_being_written_and_read()
    {
        var plan = HotfixWorld.Plan(HotfixWorld.Build("acme/api") with { Changes = [VersionChange.Parse("bitnami/postgresql=quay.io/p/q:16")] }).Plan;
        var json = PlanJson.Write(plan);

        Assert.Equal(Encoding.UTF8.GetString(json), Encoding.UTF8.GetString(PlanJson.Write(PlanJson.Read(json, "plan.json"))));
        Assert.Equal(plan.Operations.Select(operation => operation.GetType()), PlanJson.Read(json, "plan.json").Operations.Select(operation => operation.GetType()));
    }

    [Theory]
    [InlineData(null, "--push", "graft sets '--push' itself")]
    [InlineData(null, "image:latest", "'image:latest' is not an option")]
    [InlineData("--push", "--no-cache", "'--push' is no name of a builder")]
    public void A_plan_gives_no_builder_what_graft_yaml_could_not(string? instance, string option, string problem)
    {
        var plan = HotfixWorld.Plan(HotfixWorld.Build("acme/api")).Plan with { Build = new BuildSettings("buildx", 1, instance, [option]) };

        var failure = Assert.Throws<GraftException>(() => PlanJson.Read(PlanJson.Write(plan), "plan.json"));

        Assert.Equal($"'plan.json' cannot be carried out: {problem}", failure.Message);
    }

    [Fact]
    public void A_secrets_id_in_a_plan_is_no_option()
    {
        var plan = HotfixWorld.Plan(HotfixWorld.Build("acme/api")).Plan;
        var build = plan.Builds[0];
        var changed = plan with { Builds = [build with { Source = build.Source with { Secrets = new Dictionary<string, string> { ["x,src=/etc/shadow"] = "TOKEN" } } }] };

        var failure = Assert.Throws<GraftException>(() => PlanJson.Read(PlanJson.Write(changed), "plan.json"));

        Assert.Equal("'plan.json' cannot be carried out: 'x,src=/etc/shadow' is not the id of a secret", failure.Message);
    }

    [Fact]
    public void Keeps_what_the_bases_lock_says_of_unchanged_references_only()
    {
        var digest = Digest.Of("x"u8);
        LockedReference Locked(string reference) => new(reference, digest, MediaTypes.OciManifest, new Dictionary<Platform, Digest>(), new Dictionary<string, Digest>(StringComparer.Ordinal));
        var before = new ReleaseLock([Locked("bitnami/redis:7.0"), Locked("bitnami/postgresql:15.3.0"), Locked("acme/api:3.2.202511230446-5c1f0a77")]);
        var request = HotfixWorld.Build("acme/api") with { Changes = [VersionChange.Parse("bitnami/postgresql=16")] };

        Assert.Equal(["bitnami/redis:7.0"], HotfixWorld.Plan(request, HotfixWorld.Facts with { BaseLock = before }).Plan.Locked.Select(locked => locked.Reference));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("[1]")]
    [InlineData("{\"schema\": 2}")]
    public void Refuses_a_plan_that_is_none(string json)
    {
        var failure = Assert.Throws<GraftException>(() => PlanJson.Read(Encoding.UTF8.GetBytes(json), "plan.json"));

        Assert.Equal(FailureKind.Input, failure.Kind);
        Assert.Contains("plan.json", failure.Message, StringComparison.Ordinal);
    }
}

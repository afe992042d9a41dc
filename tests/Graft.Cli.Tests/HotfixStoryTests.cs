using Graft.Testing;

namespace Graft.Cli.Tests;

/// <summary>Hotfixes as they come about: of a hotfix, of an old release, from branches and folders of every kind.</summary>
public sealed class HotfixStoryTests : IDisposable
{
    private const string Release = SampleProduct.Release;

    private readonly SampleProduct product = new();

    private TemporaryRepository Git => product.Repository;

    public void Dispose() => product.Dispose();

    [Fact]
    public void A_hotfix_of_a_hotfix()
    {
        var first = product.CutHotfix();
        product.Run($"release publish {first} --yes --offline").Succeeded();

        var second = product.CutHotfix(of: first, set: "acme-tools/lint=2.20");

        var manifest = product.ReadManifest(second);
        Assert.Contains($"\nhotfix:\n  of: {first}\n  built: []\n  changed:\n    - {{ image: acme-tools/lint, from: \"2.10\", to: \"2.20\" }}\nchannels:", manifest, StringComparison.Ordinal);
        Assert.Contains("bitnami/redis:7.2.5\n", manifest, StringComparison.Ordinal);
        Assert.DoesNotContain($"of: {Release}", manifest, StringComparison.Ordinal);
        Assert.Equal($"{Release}  (not on the publisher)\n└── {first}\n    └── {second}  (draft)\n", product.Run("release tree").Succeeded().Output);
    }

    [Fact]
    public void A_hotfix_of_a_release_that_is_not_the_newest()
    {
        const string later = "3.2.202512010000";
        Git.Git("switch", "--quiet", "main");
        Git.Tag($"v{later}");
        Git.Git("push", "--quiet", "origin", "--tags");
        product.WriteManifest(later, SampleFiles.Manifest(later, Git.Head));
        Git.Git("switch", "--quiet", SampleProduct.Branch);

        var hotfix = product.CutHotfix();

        Assert.Contains($"of: {Release}\n", product.ReadManifest(hotfix), StringComparison.Ordinal);
        Assert.Contains($"acme/api: {Release}-{product.Released.Short}\n", product.ReadManifest(hotfix), StringComparison.Ordinal);
    }

    [Fact]
    public void A_release_in_an_older_series_sorts_below_a_newer_one()
    {
        foreach (var name in new[] { "3.10.202501010000", "3.9.202601010000" })
        {
            product.WriteManifest(name, SampleFiles.Manifest(name, product.Released));
        }

        var names = product.Run("release list --json").Json().EnumerateArray().Select(release => release.GetProperty("name").GetString());

        Assert.Equal(["3.10.202501010000", "3.9.202601010000", Release], names);
    }

    [Fact]
    public void A_branch_that_is_older_than_graft_uses_the_main_branchs_file_and_says_so_once()
    {
        Git.Git("rm", "--quiet", "graft.yaml");
        Git.Commit("As it was before graft");
        Git.Push();

        var result = product.Run($"hotfix generate --offline --release {Release} --set bitnami/redis=7.2.5 --allow affected-not-built").Succeeded();

        Assert.Single(result.Error.Split('\n'), "this branch has no graft.yaml; the one on origin/main is used");
        Assert.Equal(2, product.Releases.Count);
    }

    [Fact]
    public void A_manifest_put_there_by_hand_is_as_good_as_a_downloaded_one()
    {
        var text = product.ReadManifest(Release).Replace("\n", "\r\n", StringComparison.Ordinal).Replace("acme-tools/lint: 2.10", "acme-tools/lint: '2.10' # pinned", StringComparison.Ordinal);
        product.WriteManifest(Release, text);

        var hotfix = product.CutHotfix();

        var manifest = product.ReadManifest(hotfix);
        Assert.Contains("acme-tools/lint: '2.10' # pinned\r\n", manifest, StringComparison.Ordinal);
        Assert.DoesNotContain("\n", manifest.Replace("\r\n", "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public void A_manifest_of_any_file_name_is_found_by_the_name_in_it()
    {
        File.Move(product.At($"releases/{Release}.yaml"), product.At("releases/manifest.yaml"));

        var result = product.Run($"release show {Release}");

        Assert.StartsWith($"name      {Release}\n", result.Output, StringComparison.Ordinal);
        Assert.Equal(0, result.ExitCode);
    }

    [Fact]
    public void A_linked_worktree_shares_runs_drafts_and_images_with_the_main_one()
    {
        var linked = Git.Beside("linked");
        Git.Git("switch", "--quiet", "main");
        Git.Git("worktree", "add", "--quiet", linked, SampleProduct.Branch);
        Directory.CreateDirectory(Path.Combine(linked, "releases"));
        File.Copy(product.At($"releases/{Release}.yaml"), Path.Combine(linked, "releases", $"{Release}.yaml"));

        var graft = product.Graft with { Directory = linked };
        var hotfix = graft.Run("hotfix", "generate", "--json", "--offline", "--release", Release, "--set", "bitnami/redis=7.2.5", "--allow", "affected-not-built").Succeeded().Json().GetProperty("release").GetString()!;

        Assert.True(File.Exists(Path.Combine(linked, "releases", $"{hotfix}.yaml")));
        Assert.False(Directory.Exists(Path.Combine(linked, ".graft")));
        Assert.True(Directory.Exists(product.At($".graft/published/v{hotfix}")));
        Assert.Equal(hotfix, product.Run("hotfix runs --json").Json()[0].GetProperty("name").GetString());
        Assert.Equal("", Git.Git("status", "--porcelain"));
    }

    [Fact]
    public void A_folder_below_the_root_and_a_folder_elsewhere()
    {
        var below = (product.Graft with { Directory = product.At("src/api") }).Run("release", "list", "--json").Succeeded();
        var elsewhere = (product.Graft with { Directory = Git.Beside(".") }).Run("-C", "product", "release", "list", "--json").Succeeded();

        Assert.Equal(Release, below.Json()[0].GetProperty("name").GetString());
        Assert.Equal(below.Output, elsewhere.Output);
    }

    [Fact]
    public void Paths_are_said_relative_to_where_the_user_stands()
    {
        var result = (product.Graft with { Directory = product.At("src") }).Run("hotfix", "generate", "--offline", "--release", Release, "--set", "bitnami/redis=7.2.5", "--allow", "affected-not-built").Succeeded();

        Assert.Contains("  manifest  ../releases/3.2.", result.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("generate-hotfix")]
    [InlineData("generate_hotfix")]
    public void The_older_name_of_generate(string name)
    {
        product.Run($"{name} --offline --release {Release} --set bitnami/redis=7.2.5 --allow affected-not-built").Succeeded();

        Assert.Equal(2, product.Releases.Count);
    }

    [Theory]
    [InlineData("release images 3.2.202511230446", "release-images 3.2.202511230446")]
    [InlineData("release images 3.2.202511230446 --json", "release_images 3.2.202511230446 --json")]
    [InlineData("release download", "download-releases")]
    [InlineData("release download --json", "download_releases --json")]
    public void The_older_names_of_looking(string line, string older)
    {
        product.PutOnPublisher(Release, product.Released);

        var result = product.Run(line).Succeeded();

        Assert.Equal(result, product.Run(older));
        Assert.NotEqual("", result.Output + result.Error);
    }

    [Fact]
    public void A_tag_is_as_good_as_a_name() => Assert.Equal(product.Run($"release show {Release}").Succeeded(), product.Run($"release show v{Release}"));

    [Fact]
    public void Without_a_draft_only_files_are_written()
    {
        product.Run($"hotfix generate --offline --no-draft --release {Release} --set bitnami/redis=7.2.5 --allow affected-not-built").Succeeded();

        Assert.Equal(2, product.Releases.Count);
        Assert.False(Directory.Exists(product.At(".graft/published")));
    }

    [Fact]
    public void Notes_say_what_was_fixed_unless_somebody_wrote_them()
    {
        Git.Commit("feat(api)!: ask @ada for `more` (#12)", ("src/api/app/session.conf", "timeout = 7200\n"));
        Git.Push();

        var hotfix = product.CutHotfix();
        product.Run("release download --include-drafts").Succeeded();

        Assert.Equal(
            $"""
            Hotfix of {Release}.

            ## Breaking Changes

            - ask @<!-- -->ada for \`more\` (#12, {Git.Head.Short})

            ## Fixes

            - Let sessions last an hour ({product.Fix.Short})

            ## Changed

            | image | from | to |
            |---|---|---|
            | bitnami/redis | 7.2.4 | 7.2.5 |

            8 images are unchanged from v{Release}.

            """,
            product.Read($"releases/{hotfix}.notes.md"));
    }

    [Fact]
    public void Notes_come_from_a_file_or_from_standard_input()
    {
        var graft = product.Graft with { Input = "Sessions last.\n" };
        var hotfix = graft.Run("hotfix", "generate", "--json", "--offline", "--release", Release, "--set", "bitnami/redis=7.2.5", "--allow", "affected-not-built", "--notes-file", "-").Succeeded().Json().GetProperty("release").GetString()!;

        Assert.Contains("Sessions last.", product.Read($".graft/published/v{hotfix}/release.json"), StringComparison.Ordinal);
    }

    [Fact]
    public void Two_hotfixes_within_a_minute_have_different_names()
    {
        var first = product.CutHotfix();
        var second = product.CutHotfix();

        Assert.NotEqual(first, second);
        Assert.Equal([Release, first, second], product.Releases);
    }

    [Fact]
    public void The_base_of_the_hotfix_keeps_its_bytes()
    {
        var before = product.ReadManifest(Release);

        product.CutHotfix();

        Assert.Equal(before, product.ReadManifest(Release));
    }
}

using System.Text.Json;
using Graft.Testing;

namespace Graft.Cli.Tests;

/// <summary><c>hotfix affected</c>, <c>--build-affected</c> and the guards about them, on a real repository.</summary>
public sealed class AffectedTests : IDisposable
{
    private const string Release = SampleProduct.Release;

    private readonly SampleProduct product = new();

    private TemporaryRepository Git => product.Repository;

    public void Dispose() => product.Dispose();

    [Fact]
    public void Lists_every_image_of_the_product_for_a_script()
    {
        Git.Commit("Explain", ("docs/why.md", "because\n"));

        var document = product.Run("hotfix affected --json").Succeeded().Json();

        Assert.Equal(Release, document.GetProperty("base").GetString());
        Assert.Equal(Git.Head.ToString(), document.GetProperty("head").GetString());
        Assert.Equal(["acme/api True", "acme/base False", "acme/web False", "acme/worker False"], Images(document));
        var reason = document.GetProperty("images")[0].GetProperty("reasons")[0];
        Assert.Equal("src/api/app/session.conf", reason.GetProperty("path").GetString());
        Assert.Equal("src/api/Dockerfile", reason.GetProperty("dockerfile").GetString());
        Assert.Equal(2, reason.GetProperty("line").GetInt32());
        Assert.Equal("COPY takes 'app/'", reason.GetProperty("why").GetString());
        Assert.Equal(["docs/why.md"], document.GetProperty("outside").EnumerateArray().Select(path => path.GetString()));
    }

    [Fact]
    public void A_base_manifest_that_is_committed_is_nothing_to_mind()
    {
        Git.Git("add", "--force", $"releases/{Release}.yaml");
        Git.Commit("Keep the base's manifest");
        Git.Push();

        Assert.Empty(product.Run("hotfix affected --json").Succeeded().Json().GetProperty("outside").EnumerateArray());
        var cut = product.Run($"hotfix generate --offline --release {Release} --set bitnami/redis=7.2.5 --allow affected-not-built --json").Succeeded();
        Assert.DoesNotContain("outside-images", cut.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Shows_the_first_reason_of_each_image_and_all_of_them_when_asked()
    {
        Git.Commit("More", ("src/base/etc/acme.conf", "log = debug\n"), ("docs/why.md", "because\n"));

        var few = product.Run("hotfix affected").Succeeded().Output;
        var all = product.Run("hotfix affected -v").Succeeded().Output;

        Assert.Contains("src/api/app/session.conf  src/api/Dockerfile:2     COPY takes 'app/' (and 1 more)\n", few, StringComparison.Ordinal);
        Assert.Contains("acme/worker  src/base/etc/acme.conf    src/worker/Dockerfile:1  it is FROM 'acme/base', and 'acme/base' is affected\n", few, StringComparison.Ordinal);
        Assert.EndsWith("\nreaches no image:\n  docs/why.md\n", few, StringComparison.Ordinal);
        Assert.Contains("src/base/etc/acme.conf    src/api/Dockerfile:1     it is FROM 'acme/base', and 'acme/base' is affected\n", all, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--base 3.2.202511230446")]
    [InlineData("--base v3.2.202511230446")]
    [InlineData("--base HEAD~1")]
    [InlineData("")]
    public void Compares_with_a_release_a_tag_or_a_commit(string @base) =>
        Assert.Contains("acme/api True", Images(product.Run($"hotfix affected --json {@base}".TrimEnd()).Succeeded().Json()));

    [Fact]
    public void Takes_the_nearest_release_below_head()
    {
        Git.Tag("v3.2.202511250000");
        Git.Tag("v-other");
        Git.Tag("vpre-TICKET");
        Git.Commit("Later", ("src/web/public/index.html", "<p>Hello.</p>\n"));
        // It is newer, and not below HEAD.
        Git.Git("tag", "v3.2.202512010000", "main");

        var document = product.Run("hotfix affected --json").Succeeded().Json();

        Assert.Equal("3.2.202511250000", document.GetProperty("base").GetString());
        Assert.Equal(["acme/api False", "acme/base False", "acme/web True", "acme/worker False"], Images(document));
    }

    [Theory]
    [InlineData("--base 3.2.202501010000", "tag 'v3.2.202501010000' of release '3.2.202501010000' is not here")]
    [InlineData("--base nonsense", "'nonsense' is neither a release nor a commit")]
    [InlineData("--base --upload-pack=x", "")]
    public void Refuses_what_is_not_here(string @base, string message)
    {
        var result = product.Run($"hotfix affected {@base}");

        Assert.Equal(message.Length == 0 ? 2 : 4, result.ExitCode);
        Assert.Contains(message, result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Needs_no_manifest_and_looks_at_what_is_committed_only()
    {
        Directory.Delete(product.At("releases"), recursive: true);
        Git.Write("src/web/public/index.html", "not committed\n");
        Git.Write("graft.yaml", SampleFiles.PreparingConfiguration);

        var result = product.Run("hotfix affected -v").Succeeded();

        Assert.Contains("acme/api", result.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("acme/web", result.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("graft.yaml", result.Output, StringComparison.Ordinal);
        Assert.Contains("2 tracked files are modified; only what is committed counts", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Compares_configuration_unless_the_file_is_named()
    {
        Git.Commit("Prepare", ("graft.yaml", SampleFiles.PreparingConfiguration), ("src/web/public/index.html", "<p>Hello.</p>\n"));

        var committed = product.Run("hotfix affected --json --base HEAD~1").Succeeded().Json();
        var named = product.Run("hotfix affected --json --base HEAD~1 --config graft.yaml").Succeeded().Json();

        Assert.Equal(["acme/base False", "acme/web True", "acme/worker False", "acme/api True"], Images(committed));
        Assert.Equal(["acme/base False", "acme/web True", "acme/worker False", "acme/api False"], Images(named));
    }

    [Fact]
    public void Builds_what_is_affected()
    {
        var document = product.Run($"hotfix generate --json --offline --dry-run --release {Release} --build-affected --allow unchecked-image").Json();

        // Its base is in no store here, which is said before anything else.
        Assert.Contains("'acme/base:", document.GetProperty("error").GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Builds_what_is_affected_where_its_base_is_there()
    {
        await product.PushBaseImageAsync(TestContext.Current.CancellationToken);

        var document = product.Run($"hotfix generate --json --offline --dry-run --release {Release} --build-affected").Succeeded().Json();

        Assert.Equal(["acme/api"], document.GetProperty("built").EnumerateArray().Select(built => built.GetProperty("image").GetString()));
        Assert.DoesNotContain(document.GetProperty("guards").EnumerateArray(), guard => guard.GetProperty("guard").GetString() is "affected-not-built" or "built-not-affected");
    }

    [Fact]
    public void Says_when_there_is_nothing_affected_to_build()
    {
        Git.Git("switch", "--quiet", "--create", "none", $"v{Release}");
        Git.Commit("Explain", ("docs/why.md", "because\n"));
        Git.Push();

        var result = product.Run($"hotfix generate --offline --release {Release} --build-affected");

        Assert.Equal(2, result.ExitCode);
        Assert.Contains($"nothing to do: the change since '{Release}' affects none of its images", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Mentions_an_affected_image_that_the_release_does_not_list()
    {
        Git.Commit("A new image", ("src/new/Dockerfile", "FROM scratch\n"));
        Git.Push();

        var result = product.Run($"hotfix generate --offline --dry-run --release {Release} --set bitnami/redis=7.2.5 --allow affected-not-built").Succeeded();

        Assert.Contains($"'acme/new' is affected, but '{Release}' has no entry for it: it is not built", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Affected_not_built()
    {
        var refused = product.Run($"hotfix generate --json --offline --release {Release} --set bitnami/redis=7.2.5");

        Assert.Equal(3, refused.ExitCode);
        Assert.Equal(
            "the change reaches 'acme/api', which is not built: src/api/app/session.conf -> src/api/Dockerfile:2",
            Finding(refused, "affected-not-built").GetProperty("message").GetString());
        Assert.True(Finding(product.Run($"hotfix generate --json --offline --release {Release} --set bitnami/redis=7.2.5 --allow affected-not-built").Succeeded(), "affected-not-built").GetProperty("allowed").GetBoolean());
    }

    [Fact]
    public void Affected_not_built_names_all_that_stand_on_a_changed_base()
    {
        Git.Commit("Log more", ("src/base/etc/acme.conf", "log = debug\n"));

        var refused = product.Run($"hotfix generate --json --offline --release {Release} --set bitnami/redis=7.2.5");

        Assert.Equal("the change reaches 3 images that are not built: acme/api, acme/base, acme/worker", Finding(refused, "affected-not-built").GetProperty("message").GetString());
    }

    [Fact]
    public void Built_not_affected_and_outside_images_are_warnings()
    {
        Git.Commit("Explain", ("docs/why.md", "because\n"), ("docs/how.md", "so\n"));
        Git.Push();

        var result = product.Run($"hotfix generate --json --offline --dry-run --release {Release} --build acme/web --allow affected-not-built").Succeeded();

        Assert.Equal("warning", Finding(result, "built-not-affected").GetProperty("severity").GetString());
        Assert.Equal("'acme/web' is built, and the change does not reach it", Finding(result, "built-not-affected").GetProperty("message").GetString());
        Assert.Equal("warning", Finding(result, "outside-images").GetProperty("severity").GetString());
        Assert.Equal("2 changed files reach no image: docs/how.md, docs/why.md", Finding(result, "outside-images").GetProperty("message").GetString());
    }

    private static JsonElement Finding(GraftResult result, string guard) =>
        result.Json().GetProperty("guards").EnumerateArray().Single(finding => finding.GetProperty("guard").GetString() == guard);

    private static IEnumerable<string> Images(JsonElement document) =>
        document.GetProperty("images").EnumerateArray().Select(image => $"{image.GetProperty("image").GetString()} {image.GetProperty("affected").GetBoolean()}");
}

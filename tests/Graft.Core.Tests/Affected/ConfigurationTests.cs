using Graft.Core.Affected;
using Graft.Testing;

namespace Graft.Core.Tests.Affected;

public sealed class ConfigurationTests
{
    private const string Files = """
        src/api/Dockerfile = FROM scratch AS one\nCOPY a.txt /\nFROM scratch AS two
        src/api/a.txt = a
        src/web/Dockerfile = FROM scratch
        scripts/prepare.sh * go
        shared/x/y.txt = y

        """;

    private static readonly Change Plain = new(Files + "graft.yaml = product: acme\\nimages:\\n  - dockerfiles: src/api/Dockerfile\\n    name: acme/api\\n  - dockerfiles: src/web/Dockerfile\\n    name: acme/web\\n");

    [Theory]
    [InlineData("    args: { A: b }", "its `args` changed")]
    [InlineData("    targets: { one: acme/api }", "it had no target")]
    [InlineData("    context: .", "its `context` was 'src/api'")]
    [InlineData("    contexts: { a: shared }", "its `contexts` changed")]
    [InlineData("    platforms: [linux/arm64]", "its `platforms` changed")]
    [InlineData("    inputs: [shared]", "its `inputs` changed")]
    [InlineData("    prepare: [scripts/prepare.sh]", "its `prepare` changed")]
    [InlineData("    secrets: { a: TOKEN }", "its `secrets` changed")]
    [InlineData("    args: { A: b }\\n    context: .", "its `context` was 'src/api'; its `args` changed")]
    public void Counts_what_graft_yaml_says_of_an_image(string rule, string why)
    {
        var yaml = Plain.Before.Files["graft.yaml"].Content.Replace("name: acme/api", "name: acme/api\n" + rule.Replace("\\n", "\n", StringComparison.Ordinal), StringComparison.Ordinal);

        var report = Plain.Before.FindAffected(Plain.Before.With(("graft.yaml", new MemoryFile(FileKind.File, yaml))));

        Assert.Equal([$"graft.yaml -> src/api/Dockerfile: {why}"], report.Affected.SelectMany(image => image.Reasons).Select(Change.Write));
        Assert.Empty(report.Outside);
    }

    [Theory]
    [InlineData("product: acme", "product: acme\nbudget: { files: 9 }", "")]
    [InlineData("product: acme", "product: acme\nbuild: { with: buildx }", "api web")]
    [InlineData("product: acme", "product: acme\nbuild: { with: embedded, options: [] }", "")]
    [InlineData("name: acme/web", "name: acme/site", "site")]
    [InlineData("    name: acme/web", "    name: acme/web\n    key: ci_images", "")]
    public void Tells_the_product_s_settings_from_those_of_images(string old, string @new, string affected)
    {
        var yaml = Plain.Before.Files["graft.yaml"].Content.Replace(old, @new, StringComparison.Ordinal);

        var report = Plain.Before.FindAffected(Plain.Before.With(("graft.yaml", new MemoryFile(FileKind.File, yaml))));

        Assert.Equal(affected, string.Join(' ', report.Affected.Select(image => image.Source.Image.Text["acme/".Length..])));
        Assert.Equal(affected.Length == 0 ? ["graft.yaml"] : [], report.Outside);
    }

    [Fact]
    public void Compares_nothing_with_a_base_that_has_no_graft_yaml_or_one_that_is_named()
    {
        var yaml = Plain.Before.Files["graft.yaml"];
        var older = Plain.Before.With(("graft.yaml", null));
        var other = Plain.Before.With(("graft.yaml", new MemoryFile(FileKind.File, yaml.Content.Replace("name: acme/api", "name: acme/api\n    args: { A: b }", StringComparison.Ordinal))));

        Assert.Empty(older.FindAffected(Plain.Before).Affected);
        Assert.Empty(other.FindAffected(Plain.Before, configured: yaml.Content).Affected);
        Assert.Equal(2, Plain.Before.With(("graft.yaml", new MemoryFile(FileKind.File, "product: ["))).FindAffected(Plain.Before).Affected.Count());
    }

    [Theory]
    [InlineData("inputs: [shared/**]", "shared/x/y.txt", true)]
    [InlineData("inputs: [shared]", "shared/x/y.txt", true)]
    [InlineData("inputs: [shared/*/y.txt]", "shared/x/y.txt", true)]
    [InlineData("inputs: [shared/x/y.txt]", "shared/x/y.txt", true)]
    [InlineData("inputs: [shared/x/y.*]", "shared/x/z.txt", false)]
    [InlineData("inputs: [link]", "shared/x/y.txt", true)]
    [InlineData("inputs: [li*]", "shared/x/y.txt", true)]
    [InlineData("prepare: [scripts/prepare.sh, \"{context}\"]", "scripts/prepare.sh", true)]
    [InlineData("prepare: [scripts/prepare.sh, \"{context}\"]", "src/api/template", true)]
    [InlineData("prepare: [sh, -c, \"cd . && ./scripts/prepare.sh;\"]", "scripts/prepare.sh", true)]
    [InlineData("prepare: [scripts/prepare.sh, shared]", "shared/x/y.txt", true)]
    [InlineData("prepare: [scripts/prepare.sh, .]", "shared/x/y.txt", false)]
    [InlineData("prepare: [scripts/prepare.sh]", "shared/x/y.txt", false)]
    public void Counts_inputs_and_what_prepare_names(string rule, string changed, bool isAffected)
    {
        var yaml = Plain.Before.Files["graft.yaml"].Content.Replace("name: acme/api", "name: acme/api\n    " + rule, StringComparison.Ordinal);
        var before = Plain.Before.With(("graft.yaml", new MemoryFile(FileKind.File, yaml)), ("link", new MemoryFile(FileKind.Link, "shared/x")));

        var report = before.FindAffected(before.With((changed, new MemoryFile(FileKind.File, "new"))));

        Assert.Equal(isAffected ? ["acme/api"] : [], report.Affected.Select(image => image.Source.Image.Text));
    }

    [Fact]
    public void Lists_every_image_and_the_paths_that_reach_none()
    {
        var report = Plain.After("README.md = new", "src/api/a.txt", "src/web/notes.txt = new");

        // `two` is the target, and needs nothing.
        Assert.Equal(["acme/api", "acme/web"], report.Images.Select(image => image.Source.Image.Text));
        Assert.Empty(report.Affected);
        Assert.Equal(["README.md", "src/api/a.txt", "src/web/notes.txt"], report.Outside);
    }

    [Fact]
    public void Finds_nothing_where_nothing_changed()
    {
        var report = Plain.After();

        Assert.Equal(2, report.Images.Count);
        Assert.Empty(report.Affected);
        Assert.Empty(report.Outside);
    }
}

using Graft.Core.Failures;
using Graft.Core.Products;

namespace Graft.Core.Tests.Products;

public sealed class ImageSourcesTests
{
    private static readonly string[] Paths =
    [
        "Dockerfile", "README.md", "src/ci/basic/Dockerfile", "src/common/x.sh", "src/core/api/Dockerfile", "src/core/api/main.c", "src/core/web/Dockerfile", "tools/lint.Dockerfile",
    ];

    [Fact]
    public void Names_images_by_what_the_wildcards_matched()
    {
        var sources = Find("{ dockerfiles: src/*/*/Dockerfile, except: [src/ci/*/Dockerfile], name: 'acme/{name}' }");
        Assert.Equal(
            [("src/core/api/Dockerfile", "acme/core-api", "src/core/api", "images", null), ("src/core/web/Dockerfile", "acme/core-web", "src/core/web", "images", null)],
            sources.Select(source => (source.Dockerfile, source.Image.Text, source.Context, source.Key, source.Target)));
    }

    [Fact]
    public void Gives_one_source_per_target_and_fills_in_placeholders()
    {
        var sources = Find("{ dockerfiles: src/**/Dockerfile, except: [src/ci/**], targets: { base: 'a/{name}-base', slim: 'a/{name}' }, context: '{dir}/ctx', prepare: [run, '{context}', '--target={target}', '{dir}'] }");
        Assert.Equal(["a/core-api-base", "a/core-api", "a/core-web-base", "a/core-web"], sources.Select(source => source.Image.Text));
        Assert.Equal(["base", "slim", "base", "slim"], sources.Select(source => source.Target));
        Assert.Equal("src/core/api/ctx", sources[0].Context);
        Assert.Equal(["run", "src/core/api/ctx", "--target=slim", "src/core/api"], sources[1].Prepare);
    }

    [Fact]
    public void Takes_the_root_for_the_context_of_a_dockerfile_there()
    {
        var sources = Find("{ dockerfiles: Dockerfile, name: a }", "{ dockerfiles: tools/*.Dockerfile, name: 'b/{name}', context: . }", "{ dockerfiles: Dockerfile, name: c, context: '{dir}/x', inputs: [src/common, src/**/*.c] }");
        Assert.Equal([("a", "."), ("b/lint", "."), ("c", "x")], sources.Select(source => (source.Image.Text, source.Context)));
    }

    [Theory]
    [InlineData("{ dockerfiles: lib/*/Dockerfile, name: 'a/{name}' }", "graft.yaml:3:5: 'lib/*/Dockerfile' matches no file of the commit")]
    [InlineData("{ dockerfiles: docker/Dockerfile, name: a }", "graft.yaml:3:5: 'docker/Dockerfile' matches no file of the commit")]
    [InlineData("{ dockerfiles: Dockerfile, name: a, except: [x/*] }", "graft.yaml:3:5: 'x/*' matches no file of the commit")]
    [InlineData("{ dockerfiles: Dockerfile, name: a, inputs: [x/**] }", "graft.yaml:3:5: 'x/**' matches no file of the commit")]
    [InlineData("{ dockerfiles: Dockerfile, name: a, except: ['*'] }", "graft.yaml:3:5: 'Dockerfile' matches nothing that `except` leaves")]
    [InlineData("{ dockerfiles: '*.md', name: 'a/{name}' }", "graft.yaml:3:5: 'README.md' gives 'a/README', which is not an image name")]
    public void Refuses_at_the_place_of_the_rule(string rule, string message)
    {
        var failure = Assert.Throws<GraftException>(() => Find(rule));
        Assert.Equal((FailureKind.Input, message), (failure.Kind, failure.Message));
    }

    [Fact]
    public void Refuses_two_sources_of_one_image()
    {
        var failure = Assert.Throws<GraftException>(() => Find("{ dockerfiles: Dockerfile, name: lint }", "{ dockerfiles: tools/*.Dockerfile, targets: { x: 'docker.io/library/{name}' } }"));
        Assert.Equal("graft.yaml:4:5: 'docker.io/library/lint' is built by both 'Dockerfile' and 'tools/lint.Dockerfile' (target 'x')", failure.Message);
    }

    [Fact]
    public void Refuses_two_rules_for_one_file()
    {
        var failure = Assert.Throws<GraftException>(() => Find("{ dockerfiles: tools/*.Dockerfile, name: '{name}' }", "{ dockerfiles: tools/lint.Dockerfile, name: lint }"));
        Assert.Equal("graft.yaml:4:5: 'lint' is built from 'tools/lint.Dockerfile' by this item and by the one at 3:5", failure.Message);
        Assert.Equal("leave it out of one of them with `except`", failure.Hint);
    }

    [Fact]
    public void Takes_other_images_of_a_product_without_any() => Assert.Empty(ImageSources.Find(ProductReader.Read("product: x\n", "graft.yaml"), Paths));

    private static IReadOnlyList<ImageSource> Find(params string[] rules) =>
        ImageSources.Find(ProductReader.Read("product: x\nimages:\n" + string.Concat(rules.Select(rule => $"  - {rule}\n")), "graft.yaml"), Paths);
}

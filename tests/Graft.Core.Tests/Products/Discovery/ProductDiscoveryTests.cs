using Graft.Core.Images;
using Graft.Core.Releases;

namespace Graft.Core.Tests.Products.Discovery;

public sealed class ProductDiscoveryTests
{
    [Fact]
    public void Leaves_out_tests_examples_and_documentation_that_nothing_names()
    {
        var layout = new Layout("shop") { Entries = [Entry("images", "acme/api"), Entry("ci_images", "acme/load")] };
        layout.With("src/api/Dockerfile", "FROM x").With("test/api/Dockerfile", "FROM acme/api").With("e2e/load/Dockerfile", "FROM x").With("docs/Dockerfile", "FROM x").With("docs/recipes/one/Dockerfile", "FROM acme/api")
            .With("tests/runner/Dockerfile", "FROM x").With("examples/docker-compose.yml", "services:\n  mine: { build: .., image: mine }\n  other: { build: ../src/api, image: other }\n").With("docker-bake.hcl", "target \"runner\" { context = \"tests/runner\" }\n");
        Assert.Equal(
            ["acme/api = src/api/Dockerfile in src/api", "acme/docs = docs/Dockerfile in docs", "acme/load = e2e/load/Dockerfile in e2e/load key ci_images", "acme/runner = tests/runner/Dockerfile in tests/runner"],
            layout.Lines());
        Assert.Equal(["docs/recipes/one/Dockerfile", "test/api/Dockerfile"], layout.Find().LeftOut.Select(left => left.Key));
        Assert.Empty(layout.Find().Problems);
    }

    [Fact]
    public void Takes_samples_where_there_is_nothing_else()
    {
        var layout = new Layout("shop").With("samples/api/Dockerfile", "FROM x").With("samples/docker-compose.yml", "services:\n  web: { build: web, image: acme/web }\n").With("samples/web/Dockerfile", "FROM x").With("vendor/x/Dockerfile", "FROM x");
        Assert.Equal(["acme/samples-api = samples/api/Dockerfile in samples/api", "acme/web = samples/web/Dockerfile in samples/web"], layout.Lines());
    }

    [Theory]
    [InlineData("acme", "FROM x", "acme/api")]
    [InlineData("ACME-Corp", "FROM x", "acme-corp/api")]
    [InlineData(null, "FROM x", "shop/api")]
    [InlineData("acme", "FROM ghcr.io/acme/base:latest", "ghcr.io/acme/api")]
    public void Names_what_nothing_names_after_the_account(string? owner, string lines, string image)
    {
        var layout = new Layout("shop", owner).With("src/api/Dockerfile", lines + "\n").With("src/base/Dockerfile", "FROM x\n");
        Assert.Equal(image, layout.Sources()[0].Image.Text);
        Assert.Contains("no file says what the image is called", layout.Find().Guesses[^1], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Dockerfile.api", "api")]
    [InlineData("Dockerfile_api", "api")]
    [InlineData("dockerfile-api", "api")]
    [InlineData("api.dockerfile", "api")]
    [InlineData("Containerfile.api", "api")]
    [InlineData("Api.Containerfile", "api")]
    [InlineData("containerfile", "p")]
    [InlineData("Dockerfile.dev", "p-dev")]
    [InlineData("Dockerfile.api.j2", null)]
    [InlineData("Dockerfile.", null)]
    [InlineData("Dockerfiles", null)]
    [InlineData("Dockerfile.md", null)]
    [InlineData("my-Dockerfile.txt", null)]
    public void Knows_a_dockerfile_by_its_name(string file, string? name) =>
        Assert.Equal(name is null ? [] : [$"p/{name}"], new Layout("p").With(file, "FROM x\n").Sources().Select(source => source.Image.Text));

    [Fact]
    public void Takes_names_and_keys_from_the_manifest()
    {
        var layout = new Layout("shop")
        {
            Entries =
            [
                Entry("images", "acme/core-api"), Entry("images", "acme/shop-web"), Entry("ci_images", "acme/ci_basic"), Entry("images", "acme/core-api-debug"),
                Entry("core_images", "bitnami/redis"),
            ],
        };
        layout.With("src/core/api/Dockerfile", "FROM x AS build\nFROM x AS debug\nFROM x\n").With("src/web/Dockerfile", "FROM x").With("ci/basic/Dockerfile", "FROM x").With("src/redis/Dockerfile", "FROM x")
            .With("docker-compose.yml", "services:\n  api-debug:\n    build: { context: src/core/api, target: debug }\n  api:\n    build: src/core/api\n");
        Assert.Equal(
            ["acme/ci_basic = ci/basic/Dockerfile in ci/basic key ci_images", "acme/core-api = src/core/api/Dockerfile in src/core/api", "acme/core-api-debug = src/core/api/Dockerfile in src/core/api target debug", "acme/redis = src/redis/Dockerfile in src/redis", "acme/shop-web = src/web/Dockerfile in src/web"],
            layout.Lines());
    }

    [Fact]
    public void Names_another_registrys_base_by_a_context()
    {
        var layout = new Layout("shop", "acme") { Entries = [Entry("images", "acme/base"), Entry("images", "acme/api")] };
        layout.With("base/Dockerfile", "FROM alpine:3.22\n").With("api/Dockerfile", "FROM ghcr.io/acme/base:3.1\n").With("alpine/Dockerfile", "FROM scratch\n");
        Assert.Equal(
            ["acme/alpine = alpine/Dockerfile in alpine", "acme/api = api/Dockerfile in api ghcr.io/acme/base:3.1->acme/base", "acme/base = base/Dockerfile in base"],
            layout.Lines());
    }

    [Fact]
    public void Keeps_names_apart()
    {
        var layout = new Layout("p")
            .With("services/api/Dockerfile", "FROM x").With("apps/api/Dockerfile", "FROM x").With("apps/Web_UI/Containerfile", "FROM x").With("apps/Web_UI/dev.Dockerfile", "FROM x")
            .With("compose.yaml", "services:\n  one: { image: acme/x, build: services/api }\n  two: { image: 'acme/x:two', build: apps/api }\n");
        Assert.Equal(
            ["acme/two = apps/api/Dockerfile in apps/api", "acme/web_ui = apps/Web_UI/Containerfile in apps/Web_UI", "acme/web_ui-dev = apps/Web_UI/dev.Dockerfile in apps/Web_UI", "acme/x = services/api/Dockerfile in services/api"],
            layout.Lines());
        Assert.Equal("compose.yaml:3: 'acme/x' is the name of what compose.yaml:2 builds, so what 'apps/api/Dockerfile' builds is called differently here", layout.Find().Guesses[^1]);
    }

    [Theory]
    [InlineData("latest-api", "latest-web", "ghcr.io/acme/api ghcr.io/acme/web")]
    [InlineData("api-${V}", "web-${V}", "ghcr.io/acme/api ghcr.io/acme/web")]
    [InlineData("${V}", "web-${V}", "ghcr.io/acme/shop ghcr.io/acme/web")]
    [InlineData("latest", "web", "ghcr.io/acme/shop ghcr.io/acme/web")]
    [InlineData("1.2", "1.2", "ghcr.io/acme/shop ghcr.io/acme/web")]
    public void Gives_builds_that_only_tags_tell_apart_names_of_their_own(string api, string web, string names)
    {
        var compose = new Layout("p").With("compose.yaml", $"services:\n  api: {{ image: 'ghcr.io/acme/shop:{api}', build: api }}\n  web: {{ image: 'ghcr.io/acme/shop:{web}', build: web }}\n");
        var bake = new Layout("p").With("docker-bake.hcl", $"variable \"V\" {{}}\ntarget \"api\" {{\n  context = \"api\"\n  tags = [\"ghcr.io/acme/shop:{api}\"]\n}}\ntarget \"web\" {{\n  context = \"web\"\n  tags = [\"ghcr.io/acme/shop:{web}\"]\n}}\n".Replace("${V}", "${timestamp()}", StringComparison.Ordinal));
        foreach (var layout in new[] { compose, bake })
        {
            layout.With("api/Dockerfile", "FROM x\n").With("web/Dockerfile", "FROM x\n");
            Assert.Equal(names, string.Join(' ', layout.Sources().Select(source => source.Image.Text).Order(StringComparer.Ordinal)));
            Assert.Contains("'ghcr.io/acme/shop' is the name of", Assert.Single(layout.Find().Guesses), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Puts_what_is_regular_under_one_glob_and_the_rest_under_except()
    {
        var layout = new Layout("p");
        for (var index = 0; index < 40; index++)
        {
            layout.With($"src/group{index % 4}/svc{index}/Dockerfile", "FROM x\n");
        }

        layout.With("src/group1/odd/Dockerfile", "nonsense here\n").With("src/group1/sub/Dockerfile", "FROM x\nCOPY src/group1/sub/a /\n").WithFiles("src/group1/sub/a", "src/group0/svc0/b");
        Assert.Contains("  - dockerfiles: src/*/*/Dockerfile\n    except: [src/group1/odd/Dockerfile, src/group1/sub/Dockerfile]\n    name: p/{name}\n  - dockerfiles: src/group1/sub/Dockerfile\n", layout.Write(), StringComparison.Ordinal);
        Assert.Equal(41, layout.Sources().Count);
        Assert.Equal(["src/group1/odd/Dockerfile"], layout.Find().LeftOut.Select(left => left.Key));
    }

    [Theory]
    [InlineData("a b/Dockerfile")]
    [InlineData("[x]/*?/Dockerfile")]
    [InlineData("ünï/Dockerfile.é")]
    [InlineData("-/yes/Dockerfile")]
    [InlineData("#/Dockerfile")]
    [InlineData("\U0001F40B/Dockerfile")]
    [InlineData("aa: b/null/Dockerfile")]
    [InlineData("{name}/{dir}/Dockerfile")]
    [InlineData("\"'/Dockerfile")]
    [InlineData("a\u2028b\tc/Dockerfile")]
    [InlineData("1e5/Dockerfile")]
    public void Writes_any_path_so_that_it_is_read_back(string path)
    {
        var layout = new Layout("p").With(path, "FROM x\n").With("other/Dockerfile", "FROM x\n");
        Assert.Equal(["other/Dockerfile", path], layout.Sources().Select(source => source.Dockerfile).OrderBy(one => one == path));
    }

    [Fact]
    public void Leaves_out_what_is_no_dockerfile_and_says_so()
    {
        var layout = new Layout("p")
            .With("a/Dockerfile", [0x7F, (byte)'E', 0, 1]).With("b/Dockerfile", new byte[2 * 1024 * 1024]).With("c/Dockerfile", "RUN x\n").With("node_modules/d/Dockerfile", "FROM x\n")
            .With("e/Dockerfile", string.Concat(Enumerable.Repeat("FROM x\nCOPY a b\n", 5_000))).With("f/Dockerfile.j2", "FROM {{ x }}\n").With("docker-bake.hcl", [0xFF, 0xFE, 0]).With("g/Dockerfile", "").With("z:/Dockerfile", "FROM x\n");
        Assert.Equal(["e/Dockerfile"], layout.Sources().Select(source => source.Dockerfile));
        Assert.Equal(["a/Dockerfile", "b/Dockerfile", "c/Dockerfile", "docker-bake.hcl", "g/Dockerfile", "node_modules/d/Dockerfile", "z:/Dockerfile"], layout.Find().LeftOut.Select(left => left.Key));
        Assert.Empty(new Layout("p").Sources());
    }

    private static ManifestEntry Entry(string list, string image) => new(list, 0, ImageName.Parse(image), "1", 1);
}

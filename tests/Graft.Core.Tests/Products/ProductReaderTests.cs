using Graft.Core.Failures;
using Graft.Core.Images;
using Graft.Core.Products;
using Graft.Core.Releases;

namespace Graft.Core.Tests.Products;

public sealed class ProductReaderTests
{
    [Fact]
    public void Fills_in_every_default()
    {
        var product = ProductReader.Read("product: acme\n", "graft.yaml");
        Assert.Equal(
            ("acme", ".version.yml", "releases", "v{name}", "main", "origin", "layout:.graft/images"),
            (product.Name, product.VersionFile, product.Releases, product.TagTemplate, product.Main, product.Remote, product.Registry));
        Assert.Equal(("folder:.graft/published", "https://api.github.com", "config"), (product.Publisher, product.GitHubApi, product.Clusters));
        Assert.Equal(new BuildSettings("embedded", 2, null, []), product.Build);
        Assert.Equal(new Budget(20, 500, 10), product.Budget);
        Assert.Empty(product.PlainHttp);
        Assert.Empty(product.Images);
        Assert.Equal("v3.2.202511230446", product.TagOf(ReleaseName.Parse("3.2.202511230446")));
    }

    [Fact]
    public void Reads_everything_that_the_contract_shows()
    {
        var product = ProductReader.Read(
            """
            schema: 1
            product: acme
            version-file: ./etc/version.yml
            releases: deploy/releases/
            tag: release/{name}
            main: trunk
            remote: upstream
            registry: localhost:5000
            plain-http: [registry.lan:5000]
            publisher: github:acme/product
            github-api: https://ghe.example.com/api/v3/
            build: { with: buildah, parallel: 4, builder: null }
            budget: { files: 1, lines: 0 }
            clusters: clusters
            images:
              - dockerfiles: src/*/*/Dockerfile
                except: [src/ci/*/Dockerfile]
                name: acme/{name}
                key: core_images
                context: "{dir}"
                targets: { base: "acme/{name}-base", slim: "acme/{name}" }
                platforms: [linux/amd64, linux/arm64/v8]
                args: { KEY: 3.10 }
                contexts: { base: acme/base }
                inputs: [src/common/**]
                prepare: [scripts/copy-common.sh, "{context}", "{target}"]
              - { dockerfiles: Dockerfile, name: ghcr.io/acme/root, context: . }
            """,
            "graft.yaml");
        Assert.Equal(("etc/version.yml", "deploy/releases", "localhost:5000", "https://ghe.example.com/api/v3"), (product.VersionFile, product.Releases, product.Registry, product.GitHubApi));
        Assert.Equal(new BuildSettings("buildah", 4, null, []), product.Build);
        Assert.Equal(new Budget(1, 0, 10), product.Budget);
        var rule = product.Images[0];
        Assert.Equal(("src/*/*/Dockerfile", "acme/{name}", "core_images", "{dir}"), (rule.Dockerfiles, rule.Name, rule.Key, rule.Context));
        Assert.Equal(["base", "slim"], rule.Targets.Keys);
        Assert.Equal([Platform.Default, Platform.Parse("linux/arm64/v8")], rule.Platforms);
        Assert.Equal("3.10", rule.Args["KEY"]);
        Assert.Equal("acme/base", rule.Contexts["base"]);
        Assert.Equal(["scripts/copy-common.sh", "{context}", "{target}"], rule.Prepare);
        Assert.Equal(new SourceLocation("graft.yaml", 16, 5), rule.Location);
        Assert.Equal((".", "images"), (product.Images[1].Context, product.Images[1].Key));
    }

    [Theory]
    [InlineData("docker.io")]
    [InlineData("localhost:5000")]
    [InlineData("ghcr.io/acme")]
    [InlineData("registry.example.com:8443/team/one")]
    [InlineData("layout:out/images")]
    public void Reads_a_registry(string registry) =>
        Assert.Equal(registry, ProductReader.Read($"product: acme\nregistry: {registry}\n", "graft.yaml").Registry);

    [Theory]
    [InlineData("", "1:1: 'graft.yaml' is empty", null)]
    [InlineData("schema: 1\n", "1:1: there is no 'product'", "name it, like `product: acme`")]
    [InlineData("product:\n", "1:9: 'product' has no value", null)]
    [InlineData("product: [a]\n", "1:10: 'product' is not text", null)]
    [InlineData("product: a b\n", "1:10: 'a b' is not a product name", null)]
    [InlineData("P\nschema: 2\n", "2:9: this graft reads schema 1 only", "get a newer graft")]
    [InlineData("P\nschema: '1'\n", "2:9: 'schema' is not a whole number", null)]
    [InlineData("P\nregistri: x\n", "2:1: 'registri' is no key of graft.yaml", "did you mean `registry`?")]
    [InlineData("P\nproduct: y\n", "2:1: 'product' is there twice", null)]
    [InlineData("P\nbuild: { wiht: docker }\n", "2:10: 'wiht' is no key of 'build'", "did you mean `with`?")]
    [InlineData("P\nbuild: { with: buildha }\n", "2:16: 'buildha' is no builder", "did you mean `buildah`?")]
    [InlineData("P\nbuild: { with: kaniko-executor }\n", "2:16: 'kaniko-executor' is no builder", null)]
    [InlineData("P\nbuild: { parallel: 0 }\n", "2:20: 'parallel' is not a whole number of 1 or more", null)]
    [InlineData("P\nbuild: docker\n", "2:8: 'build' is not a mapping", null)]
    [InlineData("P\nbudget: { files: -1 }\n", "2:18: 'files' is not a whole number of 0 or more", null)]
    [InlineData("P\nreleases: /etc\n", "2:11: the path '/etc' is absolute", null)]
    [InlineData("P\nreleases: a/../../b\n", "2:11: the path 'a/../../b' leaves the repository", null)]
    [InlineData("P\nregistry: layout:../x\n", "2:11: the path '../x' leaves the repository", null)]
    [InlineData("P\nregistry: ghcr.io/Acme\n", "2:11: 'ghcr.io/Acme' is not a registry", null)]
    [InlineData("P\nregistry: ghcr.io/acme:1\n", "2:11: 'ghcr.io/acme:1' is not a registry", null)]
    [InlineData("P\nregistry: https://ghcr.io\n", "2:11: 'https://ghcr.io' is not a registry", null)]
    [InlineData("P\nregistry: acme/images\n", "2:11: 'acme/images' is not a registry", null)]
    [InlineData("P\nregistry: acme\n", "2:11: 'acme' is not a registry", null)]
    [InlineData("P\npublisher: github:acme\n", "2:12: 'github:acme' is not a publisher", null)]
    [InlineData("P\npublisher: gitlab:a/b\n", "2:12: 'gitlab:a/b' is not a publisher", null)]
    [InlineData("P\npublisher: github:acme/..\n", "2:12: 'github:acme/..' is not a publisher", null)]
    [InlineData("P\ngithub-api: http://example.com\n", "2:13: the address of the API is not one", null)]
    [InlineData("P\ntag: v1\n", "2:6: the tag 'v1' has no `{name}`", null)]
    [InlineData("P\ntag: 'v {name}'\n", "2:6: 'v {name}' does not make a git tag", null)]
    [InlineData("P\ntag: '{name}.lock'\n", "2:6: '{name}.lock' does not make a git tag", null)]
    [InlineData("P\ntag: '--{name}'\n", "2:6: '--{name}' does not make a git tag", null)]
    [InlineData("P\nremote: --upload-pack=x\n", "2:9: '--upload-pack=x' is not a name that git takes", null)]
    [InlineData("P\nplain-http: lan\n", "2:13: 'plain-http' is not a list", null)]
    [InlineData("P\nmain: &m main\nremote: *m\n", "3:9: the alias '*m' is not read here", "write the value out")]
    [InlineData("P\nimages: { dockerfiles: x }\n", "2:9: 'images' is not a list", null)]
    [InlineData("P\nimages:\n  - x\n", "3:5: an item of 'images' is not a mapping", null)]
    [InlineData("P\nimages:\n  - name: x\n", "3:5: the item of 'images' has no 'dockerfiles'", null)]
    [InlineData("P\nimages:\n  - dockerfiles: Dockerfile\n", "3:5: the item of 'images' has no 'name'", null)]
    [InlineData("P\nimages:\n  - dockerfile: x\n", "3:5: 'dockerfile' is no key of an item of 'images'", "did you mean `dockerfiles`?")]
    [InlineData("P\nimages:\n  - { dockerfiles: '*/Dockerfile', name: x }\n", "3:42: every Dockerfile that '*/Dockerfile' finds would build 'x'", null)]
    [InlineData("P\nimages:\n  - { dockerfiles: '*/Dockerfile', targets: { a: x } }\n", "3:50: every Dockerfile", null)]
    [InlineData("P\nimages:\n  - { dockerfiles: Dockerfile, name: 'a-{name}' }\n", "3:38: 'a-{name}' has a `{name}`", null)]
    [InlineData("P\nimages:\n  - { dockerfiles: Dockerfile, name: 'a:1' }\n", "3:38: 'a:1' is not an image name", null)]
    [InlineData("P\nimages:\n  - { dockerfiles: /Dockerfile, name: a }\n", "3:20: the path '/Dockerfile' is absolute", null)]
    [InlineData("P\nimages:\n  - { dockerfiles: 'a[', name: a }\n", "3:20: 'a[' is not a path or a glob: a `[` is not closed", null)]
    [InlineData("P\nimages:\n  - { dockerfiles: D, name: a, key: notes }\n", "3:37: 'notes' is no key of a manifest that lists images", null)]
    [InlineData("P\nimages:\n  - { dockerfiles: D, name: a, platforms: [linux] }\n", "3:44: 'linux' is not a platform", null)]
    [InlineData("P\nimages:\n  - { dockerfiles: D, name: a, context: ../x }\n", "3:41: the path '../x' leaves the repository", null)]
    [InlineData("P\nimages:\n  - { dockerfiles: D, name: a, args: [a] }\n", "3:38: 'args' is not a mapping", null)]
    [InlineData("P\nimages:\n  - { dockerfiles: D, name: a, args: { a: 1, a: 2 } }\n", "3:46: 'a' is there twice", null)]
    [InlineData("P\nbuild: { with: docker, builder: x }\n", "2:33: 'builder' is an instance of buildx", "use `with: buildx`, or leave `builder` out")]
    [InlineData("P\nbuild: { with: buildx, builder: --push }\n", "2:33: '--push' is not the name of a builder", null)]
    [InlineData("P\nbuild: { options: [--network=none] }\n", "2:19: 'options' are arguments of a builder that is a program", null)]
    [InlineData("P\nbuild: { with: docker, options: [network=none] }\n", "2:34: 'network=none' is not an option", null)]
    [InlineData("P\nbuild: { with: docker, options: [-t] }\n", "2:34: '-t' is not an option", null)]
    [InlineData("P\nbuild: { with: docker, options: [--push] }\n", "2:34: graft sets '--push' itself", null)]
    [InlineData("P\nbuild: { with: docker, options: [--tag=x] }\n", "2:34: graft sets '--tag' itself", null)]
    [InlineData("P\nbuild: { with: docker, options: ['--output=type=registry'] }\n", "2:34: graft sets '--output' itself", null)]
    [InlineData("P\nbuild: { with: docker, options: [--build-arg=A=b] }\n", "2:34: graft sets '--build-arg' itself", "use the image's `args`")]
    [InlineData("P\nimages:\n  - { dockerfiles: D, name: a, secrets: { a b: X } }\n", "3:41: 'a b' is not the id of a secret", null)]
    [InlineData("P\nimages:\n  - { dockerfiles: D, name: a, secrets: { 'a,src=/etc/passwd': X } }\n", "3:41: 'a,src=/etc/passwd' is not the id of a secret", null)]
    public void Refuses_by_line_with_a_hint(string text, string message, string? hint)
    {
        var whole = text.StartsWith('P') ? "product: x" + text[1..] : text;
        var failure = Assert.Throws<GraftException>(() => ProductReader.Read(whole, "graft.yaml"));
        Assert.Equal(FailureKind.Input, failure.Kind);
        Assert.StartsWith("graft.yaml:" + message, failure.Message, StringComparison.Ordinal);
        Assert.Equal(hint ?? failure.Hint, failure.Hint);
    }

    [Fact]
    public void Reads_what_a_builder_is_given()
    {
        var product = ProductReader.Read(
            "product: x\nbuild: { with: buildx, builder: graft, options: [--network=none, --no-cache] }\nimages:\n  - { dockerfiles: D, name: a, secrets: { npm: NPM_TOKEN, key: ~/.key } }\n", "graft.yaml");

        Assert.Equal(("buildx", "graft"), (product.Build.With, product.Build.Builder));
        Assert.Equal(["--network=none", "--no-cache"], product.Build.Options);
        var source = Assert.Single(ImageSources.Find(product, ["D"]));
        Assert.Equal([new("npm", "NPM_TOKEN"), new("key", "~/.key")], source.Secrets);
    }

    [Fact]
    public void Keeps_the_secret_of_an_address_to_itself()
    {
        var failure = Assert.Throws<GraftException>(() => ProductReader.Read("product: x\ngithub-api: https://me:secret@example.com\n", "graft.yaml"));
        Assert.DoesNotContain("secret", failure.Message, StringComparison.Ordinal);
    }
}

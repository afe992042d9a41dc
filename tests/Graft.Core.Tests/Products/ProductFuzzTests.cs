using System.Text;
using Graft.Core.Failures;
using Graft.Core.Products;
using Graft.Testing;

namespace Graft.Core.Tests.Products;

/// <summary>Mangled graft.yaml and version files: read the same each time, or refused with a place.</summary>
public sealed class ProductFuzzTests
{
    private static readonly string[] Paths = ["Dockerfile", "src/api/Dockerfile", "src/core/web/Dockerfile", "src/[a]/Dockerfile", "a b/Dockerfile.slim", "src/ci/x/Dockerfile"];

    private static readonly string[] Corpus =
    [
        SampleFiles.Configuration,
        SampleFiles.PreparingConfiguration,
        "version: \"3.2\"\n",
        """
        schema: 1
        product: acme
        version-file: .version.yml
        releases: releases
        tag: v{name}
        main: main
        remote: origin
        registry: layout:.graft/images
        plain-http: [localhost:5000]
        publisher: github:acme/shop
        github-api: https://api.github.com
        build: { with: buildx, parallel: 2, builder: null }
        budget: { files: 20, lines: 500, commits: 10 }
        clusters: config
        images:
          - dockerfiles: src/*/*/Dockerfile
            except: [src/ci/*/Dockerfile]
            name: acme/{name}
            key: ci_images
            context: "{dir}/sub"
            targets: { base: "acme/{name}-base", slim: "acme/{name}" }
            platforms: [linux/amd64, linux/arm64/v8]
            args: { KEY: value }
            contexts: { base: acme/base }
            inputs: [src/common/**]
            prepare: [scripts/copy-common.sh, "{context}", "{target}"]
          - { dockerfiles: "a b/Dockerfile.slim", name: acme/slim }
        """,
    ];

    private static readonly string[] Pieces =
    [
        "\n", "\r\n", " ", "  ", "\t", ": ", "- ", "? ", "#", "\"", "'", "|\n", "{", "}", "[", "]", ",", "&a ", "*a", "!!str ", "---\n", "\\", "\0", "\"\\0\"", "é", "😀", "\uFEFF",
        "{name}", "{dir}", "{target}", "{context}", "**", "*", "?", "[a-z]", "[!", "\\*", "../", "/", "//", "./", ".", "..", ".lock", "@{", "~", "layout:", "folder:", "github:", "99999999999", "-1", "null", "true",
        "images:\n", "  - dockerfiles: ", "    name: ", "product: ", "schema: 2\n", "localhost:", "linux/",
    ];

    [Fact]
    public void Is_read_or_refused_with_a_place() => new Fuzz("graft.yaml", [.. Corpus.Select(Encoding.UTF8.GetBytes)], Pieces).Run(Check);

    private static string Check(byte[] bytes)
    {
        var version = Try(() => $"{VersionFile.Read(bytes, "f")}");
        return Try(() =>
        {
            var product = ProductReader.Read(bytes, "f");
            Assert.Equivalent(product, ProductReader.Read(Encoding.UTF8.GetString(bytes), "f"), strict: true);
            Assert.Equal(Releases.Edits.Name, product.NameOf(product.TagOf(Releases.Edits.Name)));
            return $"read, {ImageSources.Find(product, Paths).Count > 0}";
        }) + version;
    }

    private static string Try(Func<string> read)
    {
        try
        {
            return read();
        }
        catch (GraftException refusal)
        {
            Assert.Equal(FailureKind.Input, refusal.Kind);
            Assert.StartsWith("f:", refusal.Message, StringComparison.Ordinal);
            return refusal.Message;
        }
    }
}

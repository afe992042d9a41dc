using Graft.Testing;

namespace Graft.Cli.Tests;

/// <summary>Exit code 4: a value or a file that is malformed, unknown or ambiguous. Nothing is changed.</summary>
public sealed class InputErrorTests : IDisposable
{
    private const string Release = SampleProduct.Release;

    private readonly SampleProduct product = new();

    public void Dispose() => product.Dispose();

    [Theory]
    [InlineData("--release 3.2.202511230447 --set bitnami/redis=7.2.5", "there is no release '3.2.202511230447' in 'releases'", "3.2.202511230446")]
    [InlineData("--release ../3.2.202511230446 --set bitnami/redis=7.2.5", "there is no release '../3.2.202511230446' in 'releases'", null)]
    [InlineData("--release 3.2.202511230446 --set bitnami/reddis=7.2.5", "has no entry for 'bitnami/reddis'", "bitnami/redis")]
    [InlineData("--release 3.2.202511230446 --set bitnami/postgresql=17", "'bitnami/postgresql'", "bitnami/postgresql:16.1.0")]
    [InlineData("--release 3.2.202511230446 --set bitnami/postgresql:14=17", "has no 'bitnami/postgresql' at '14'", "it has ")]
    [InlineData("--release 3.2.202511230446 --set bitnami/redis=not/a:tag!", "'not/a:tag!'", null)]
    [InlineData("--release 3.2.202511230446 --set bitnami/redis", "'bitnami/redis'", null)]
    [InlineData("--release 3.2.202511230446 --build bitnami/redis", "'bitnami/redis'", null)]
    [InlineData("--release 3.2.202511230446 --build acme/apy", "'acme/apy'", "acme/api")]
    [InlineData("--release 3.2.202511230446 --set bitnami/redis=7.2.5 --name nonsense", "'nonsense'", null)]
    [InlineData("--release 3.2.202511230446 --set bitnami/redis=7.2.5 --name ../../3.2.202601010000", "'../../3.2.202601010000'", null)]
    [InlineData("--release 3.2.202511230446 --set bitnami/redis=7.2.5 --name 3.3.202601010000", "'3.3.202601010000'", null)]
    [InlineData("--release 3.2.202511230446 --set bitnami/redis=7.2.5 --notes-file missing.md", "'missing.md'", null)]
    public void A_value_is_off(string line, string subject, string? hint)
    {
        var result = product.Run($"hotfix generate --offline {line}");

        Fails(result, subject);
        Assert.Contains(hint ?? "", result.Error, StringComparison.Ordinal);
        Assert.Equal([Release], product.Releases);
        Assert.False(Directory.Exists(product.At(".graft")));
    }

    [Fact]
    public void A_tag_that_is_not_here()
    {
        product.Repository.Git("tag", "--delete", $"v{Release}");

        Fails(Generate(), $"error: tag 'v{Release}' of release '{Release}' is not here\nhint: `git fetch --tags`\n");
    }

    [Fact]
    public void A_malformed_manifest_by_line_and_column()
    {
        product.WriteManifest(Release, "name: 3.2.202511230446\ncommit: [what\n");

        Fails(Generate(), $"error: releases/{Release}.yaml:3:1: ");
        Fails(product.Run($"release show {Release}"), $"error: releases/{Release}.yaml:3:1: ");
    }

    [Fact]
    public void A_manifest_with_another_name_in_it()
    {
        product.WriteManifest("3.2.202512010000", product.ReadManifest(Release));

        var result = product.Run("release show 3.2.202512010000");

        Fails(result, "3.2.202512010000");
    }

    [Fact]
    public void An_entry_behind_an_alias_is_refused_by_line()
    {
        product.WriteManifest(Release, product.ReadManifest(Release).Replace("acme-tools/lint: 2.10", "acme-tools/lint: &v 2.10\n  acme-tools/deploy: *v", StringComparison.Ordinal));

        Fails(product.Run($"hotfix generate --offline --release {Release} --set acme-tools/deploy=3"), $"releases/{Release}.yaml:16:");
    }

    [Theory]
    [InlineData("prodcut: acme\n", "error: graft.yaml:1:1: 'prodcut' is no key of", "product")]
    [InlineData("product: acme\nimages:\n  - dockerfile: src/*/Dockerfile\n    name: acme/{name}\n", "error: graft.yaml:3:5: 'dockerfile' is no key of", "dockerfiles")]
    [InlineData("product: acme\nimages: nothing\n", "error: graft.yaml:2:9:", null)]
    [InlineData("product: acme\nimages:\n  - dockerfiles: nowhere/*/Dockerfile\n    name: acme/{name}\n", "error: graft.yaml:3:5: 'nowhere/*/Dockerfile' matches", null)]
    [InlineData("product: [acme\n", "error: graft.yaml:2:1:", null)]
    [InlineData("schema: 2\nproduct: acme\n", "error: graft.yaml:1:9:", null)]
    public void A_malformed_graft_yaml_by_line_and_column(string text, string message, string? hint)
    {
        product.Repository.Write("graft.yaml", text);

        var result = product.Run($"hotfix generate --offline --allow dirty-tree --release {Release} --set bitnami/redis=7.2.5 --allow affected-not-built");

        Fails(result, message);
        Assert.Contains(hint ?? "", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_named_graft_yaml_that_is_not_there() => Fails(product.Run("release list --config other.yaml"), "error: there is no file 'other.yaml'\n");

    [Fact]
    public void No_graft_yaml_here_nor_on_main()
    {
        using var bare = new TemporaryRepository();

        Fails((product.Graft with { Directory = bare.Root }).Run("release", "list"), "error: there is no 'graft.yaml' at the root of '.', nor on 'origin/main'\n");
    }

    [Fact]
    public void A_folder_that_is_no_repository()
    {
        using var folder = new TemporaryFolder();

        Fails((product.Graft with { Directory = folder.Path }).Run("release", "list"), "error: ");
    }

    [Fact]
    public void A_folder_that_is_not_there() => Fails(product.Run("-C nowhere release list"), "error: there is no folder 'nowhere'\n");

    [Fact]
    public void Publishing_what_has_no_draft() => Fails(product.Run($"release publish {Release} --yes"), $"error: the publisher has no release 'v{Release}'\n");

    [Fact]
    public void Publishing_a_manifest_that_is_not_the_published_one()
    {
        var hotfix = product.CutHotfix();
        File.AppendAllText(product.At($"releases/{hotfix}.yaml"), "# later\n");

        Fails(product.Run($"release publish {hotfix} --yes"), $"error: 'releases/{hotfix}.yaml' is not what release 'v{hotfix}' has on the publisher\n");
    }

    [Fact]
    public void Resuming_what_was_never_begun() => Fails(product.Run("hotfix resume 3.2.203001010000"), "error: there is no run '3.2.203001010000'\n");

    [Fact]
    public void Comes_before_what_guards_say()
    {
        product.Repository.Write("README.md", "dirty\n");

        Fails(product.Run("hotfix generate --release 3.2.209901010000 --set a=b"), "error: there is no release '3.2.209901010000' in 'releases'\n");
    }

    [Fact]
    public void Comes_after_the_command_line()
    {
        product.Repository.Write("graft.yaml", "nonsense: true\n");

        Assert.Equal(2, product.Run("hotfix generate --release nonsense").ExitCode);
    }

    private GraftResult Generate() => product.Run($"hotfix generate --offline --release {Release} --set bitnami/redis=7.2.5 --allow affected-not-built");

    private static void Fails(GraftResult result, string text)
    {
        Assert.Contains(text, result.Error, StringComparison.Ordinal);
        Assert.Contains("error: ", result.Error, StringComparison.Ordinal);
        Assert.Equal("", result.Output);
        Assert.Equal(4, result.ExitCode);
    }
}

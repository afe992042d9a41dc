using Graft.Core.Failures;
using Graft.Core.Images;

namespace Graft.Core.Tests.Images;

public sealed class ImageReferenceTests
{
    private const string Sha = "sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

    [Theory]
    [InlineData("busybox:1.36", "docker.io", "library/busybox", "1.36")]
    [InlineData("acme/core-api:3.10", "docker.io", "acme/core-api", "3.10")]
    [InlineData("docker.io/library/x:1", "docker.io", "library/x", "1")]
    [InlineData("index.docker.io/x/y:1", "docker.io", "x/y", "1")]
    [InlineData("localhost:5000/x:1e5", "localhost:5000", "x", "1e5")]
    [InlineData("localhost/x:1", "localhost", "x", "1")]
    [InlineData("Registry.Example/x:1", "registry.example", "x", "1")]
    [InlineData("registry.k8s.io/git-sync/git-sync:v4.1.0", "registry.k8s.io", "git-sync/git-sync", "v4.1.0")]
    [InlineData("[::1]:5000/a/b:t", "[::1]:5000", "a/b", "t")]
    [InlineData("a__b/c-d.e:_x", "docker.io", "a__b/c-d.e", "_x")]
    public void Reads_what_the_distribution_project_reads(string text, string registry, string repository, string tag)
    {
        var reference = ImageReference.Parse(text);

        Assert.Equal((registry, repository, tag), (reference.Name.Registry, reference.Name.Repository, reference.Version.Tag));
        Assert.Equal(text, reference.ToString());
    }

    [Theory]
    [InlineData("busybox", "busybox")]
    [InlineData("docker.io/library/busybox", "busybox")]
    [InlineData("library/a/b", "library/a/b")]
    [InlineData("acme/core-api", "acme/core-api")]
    [InlineData("localhost:5000/library/x", "library/x")]
    public void Says_a_path_as_one_would_type_it(string name, string familiar) => Assert.Equal(familiar, ImageName.Parse(name).Familiar);

    [Theory]
    [InlineData("x/y@" + Sha, null)]
    [InlineData("x/y:1@" + Sha, "1")]
    [InlineData("localhost:5000/y@" + Sha, null)]
    public void Reads_digests(string text, string? tag)
    {
        var reference = ImageReference.Parse(text);

        Assert.Equal(tag, reference.Version.Tag);
        Assert.Equal(Sha, reference.Version.Digest!.ToString());
        Assert.Equal(text, reference.ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("x")]
    [InlineData("x:")]
    [InlineData(":1")]
    [InlineData("X:1")]
    [InlineData("x:-1")]
    [InlineData("x:a b")]
    [InlineData("x//y:1")]
    [InlineData("x/../y:1")]
    [InlineData("/x:1")]
    [InlineData("x/:1")]
    [InlineData("x@sha256:12")]
    [InlineData("x:@" + Sha)]
    [InlineData("x:1\n")]
    [InlineData("--upload-pack=x:1")]
    [InlineData("localhost:99/")]
    [InlineData("x:1@sha256:0123456789ABCDEF0123456789abcdef0123456789abcdef0123456789abcdef")]
    public void Refuses_what_is_not_one(string text) =>
        Assert.Equal(FailureKind.Input, Assert.Throws<GraftException>(() => ImageReference.Parse(text)).Kind);

    [Fact]
    public void Compares_normalised_names()
    {
        Assert.Equal(ImageReference.Parse("x:1"), ImageReference.Parse("docker.io/library/x:1"));
        Assert.Equal(ImageName.Parse("docker.io/x/y"), ImageName.Parse("x/y"));
        Assert.NotEqual(ImageName.Parse("quay.io/x/y"), ImageName.Parse("x/y"));
        Assert.NotEqual(ImageReference.Parse("x:1"), ImageReference.Parse("x:2"));
    }

    [Fact]
    public void Takes_a_tag_of_128_characters_and_none_longer()
    {
        Assert.True(ImageVersion.TryParse(new string('a', 128), out _));
        Assert.False(ImageVersion.TryParse(new string('a', 129), out _));
    }
}

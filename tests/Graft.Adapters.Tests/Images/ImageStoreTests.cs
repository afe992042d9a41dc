using Graft.Core.Failures;
using Graft.Core.Images;
using Graft.Testing;

namespace Graft.Adapters.Tests.Images;

/// <summary>What every image store promises (the port's words), whatever it is made of.</summary>
public abstract class ImageStoreTests : IDisposable
{
    protected static CancellationToken Token => TestContext.Current.CancellationToken;

    protected ImageWorkbench Bench { get; } = new();

    protected abstract IImageStore Store { get; }

    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task Finds_what_was_pushed_by_its_tag()
    {
        var image = await ImageAsync("x");
        await Store.PushAsync(ImageReference.Parse("acme/a:1"), image, Token);

        var found = await FindAsync("acme/a:1");

        Assert.Equal(image.Descriptor, found!.Descriptor);
        Assert.Equal(image.Descriptor, await Store.ResolveAsync(ImageReference.Parse("acme/a:1"), Token));
        Assert.Equal([Platform.Default], found.Manifests.Select(manifest => manifest.Platform));
        Assert.Equal("x", (await ImageWorkbench.ConfigAsync(found)).GetProperty("config").GetProperty("Labels").GetProperty("l").GetString());
        Assert.Equal(await ImageWorkbench.LayersAsync(image), await ImageWorkbench.LayersAsync(found));
    }

    [Theory]
    [InlineData("acme/a:1", "docker.io/acme/a:1")]
    [InlineData("a:1", "docker.io/library/a:1")]
    [InlineData("docker.io/library/a:1", "a:1")]
    public async Task Finds_by_the_normalised_name(string pushed, string asked)
    {
        var image = await ImageAsync("x");
        await Store.PushAsync(ImageReference.Parse(pushed), image, Token);

        Assert.Equal(image.Descriptor, (await FindAsync(asked))!.Descriptor);
    }

    [Fact]
    public async Task Finds_by_digest_and_by_a_platform_s_digest()
    {
        var image = await IndexAsync();
        await Store.PushAsync(ImageReference.Parse("acme/a:1"), image, Token);

        Assert.Equal(image.Descriptor, (await FindAsync($"acme/a@{image.Descriptor.Digest}"))!.Descriptor);
        Assert.Equal(image.Descriptor, (await FindAsync($"acme/a:other@{image.Descriptor.Digest}"))!.Descriptor);
        Assert.Equal(image.Manifests[1].Digest, (await FindAsync($"acme/a@{image.Manifests[1].Digest}"))!.Descriptor.Digest);
        Assert.Equal(image.Manifests[1].Digest, (await Store.ResolveAsync(ImageReference.Parse($"acme/a@{image.Manifests[1].Digest}"), Token))!.Digest);
        Assert.Null(await FindAsync($"acme/b@{image.Descriptor.Digest}"));
    }

    [Fact]
    public async Task Keeps_the_platforms_of_an_index()
    {
        var image = await IndexAsync();
        await Store.PushAsync(ImageReference.Parse("acme/a:1"), image, Token);

        var found = await FindAsync("acme/a:1");

        Assert.Equal(image.Manifests, found!.Manifests);
        Assert.Equal(["linux/amd64", "linux/arm64"], found.Manifests.Select(manifest => manifest.Platform!.ToString()));
    }

    [Fact]
    public async Task What_is_not_there_is_null()
    {
        await PushAsync("acme/a:1", "x");

        foreach (var reference in (string[])["acme/a:2", "acme/none:1", $"acme/a@sha256:{new string('0', 64)}"])
        {
            Assert.Null(await FindAsync(reference));
            Assert.Null(await Store.ResolveAsync(ImageReference.Parse(reference), Token));
        }

        Assert.Empty(await Store.ListTagsAsync(ImageName.Parse("acme/none"), Token));
    }

    [Fact]
    public async Task A_taken_tag_is_never_overwritten()
    {
        await PushAsync("acme/a:1", "x");
        await PushAsync("docker.io/acme/a:1", "x");

        var failure = await Assert.ThrowsAsync<GraftException>(() => PushAsync("acme/a:1", "y"));

        Assert.Equal(FailureKind.Guard, failure.Kind);
        Assert.StartsWith("'acme/a:1' exists with other content, 'sha256:", failure.Message, StringComparison.Ordinal);
        Assert.Equal((await ImageAsync("x")).Descriptor, (await FindAsync("acme/a:1"))!.Descriptor);
    }

    [Fact]
    public async Task Lists_the_tags_of_one_image()
    {
        await PushAsync("acme/a:2", "x");
        await PushAsync("acme/a:10", "x");
        await PushAsync("acme/b:1", "x");

        Assert.Equal(["10", "2"], await Store.ListTagsAsync(ImageName.Parse("docker.io/acme/a"), Token));
    }

    [Fact]
    public async Task An_image_with_only_a_digest_gets_no_tag()
    {
        var image = await ImageAsync("x");
        await PushAsync("acme/a:1", "y");
        await Store.PushAsync(ImageReference.Parse($"acme/a@{image.Descriptor.Digest}"), image, Token);

        Assert.NotNull(await FindAsync($"acme/a@{image.Descriptor.Digest}"));
        Assert.Equal(["1"], await Store.ListTagsAsync(ImageName.Parse("acme/a"), Token));
    }

    [Fact]
    public async Task A_digest_that_is_not_the_image_s_is_refused()
    {
        var failure = await Assert.ThrowsAsync<GraftException>(() => PushAsync($"acme/a:1@sha256:{new string('0', 64)}", "x"));

        Assert.Equal(FailureKind.Input, failure.Kind);
        Assert.Null(await FindAsync("acme/a:1"));
    }

    [Fact]
    public async Task A_push_that_fails_gives_no_tag()
    {
        var image = await ImageAsync("x");
        var broken = image with { Content = new Missing(image.Content, (await ImageWorkbench.ManifestAsync(image)).Config.Digest) };

        var failure = await Assert.ThrowsAsync<GraftException>(() => Store.PushAsync(ImageReference.Parse("acme/a:1"), broken, Token));

        Assert.Equal("gone", failure.Message);
        Assert.Null(await FindAsync("acme/a:1"));
    }

    [Fact]
    public async Task Content_that_is_not_what_it_should_be_is_not_taken()
    {
        var image = await ImageAsync("x");
        var layer = (await ImageWorkbench.ManifestAsync(image)).Layers[0];
        var forged = image with { Content = new Forged(image.Content, layer.Digest) };

        await Assert.ThrowsAnyAsync<GraftException>(() => Store.PushAsync(ImageReference.Parse("acme/a:1"), forged, Token));

        Assert.Null(await FindAsync("acme/a:1"));
    }

    [Fact]
    public async Task Pushes_side_by_side_lose_nothing()
    {
        var images = new List<StoredImage>();
        for (var i = 0; i < 12; i++)
        {
            images.Add(await ImageAsync($"{i}"));
        }

        await Task.WhenAll(images.Select((image, i) => Store.PushAsync(ImageReference.Parse($"acme/a:{i}"), image, Token)));

        Assert.Equal(12, (await Store.ListTagsAsync(ImageName.Parse("acme/a"), Token)).Count);
        for (var i = 0; i < 12; i++)
        {
            Assert.Equal(images[i].Descriptor, (await Store.ResolveAsync(ImageReference.Parse($"acme/a:{i}"), Token)));
        }
    }

    [Fact]
    public async Task Takes_an_image_from_another_place_in_the_same_store()
    {
        await PushAsync("acme/a:1", "x");
        var image = await FindAsync("acme/a:1");

        await Store.PushAsync(ImageReference.Parse("acme/copy:1"), image!, Token);

        Assert.Equal(image!.Descriptor, (await FindAsync("acme/copy:1"))!.Descriptor);
        Assert.Equal(await ImageWorkbench.LayersAsync(image), await ImageWorkbench.LayersAsync((await FindAsync("acme/copy:1"))!));
    }

    protected virtual void Dispose(bool disposing) => Bench.Dispose();

    protected Task<StoredImage?> FindAsync(string reference) => Store.FindAsync(ImageReference.Parse(reference), Token);

    protected async Task PushAsync(string reference, string label) => await Store.PushAsync(ImageReference.Parse(reference), await ImageAsync(label), Token);

    protected Task<StoredImage> ImageAsync(string label) => Bench.Write("f", label).BuildTextAsync($"FROM scratch\nCOPY f /\nLABEL l={label}\n");

    private Task<StoredImage> IndexAsync() =>
        Bench.BuildTextAsync("FROM scratch\nARG TARGETARCH\nLABEL a=$TARGETARCH\n", source => source with { Platforms = [Platform.Default, Platform.Parse("linux/arm64")] });

    private sealed class Missing(IBlobSource inner, Digest missing) : IBlobSource
    {
        public Task<Stream> OpenAsync(Descriptor descriptor, CancellationToken cancellationToken) =>
            descriptor.Digest == missing ? throw GraftException.Outside("gone") : inner.OpenAsync(descriptor, cancellationToken);
    }

    private sealed class Forged(IBlobSource inner, Digest forged) : IBlobSource
    {
        public Task<Stream> OpenAsync(Descriptor descriptor, CancellationToken cancellationToken) =>
            descriptor.Digest == forged ? Task.FromResult<Stream>(new MemoryStream(new byte[descriptor.Size])) : inner.OpenAsync(descriptor, cancellationToken);
    }
}

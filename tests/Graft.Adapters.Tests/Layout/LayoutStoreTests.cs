using Graft.Adapters.Layout;
using Graft.Core.Failures;
using Graft.Core.Images;
using Graft.Testing;

namespace Graft.Adapters.Tests.Layout;

public sealed class LayoutStoreTests : IDisposable
{
    private readonly ImageWorkbench bench = new();
    private readonly LayoutStore store;

    public LayoutStoreTests() => store = new LayoutStore(Folder);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private string Folder => Path.Combine(bench.Folder, "images");

    public void Dispose() => bench.Dispose();

    [Theory]
    [InlineData("localhost:5000/a:1")]
    [InlineData("LOCALHOST:5000/a:1")]
    public async Task Keeps_images_of_any_registry(string asked)
    {
        var image = await ImageAsync("x");
        await store.PushAsync(ImageReference.Parse("localhost:5000/a:1"), image, Token);

        Assert.Equal(image.Descriptor, (await FindAsync(asked))!.Descriptor);
        Assert.Null(await FindAsync("a:1"));
    }

    [Fact]
    public async Task Takes_back_a_tag_that_points_where_it_is_said_to()
    {
        var image = await ImageAsync("x");
        var other = await ImageAsync("y");
        foreach (var reference in new[] { "acme/a:1", "acme/a:2", "acme/b:1" })
        {
            await store.PushAsync(ImageReference.Parse(reference), image, Token);
        }

        Assert.False(await store.TryRemoveTagAsync(ImageReference.Parse("acme/a:1"), other.Descriptor.Digest, Token));
        Assert.NotNull(await FindAsync("acme/a:1"));
        Assert.True(await store.TryRemoveTagAsync(ImageReference.Parse("acme/a:1"), image.Descriptor.Digest, Token));
        Assert.True(await store.TryRemoveTagAsync(ImageReference.Parse("acme/a:1"), image.Descriptor.Digest, Token));

        Assert.Null(await FindAsync("acme/a:1"));
        Assert.NotNull(await FindAsync("acme/a:2"));
        Assert.NotNull(await FindAsync("acme/b:1"));
        await store.PushAsync(ImageReference.Parse("acme/a:1"), other, Token);
        Assert.Equal(other.Descriptor, (await FindAsync("acme/a:1"))!.Descriptor);
    }

    [Fact]
    public async Task A_layout_that_does_not_exist_has_nothing()
    {
        Assert.Null(await FindAsync("acme/a:1"));
        Assert.Empty(await store.ListTagsAsync(ImageName.Parse("acme/a"), Token));
    }

    [Fact]
    public async Task A_taken_tag_leaves_the_index_as_it_is()
    {
        await PushAsync("acme/a:1", "x");
        var before = await File.ReadAllTextAsync(Path.Combine(Folder, "index.json"), Token);
        var written = File.GetLastWriteTimeUtc(Path.Combine(Folder, "index.json"));

        await PushAsync("docker.io/acme/a:1", "x");
        var failure = await Assert.ThrowsAsync<GraftException>(() => PushAsync("acme/a:1", "y"));

        Assert.Equal(FailureKind.Guard, failure.Kind);
        Assert.Equal(before, await File.ReadAllTextAsync(Path.Combine(Folder, "index.json"), Token));
        Assert.Equal(written, File.GetLastWriteTimeUtc(Path.Combine(Folder, "index.json")));
    }

    [Fact]
    public async Task What_a_killed_push_left_half_written_is_removed_by_the_next()
    {
        await PushAsync("acme/a:1", "x");
        var left = Guid.NewGuid().ToString("N");
        string[] abandoned = [Path.Combine(Folder, $"index.json.{left}.partial"), Path.Combine(Folder, "blobs", "sha256", $"{new string('0', 64)}.{left}.partial")];
        string[] others = [Path.Combine(Folder, "notes.partial"), Path.Combine(Folder, "blobs", "sha256", "skopeo.partial")];
        foreach (var path in abandoned.Concat(others))
        {
            await File.WriteAllTextAsync(path, "half", Token);
        }

        await PushAsync("acme/a:2", "y");

        Assert.All(abandoned, path => Assert.False(File.Exists(path)));
        Assert.All(others, path => Assert.True(File.Exists(path)));
    }

    [Fact]
    public async Task What_a_living_push_is_writing_stays()
    {
        await PushAsync("acme/a:1", "x");
        var partial = Path.Combine(Folder, "blobs", "sha256", $"{new string('0', 64)}.{Guid.NewGuid():N}.partial");
        using (await LayoutFiles.EnterAsync(Folder, Token))
        {
            await File.WriteAllTextAsync(partial, "half", Token);

            await PushAsync("acme/a:2", "y");

            Assert.True(File.Exists(partial));
        }

        await PushAsync("acme/a:3", "z");
        Assert.False(File.Exists(partial));
    }

    [Fact]
    public async Task Keeps_what_other_tools_wrote()
    {
        await PushAsync("acme/a:1", "x");
        var path = Path.Combine(Folder, "index.json");
        var index = await File.ReadAllTextAsync(path, Token);
        await File.WriteAllTextAsync(path, index.Replace("\"manifests\":[", "\"annotations\":{\"k\":\"v\"},\"manifests\":[{\"mediaType\":\"odd\",\"size\":1,\"digest\":\"sha256:" + new string('0', 64) + "\",\"artifactType\":\"z\"},", StringComparison.Ordinal), Token);

        await PushAsync("acme/a:2", "y");

        var after = await File.ReadAllTextAsync(path, Token);
        Assert.Contains("\"annotations\":{\"k\":\"v\"}", after, StringComparison.Ordinal);
        Assert.Contains("\"artifactType\":\"z\"", after, StringComparison.Ordinal);
        Assert.NotNull(await FindAsync("acme/a:1"));
        Assert.NotNull(await FindAsync("acme/a:2"));
    }

    [Fact]
    public async Task Writers_at_once_lose_nothing_and_leave_nothing()
    {
        var images = new List<StoredImage>();
        for (var i = 0; i < 40; i++)
        {
            images.Add(await ImageAsync($"{i}"));
        }

        // Two stores share nothing but the folder, as two processes do.
        await Task.WhenAll(Enumerable.Range(0, 2).Select(writer => Task.Run(async () =>
        {
            var own = new LayoutStore(Folder);
            for (var i = 0; i < 20; i++)
            {
                await own.PushAsync(ImageReference.Parse($"acme/i{writer}:{i}"), images[(writer * 20) + i], Token);
            }
        }, Token)));

        foreach (var writer in (int[])[0, 1])
        {
            Assert.Equal(20, (await store.ListTagsAsync(ImageName.Parse($"acme/i{writer}"), Token)).Count);
        }

        Assert.Empty(Directory.GetFiles(Folder, "*.partial", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task Reads_while_another_holds_the_lock()
    {
        await PushAsync("acme/a:1", "x");

        using (new FileStream(Path.Combine(Folder, ".lock"), FileMode.Open, FileAccess.ReadWrite, FileShare.None))
        {
            Assert.NotNull(await FindAsync("acme/a:1"));
        }
    }

    [Fact]
    public async Task Content_that_changed_is_not_handed_out()
    {
        var image = await ImageAsync("x");
        await store.PushAsync(ImageReference.Parse("acme/a:1"), image, Token);
        var config = (await ImageWorkbench.ManifestAsync(image)).Config;
        var path = Path.Combine(Folder, "blobs", "sha256", config.Digest.Hex);
        var bytes = await File.ReadAllBytesAsync(path, Token);
        bytes[^1] ^= 1;
        await File.WriteAllBytesAsync(path, bytes, Token);

        var failure = await Assert.ThrowsAsync<ContentException>(() => FindAsync("acme/a:1"));

        Assert.Equal(FailureKind.Outside, failure.Kind);
        Assert.Contains("holds other content", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_push_that_fails_leaves_the_tag_and_no_files()
    {
        var image = await ImageAsync("x");
        var broken = image with { Content = new Missing(image.Content, (await ImageWorkbench.ManifestAsync(image)).Config.Digest) };

        await Assert.ThrowsAsync<GraftException>(() => store.PushAsync(ImageReference.Parse("acme/a:1"), broken, Token));

        Assert.Null(await FindAsync("acme/a:1"));
        Assert.Empty(Directory.GetFiles(Folder, "*.partial", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task A_name_that_stands_for_two_images_is_refused()
    {
        await PushAsync("acme/a:1", "x");
        await PushAsync("acme/a:2", "y");
        var path = Path.Combine(Folder, "index.json");
        await File.WriteAllTextAsync(path, (await File.ReadAllTextAsync(path, Token)).Replace("acme/a:2", "acme/a:1", StringComparison.Ordinal), Token);

        Assert.Equal(FailureKind.Input, (await Assert.ThrowsAsync<GraftException>(() => FindAsync("acme/a:1"))).Kind);
    }

    [Theory]
    [InlineData("index.json", "{\"manifests\":[{\"mediaType\":\"m\",\"size\":1,\"digest\":\"sha256:../../../etc/passwd\"}]}", "is not a digest")]
    [InlineData("index.json", "{\"manifests\":[{\"mediaType\":\"m\",\"size\":-1,\"digest\":\"sha256:0000000000000000000000000000000000000000000000000000000000000000\"}]}", "a size is negative")]
    [InlineData("index.json", "{\"manifests\":[{\"mediaType\":1}]}", "is malformed")]
    [InlineData("index.json", "{\"manifests\":{}}", "is malformed")]
    [InlineData("index.json", "[]", "is malformed")]
    [InlineData("index.json", "{", "is malformed")]
    [InlineData("index.json", "", "is malformed")]
    [InlineData("oci-layout", "{\"imageLayoutVersion\":\"9\"}", "only version 1.0.0")]
    [InlineData("oci-layout", "{}", "is malformed")]
    [InlineData("index.json", null, "is not an OCI image layout")]
    public async Task A_malformed_layout_is_refused(string file, string? content, string message)
    {
        await PushAsync("acme/a:1", "x");
        var path = Path.Combine(Folder, file);
        if (content is null)
        {
            File.Delete(path);
        }
        else
        {
            await File.WriteAllTextAsync(path, content, Token);
        }

        var failure = await Assert.ThrowsAsync<GraftException>(() => FindAsync("acme/a:1"));

        Assert.Equal(FailureKind.Input, failure.Kind);
        Assert.Contains(message, failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("index.json")]
    [InlineData("blobs")]
    [InlineData("blobs/sha256")]
    public async Task Links_in_a_layout_are_refused(string name)
    {
        await PushAsync("acme/a:1", "x");
        var path = Path.Combine(Folder, name);
        var moved = Path.Combine(bench.Folder, "moved");
        Directory.Move(path, moved);
        File.CreateSymbolicLink(path, moved);

        foreach (var attempt in new Func<Task>[] { () => FindAsync("acme/a:1"), () => PushAsync("acme/b:1", "z") })
        {
            var failure = await Assert.ThrowsAsync<GraftException>(attempt);
            Assert.Equal(FailureKind.Input, failure.Kind);
            Assert.Contains("is a symbolic link", failure.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task An_oversized_manifest_is_refused()
    {
        await PushAsync("acme/a:1", "x");
        var path = Path.Combine(Folder, "index.json");
        var index = await File.ReadAllTextAsync(path, Token);
        await File.WriteAllTextAsync(path, System.Text.RegularExpressions.Regex.Replace(index, "\"size\":[0-9]+", "\"size\":9000000000", System.Text.RegularExpressions.RegexOptions.None, TimeSpan.FromSeconds(9)), Token);

        var failure = await Assert.ThrowsAsync<GraftException>(() => FindAsync("acme/a:1"));

        Assert.Equal(FailureKind.Input, failure.Kind);
        Assert.Contains("at most 4194304", failure.Message, StringComparison.Ordinal);
    }

    private Task<StoredImage?> FindAsync(string reference) => store.FindAsync(ImageReference.Parse(reference), Token);

    private async Task PushAsync(string reference, string label) => await store.PushAsync(ImageReference.Parse(reference), await ImageAsync(label), Token);

    private Task<StoredImage> ImageAsync(string label) => bench.Write("f", label).BuildTextAsync($"FROM scratch\nCOPY f /\nLABEL l={label}\n");

    private sealed class Missing(IBlobSource inner, Digest missing) : IBlobSource
    {
        public Task<Stream> OpenAsync(Descriptor descriptor, CancellationToken cancellationToken) =>
            descriptor.Digest == missing ? throw GraftException.Outside("gone") : inner.OpenAsync(descriptor, cancellationToken);
    }
}

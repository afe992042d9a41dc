using System.Text.Json;
using System.Text.Json.Nodes;
using Graft.Adapters.Layout;
using Graft.Core.Images;
using Graft.Testing;

namespace Graft.Cli.Tests;

/// <summary>A release is checked where its images live, and its manifest against the published one.</summary>
public sealed class VerifyTests : IAsyncLifetime
{
    private const string Name = "3.2.203001010000";
    private readonly SampleProduct product = new(SampleFiles.PreparingConfiguration);

    public async ValueTask InitializeAsync()
    {
        await product.PushBaseImageAsync(TestContext.Current.CancellationToken);
        product.Run($"hotfix generate --offline --release {SampleProduct.Release} --build acme/api --name {Name}").Succeeded();
    }

    public ValueTask DisposeAsync()
    {
        product.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public void As_a_story()
    {
        var story = new WholeRun(product);
        story.Run("release", "verify", Name, "--offline");
        story.Run("release", "verify", Name, "--offline", "--json");
        Move($"acme/api:{Name}-{product.Fix.Short}", $"acme/base:{SampleProduct.Release}-{product.Released.Short}");
        story.Run("release", "verify", Name, "--offline");
        story.Check("verify");
    }

    [Fact]
    public void What_could_not_be_looked_at_is_not_verified()
    {
        var result = product.Run($"release verify {Name}");

        Assert.Contains($"error: '{Name}' is not verified: ", result.Error, StringComparison.Ordinal);
        Assert.Equal(5, result.ExitCode);
    }

    [Fact]
    public void A_manifest_that_is_not_the_published_one()
    {
        File.AppendAllText(product.At($"releases/{Name}.yaml"), "# by hand\n");

        var result = product.Run($"release verify {Name} --offline");

        Assert.EndsWith($"error: '{Name}' is not what was released: its manifest is not the published one\n", result.Error, StringComparison.Ordinal);
        Assert.Equal(3, result.ExitCode);
    }

    [Fact]
    public void One_json_document_whatever_comes_of_it()
    {
        File.AppendAllText(product.At($"releases/{Name}.yaml"), "# by hand\n");

        var result = product.Run($"release verify {Name} --offline --json");

        Assert.Equal("different", result.Json().GetProperty("manifest").GetString());
        Assert.Equal(3, result.ExitCode);
    }

    [Fact]
    public void A_locked_image_that_is_gone_from_the_layout_is_missing()
    {
        Change(index => index["manifests"]!.AsArray().Remove(Entry(index, $"acme/api:{Name}-{product.Fix.Short}")));

        var result = product.Run($"release verify {Name} --offline");

        Assert.Matches($"\nacme/api:{Name}-[0-9a-f]{{8}} +missing +it does not exist\n", result.Output);
        Assert.Matches($"\nacme/web:{SampleProduct.Release}-[0-9a-f]{{8}} +unchecked ", result.Output);
        Assert.Equal(3, result.ExitCode);
    }

    [Fact]
    public async Task An_image_without_one_of_its_layers_is_missing_and_the_others_are_told_of()
    {
        var layer = (await LayersAsync())[^1];
        File.Delete(product.At($".graft/images/blobs/sha256/{layer.Digest.Hex}"));

        var result = product.Run($"release verify {Name} --offline");

        Assert.Matches($"\nacme/api:{Name}-[0-9a-f]{{8}} +missing +'{layer.Digest}' is not in the image layout", result.Output);
        Assert.Contains("1 of 9 references are there", result.Error, StringComparison.Ordinal);
        Assert.Equal(3, result.ExitCode);
    }

    [Fact]
    public async Task Bytes_that_are_not_what_the_digest_says_are_found_when_they_are_read()
    {
        var layer = (await LayersAsync())[^1];
        var file = product.At($".graft/images/blobs/sha256/{layer.Digest.Hex}");
        var bytes = await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken);
        bytes[^1] ^= 1;
        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        await File.WriteAllBytesAsync(file, bytes, TestContext.Current.CancellationToken);

        product.Run($"release verify {Name} --offline").Succeeded();
        var result = product.Run($"release verify {Name} --offline --content");

        Assert.Matches($"\nacme/api:{Name}-[0-9a-f]{{8}} +drifted +'{layer.Digest}' in the image layout '.*' holds other content", result.Output);
        Assert.Equal(3, result.ExitCode);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_lock_that_is_not_the_published_one(bool isThere)
    {
        var path = product.At($"releases/{Name}.lock.json");
        File.Delete(path);
        if (isThere)
        {
            File.WriteAllText(path, """{ "schema": 1, "references": {} }""");
        }

        var result = product.Run($"release verify {Name} --offline");

        Assert.EndsWith($"error: '{Name}' is not what was released: its lock is not the published one\n", result.Error, StringComparison.Ordinal);
        Assert.Equal(3, result.ExitCode);
    }

    private async Task<IReadOnlyList<Descriptor>> LayersAsync()
    {
        var image = await new LayoutStore(product.At(".graft/images")).FindAsync(ImageReference.Parse($"acme/api:{Name}-{product.Fix.Short}"), TestContext.Current.CancellationToken);
        return (await ImageWorkbench.ManifestAsync(image!)).Layers;
    }

    // Points a tag of the layout at what another one has.
    private void Move(string tag, string to) => Change(index =>
    {
        Entry(index, tag)["digest"] = Entry(index, to)["digest"]!.GetValue<string>();
        Entry(index, tag)["size"] = Entry(index, to)["size"]!.GetValue<long>();
    });

    private void Change(Action<JsonNode> change)
    {
        var index = JsonNode.Parse(product.Read(".graft/images/index.json"))!;
        change(index);
        product.Repository.Write(".graft/images/index.json", index.ToJsonString(JsonSerializerOptions.Default));
    }

    private static JsonNode Entry(JsonNode index, string name) =>
        index["manifests"]!.AsArray().Single(entry => entry!["annotations"]!["org.opencontainers.image.ref.name"]!.GetValue<string>() == name)!;
}
